"""Who may change what is known of people, agencies and officers."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.permissions import Permission
from camaug.people.models import Position

ADMINISTRATOR = "ADMINISTRATOR"


def _known(actor: Actor, _thing: None) -> bool:
    return actor.kind != ActorKind.ANONYMOUS


def _staff_or_self(actor: Actor, person_id: UUID) -> bool:
    return actor.kind in (ActorKind.SYSTEM, ActorKind.STAFF) or actor.person_id == person_id


def _administrator(actor: Actor, _thing: None) -> bool:
    return actor.kind == ActorKind.SYSTEM or actor.has_role(ADMINISTRATOR)


def _leads_there(actor: Actor, position: Position) -> bool:
    leads = any(actor.has_role(role, unit_id=position.agency_id) for role in ("LEADER", "UNIT_HEAD", "ONE_STOP_HEAD"))
    above = position.agency_id in actor.led_unit_ids
    return leads or above or any(post.id == position.id for post in actor.posts) or _administrator(actor, None)


REGISTER = Permission[None](
    "people.register", _("Only a person who has signed in may register citizens and businesses."), _known
)
CORRECT_PERSON = Permission[UUID](
    "people.correct_person", _("Only officers and the person concerned may correct these details."), _staff_or_self
)
ADMINISTER = Permission[None](
    "people.administer", _("Only an administrator may change agencies and officers."), _administrator
)
DECLARE_ABSENCE = Permission[Position](
    "people.declare_absence",
    _("Only the holder, a head of the agency or an administrator may declare an absence."),
    _leads_there,
)
