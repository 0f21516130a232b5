from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.people.events import RepresentationDeclared
from camaug.people.models import Business
from camaug.people.policy import CORRECT_PERSON
from camaug.people.representing import Capacity, Representation

MOST_DECLARED = 20


class TooManyDeclared(DomainError):
    """What waits for proof is limited."""

    sentence = _("You have named {most} organisations that are not proven yet. Have some of them proven first.")


class NoSuchCapacity(DomainError):
    """Nothing that the law knows."""

    sentence = _("Choose one of them.")


def declare_representation(
    business_id: UUID, *, person_id: UUID, capacity: str, by: Actor, at: datetime
) -> Representation:
    """Write down that a person is said to represent an organisation; it lets nobody do anything before it is proven.

    The person says so himself, or an officer writes down what he was told. Said again, it is the same relation.
    NotAllowed, NotFound, NoSuchCapacity, TooManyDeclared.
    """
    CORRECT_PERSON.check(by, person_id)
    if capacity not in Capacity:
        raise NoSuchCapacity
    with transaction.atomic():
        if not Business.objects.select_for_update(no_key=True).filter(pk=business_id).exists():
            raise NotFound
        waiting = Representation.objects.declared().filter(person_id=person_id)
        same = waiting.filter(business_id=business_id).first()
        if same is not None:
            return same
        if waiting.count() >= MOST_DECLARED:
            raise TooManyDeclared(most=MOST_DECLARED)
        made = Representation.objects.create(
            business_id=business_id,
            person_id=person_id,
            capacity=Capacity(capacity),
            declared_at=at,
            declared_by=by.account_id,
            declared_by_name=by.name,
        )
        record(RepresentationDeclared(subject=made.id, business=business_id, capacity=capacity), by=by, at=at)
    return made
