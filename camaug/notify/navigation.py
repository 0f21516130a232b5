from django.utils.translation import gettext_lazy as _

from camaug.access import belongings, letters
from camaug.kernel.actors import Actor, ActorKind
from camaug.notify.actions.change_owner import change_owner
from camaug.notify.queries import unread_count, unsent_letters
from camaug.ui import administration
from camaug.ui.navigation import register


def _member(actor: Actor) -> bool:
    return actor.kind == ActorKind.PUBLIC and actor.person_id is not None


def _unread(actor: Actor) -> int:
    return unread_count(actor.account_id) if actor.account_id else 0


register(
    "portal",
    label=_("Notices"),
    url="notify:messages",
    group="account",
    order=500,
    shown=_member,
    count=_unread,
)
administration.register(
    label=_("Message texts"),
    words=_("What applicants and officers are told, in both languages, with every earlier version."),
    url="notify:texts",
    order=60,
)
letters.register(unsent_letters)
belongings.register(change_owner)
