"""Who may change what is known of people, agencies and officers."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.grants import ADMINISTRATOR, Reach
from camaug.kernel.permissions import Permission, granted
from camaug.people.models import Position

__all__ = ["ADMINISTER", "ADMINISTRATOR", "CORRECT_PERSON", "DECLARE_ABSENCE", "REGISTER"]


def _known(actor: Actor, _thing: None) -> bool:
    return actor.kind != ActorKind.ANONYMOUS


def _staff_or_self(actor: Actor, person_id: UUID) -> bool:
    return actor.kind in (ActorKind.SYSTEM, ActorKind.STAFF) or actor.person_id == person_id


def _declares(actor: Actor, position: Position) -> bool:
    own = any(post.id == position.id for post in actor.posts)
    system = actor.kind == ActorKind.SYSTEM
    return own or system or actor.post_granted("people.declare_absence", position.agency_id) is not None


REGISTER = Permission[None](
    "people.register",
    _("Only a person who has signed in may register citizens and businesses."),
    _known,
    _("Register citizens and businesses"),
)
CORRECT_PERSON = Permission[UUID](
    "people.correct_person",
    _("Only officers and the person concerned may correct these details."),
    _staff_or_self,
    _("Correct what is known of a citizen"),
)
ADMINISTER = Permission[None](
    "people.administer",
    _("Only an administrator may change agencies and officers."),
    granted("people.administer"),
    _("Change agencies, officers and their positions"),
    (Reach.PROVINCE,),
)
DECLARE_ABSENCE = Permission[Position](
    "people.declare_absence",
    _("Only the holder, a head of the agency or an administrator may declare an absence."),
    _declares,
    _("Declare absences and stand-ins of others"),
    (Reach.AGENCY, Reach.LED, Reach.PROVINCE),
)
