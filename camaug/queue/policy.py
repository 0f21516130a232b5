"""Who may serve at counters, watch over a hall and arrange it."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.permissions import Permission

CLERK = "ONE_STOP_CLERK"
SERVING = (CLERK, "ONE_STOP_HEAD")
HEADS = ("ONE_STOP_HEAD", "UNIT_HEAD", "LEADER")
ADMINISTRATOR = "ADMINISTRATOR"


def _serves(actor: Actor, agency_id: UUID) -> bool:
    return any(actor.has_role(role, unit_id=agency_id) for role in SERVING)


def _oversees(actor: Actor, agency_id: UUID) -> bool:
    heads = any(actor.has_role(role, unit_id=agency_id) for role in HEADS)
    return actor.kind == ActorKind.SYSTEM or heads or _serves(actor, agency_id) or agency_id in actor.led_unit_ids


def _administers(actor: Actor, _agency_id: UUID) -> bool:
    return actor.kind == ActorKind.SYSTEM or actor.has_role(ADMINISTRATOR)


SERVE = Permission[UUID]("queue.serve", _("Only the one-stop officers of this agency call numbers."), _serves)
OVERSEE = Permission[UUID]("queue.oversee", _("Only those who work here watch over this hall."), _oversees)
ARRANGE = Permission[UUID]("queue.arrange", _("Only an administrator may arrange counters and numbers."), _administers)
