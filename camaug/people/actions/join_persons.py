from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record
from camaug.people.actions.correct_person import keep_barring
from camaug.people.actions.end_representation import end
from camaug.people.events import PersonsJoined
from camaug.people.models import Officer, Person
from camaug.people.policy import CORRECT_PERSON
from camaug.people.representing import RelationEnd, Representation


def join_persons(other_id: UUID, *, into: UUID, by: Actor, at: datetime) -> None:
    """Two entries of the register turned out to be one citizen: what the other one stood for, `into` stands for.

    The other entry stays, for what is written of it elsewhere, and stands for nothing. Raises NotFound.
    """
    CORRECT_PERSON.check(by, into)
    with transaction.atomic():
        both = {
            one.pk: one for one in Person.objects.select_for_update().filter(pk__in=[other_id, into]).order_by("pk")
        }
        if other_id == into or len(both) != 2:
            raise NotFound
        other, stays = both[other_id], both[into]
        stays.phone, stays.email = stays.phone or other.phone, stays.email or other.email
        stays.save(update_fields=["phone", "email"])
        _join_relations(other, stays, by=by, at=at)
        if not Officer.objects.filter(person=stays).exists():
            if other.personal_number:
                keep_barring(other.pk, other.personal_number)
            Officer.objects.filter(person=other).update(person=stays)
        record(PersonsJoined(subject=into, other_id=other_id), by=by, at=at)


def _join_relations(other: Person, stays: Person, *, by: Actor, at: datetime) -> None:
    """What the other entry is said or proven to represent; what both were only said to, once."""
    said = Representation.objects.declared().filter(person=stays).values("business")
    for twice in Representation.objects.declared().filter(person=other, business__in=said).select_for_update():
        end(twice, RelationEnd.GIVEN_UP, by=by, at=at)
    Representation.objects.filter(person=other).update(person=stays)
