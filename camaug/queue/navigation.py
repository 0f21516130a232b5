from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from camaug.access import belongings
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.people.queries import directory
from camaug.queue.actions.change_owner import change_owner
from camaug.queue.policy import OVERSEE, SERVE
from camaug.queue.queries import outlook
from camaug.ui import administration, asides
from camaug.ui.asides import Aside
from camaug.ui.navigation import register

_GROUP = gettext_lazy("One-stop")


def _serves(actor: Actor) -> bool:
    return actor.may(SERVE.code)


def _watches(actor: Actor) -> bool:
    return actor.may(OVERSEE.code)


register("portal", label=gettext_lazy("Appointments"), url="queue:appointments", order=40)
register(
    "desk", label=gettext_lazy("Counter"), url="queue:counter", group=_GROUP, order=12, shortcut="q", shown=_serves
)
register("desk", label=gettext_lazy("The hall today"), url="queue:today", group=_GROUP, order=45, shown=_watches)
administration.register(
    label=gettext_lazy("Queues and appointments"),
    words=gettext_lazy("Counters, groups of services, places for appointments of each agency."),
    url="queue:halls",
    order=55,
)


def waiting_at_office(agency_id: UUID, at: datetime) -> Iterator[Aside]:
    """How long one waits there now, for the office's page, with the way to an appointment."""
    here = outlook(agency_id, at=at)
    if here is None:
        return
    if here.waiting is not None and here.minutes is not None:
        words = _("{count} people, about {minutes} minutes").format(count=here.waiting, minutes=here.minutes)
        yield Aside(_("Waiting now"), words if here.waiting else _("Nobody is waiting"))
    elif here.waiting is not None:
        yield Aside(_("Waiting now"), _("{count} people").format(count=here.waiting))
    if here.books:
        agency = directory(at.astimezone(LOCAL).date()).get(agency_id)
        yield Aside(_("Appointments"), _("Book an appointment"), reverse("queue:purposes", args=[agency.code]))


asides.register("office", waiting_at_office)
belongings.register(change_owner)
