from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.permissions import Permission

ADMINISTRATOR = "ADMINISTRATOR"


def _keeps_the_calendar(actor: Actor, unit_id: UUID | None) -> bool:  # noqa: ARG001 (one administrator for all units)
    return actor.kind is ActorKind.SYSTEM or actor.has_role(ADMINISTRATOR)


CHANGE_CALENDAR: Permission[UUID | None] = Permission(
    code="worktime.change_calendar",
    sentence=_("Only an administrator may change working hours and days off."),
    rule=_keeps_the_calendar,
)
