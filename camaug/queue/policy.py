"""Who may serve at counters, watch over a hall and arrange it."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.grants import Reach
from camaug.kernel.permissions import Permission, granted


def _serves(actor: Actor, agency_id: UUID) -> bool:
    return actor.post_granted("queue.serve", agency_id) is not None


def _oversees(actor: Actor, agency_id: UUID) -> bool:
    return actor.kind == ActorKind.SYSTEM or actor.post_granted("queue.oversee", agency_id) is not None


SERVE = Permission[UUID](
    "queue.serve",
    _("Only the one-stop officers of this agency call numbers."),
    _serves,
    _("Call numbers and serve at a counter"),
    (Reach.AGENCY,),
)
OVERSEE = Permission[UUID](
    "queue.oversee",
    _("Only those who work here watch over this hall."),
    _oversees,
    _("Watch over the hall"),
    (Reach.AGENCY, Reach.LED),
)
ARRANGE = Permission[UUID](
    "queue.arrange",
    _("Only an administrator may arrange counters and numbers."),
    granted("queue.arrange"),
    _("Arrange counters, numbers and appointments"),
    (Reach.PROVINCE,),
)
