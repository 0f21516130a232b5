from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.kernel.text import clean
from camaug.people.actions.prove_representation import concerned, vouching
from camaug.people.events import RepresentationEnded
from camaug.people.policy import PROVE_REPRESENTATION
from camaug.people.representing import Capacity, RelationEnd, Representation

LONGEST = 300


class EndingReasonMissing(DomainError):
    """An officer who ends it says why."""

    sentence = _("Write down why it ends, and the paper that says so, at most 300 characters.")


def end_representation(relation_id: UUID, *, reason: str = "", by: Actor, at: datetime) -> Representation:
    """End a relation at once: the representative himself, an officer with a reason, or for those whom he empowers, or
    who only say so, a legal representative of the organisation. What has ended stays as it is.

    EndingReasonMissing, NotAllowed; NotFound for everybody else.
    """
    with transaction.atomic():
        found = Representation.objects.select_for_update(of=("self",)).select_related("business", "person")
        relation = found.filter(pk=relation_id).first()
        if relation is None:
            raise NotFound
        ending = _way(relation, by, at)
        why = clean(reason)
        if relation.ended_at is None:
            if len(why) > LONGEST or (ending == RelationEnd.AT_COUNTER and not why):
                raise EndingReasonMissing
            end(relation, ending, reason=why, by=by, at=at)
    return relation


def end(relation: Representation, ending: RelationEnd, *, reason: str = "", by: Actor, at: datetime) -> None:
    """The inside, of a locked relation."""
    relation.ended_at, relation.ending, relation.reason = at, ending, reason
    relation.ended_by, relation.ended_by_name = by.account_id, by.name
    relation.save(update_fields=["ended_at", "ending", "reason", "ended_by", "ended_by_name"])
    record(RepresentationEnded(subject=relation.pk, business=relation.business_id, ending=ending), by=by, at=at)


def end_said_by(account_id: UUID, *, of: UUID, by: Actor, at: datetime) -> None:
    """What an account only said of that person ends: the account is another person's from now on."""
    said = Representation.objects.declared().filter(declared_by=account_id, person_id=of)
    for relation in said.select_for_update().order_by("pk"):
        end(relation, RelationEnd.GIVEN_UP, by=by, at=at)


def _way(relation: Representation, by: Actor, at: datetime) -> RelationEnd:
    if by.kind == ActorKind.STAFF:
        PROVE_REPRESENTATION.check(by, concerned(relation.business, relation.person))
        return RelationEnd.AT_COUNTER
    if by.kind == ActorKind.PUBLIC and by.person_id == relation.person_id:
        if by.proven_id is None and relation.proof:
            raise NotFound
        return RelationEnd.GIVEN_UP
    led = not relation.proof or relation.capacity == Capacity.EMPOWERED
    if by.kind == ActorKind.PUBLIC and led and vouching(relation, by, at):
        return RelationEnd.REVOKED
    raise NotFound
