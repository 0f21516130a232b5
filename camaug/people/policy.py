"""Who may change what is known of people, agencies and officers."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.grants import ADMINISTRATOR, Reach
from camaug.kernel.permissions import Bar, Permission, granted
from camaug.people.models import Position, RoleTerm

__all__ = ["ADMINISTER", "ADMINISTRATOR", "CORRECT_PERSON", "DECLARE_ABSENCE", "REGISTER", "declares"]


def _known(actor: Actor, _thing: None) -> bool:
    return actor.kind != ActorKind.ANONYMOUS


def _staff_or_self(actor: Actor, person_id: UUID) -> bool:
    return actor.kind in (ActorKind.SYSTEM, ActorKind.STAFF) or actor.person_id == person_id


def declares(actor: Actor, position_id: UUID, unit_id: UUID) -> bool:
    """Whether the actor may say that the holder of that position in that unit is away: its holder, or a head.

    Who acts in a position has no say in how long: what it grants him does not count for that position itself.
    """
    code = "people.declare_absence"
    own = any(post.id == position_id and not post.instead_of for post in actor.posts)
    others = (post for post in actor.posts if post.id != position_id)
    return own or actor.kind == ActorKind.SYSTEM or any(post.is_granted(code, unit_id=unit_id) for post in others)


def _holds(actor: Actor, position: Position) -> bool:
    """Whether it is the actor's own position; a role that was entrusted for a time stands in a post of the same id."""
    carried = set(position.roles)
    return any(post.id == position.id and not post.instead_of and post.roles <= carried for post in actor.posts)


def _delegates(actor: Actor, position: Position) -> bool:
    carried = set(position.roles)
    return _holds(actor, position) and any(
        post.id == position.id and post.roles <= carried and post.reach_of("people.delegate") for post in actor.posts
    )


def _ends_term(actor: Actor, term: RoleTerm) -> bool:
    ends = {term.position_id, term.delegated_from_id}
    own = any(post.id in ends and not post.instead_of for post in actor.posts)
    return own or actor.kind == ActorKind.SYSTEM or actor.may(ADMINISTER.code)


def _sees_rights(actor: Actor, agency_id: UUID) -> bool:
    return actor.kind == ActorKind.SYSTEM or actor.post_granted("people.see_rights", agency_id) is not None


def _at_a_counter(actor: Actor, _concerned: frozenset[str]) -> bool:
    return actor.kind == ActorKind.STAFF and actor.may("people.prove_representation")


def _himself(actor: Actor, concerned: frozenset[str]) -> bool:
    return actor.kind == ActorKind.STAFF and not actor.own.isdisjoint(concerned)


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
DELEGATE = Permission[Position](
    "people.delegate",
    _("Only the holder of a position delegates its roles, and nobody delegates what was delegated to him."),
    _delegates,
    _("Delegate a role of one's own position for a time"),
    (Reach.OWN,),
)
TAKE_BACK_ROLE = Permission[RoleTerm](
    "people.take_back_role",
    _("Only who delegated the role, who holds it so, or an administrator ends it."),
    _ends_term,
    _("End a role that was entrusted for a time"),
)
SEE_RIGHTS = Permission[UUID](
    "people.see_rights",
    _("Only a head of the agency or an administrator sees what an officer may do."),
    _sees_rights,
    _("See what officers may do, and why"),
    (Reach.AGENCY, Reach.LED, Reach.PROVINCE),
)
DECLARE_ABSENCE = Permission[Position](
    "people.declare_absence",
    _("Only the holder, a head of the agency or an administrator may declare an absence."),
    lambda actor, position: declares(actor, position.id, position.agency_id),
    _("Declare absences and stand-ins of others"),
    (Reach.AGENCY, Reach.LED, Reach.PROVINCE),
)
PROVE_REPRESENTATION = Permission[frozenset[str]](
    "people.prove_representation",
    _("Only an officer of a one-stop unit who has this task may record who represents an organisation."),
    _at_a_counter,
    _("Record at the counter who represents an organisation, and end it"),
    (Reach.AGENCY,),
    bar=Bar(_("This concerns yourself or an organisation for which you act. Another officer has to do it."), _himself),
)
"""Asked with the ids and numbers of the person and the organisation concerned."""
