"""What is an officer's own: under which ids and numbers the registers know him, and whom he acts for in private.

The one place that says so; a case that names one of these is his own (`cases.policy.is_own`). An organisation of which
he is only said to be a representative bars him too, and so does one that he has given up himself: others end that.
"""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q

from camaug.people.models import Officer, Person
from camaug.people.representing import RelationEnd, Representation

OWN = """CASE WHEN o.person_id IS NULL AND o.own_numbers = '{}' THEN '{}' ELSE ARRAY(
    WITH m AS (SELECT c.id, c.personal_number FROM people_person c
               WHERE c.id = o.person_id OR c.personal_number = ANY(o.own_numbers))
    SELECT unnest(o.own_numbers)::text
    UNION SELECT m.id::text FROM m
    UNION SELECT m.personal_number FROM m WHERE m.personal_number IS NOT NULL
    UNION SELECT unnest(array_remove(ARRAY[f.id::text, f.tax_code], NULL)) FROM people_representation r
        JOIN m ON m.id = r.person_id JOIN people_business f ON f.id = r.business_id
        WHERE r.ended_at IS NULL OR r.ending = 'GIVEN_UP'
) END"""
"""The column of a row `people_officer o` that says what `own_of` says in words; a test compares them."""

REGISTERED = """(
    SELECT json_agg(json_build_array(c.id, c.personal_number,
                                     EXISTS (SELECT FROM people_representation r WHERE r.person_id = c.id)))
    FROM (SELECT c.id, c.personal_number FROM people_person c WHERE c.id = o.person_id
          UNION ALL SELECT c.id, c.personal_number FROM people_person c
                    WHERE c.personal_number = ANY(o.own_numbers)) c)"""
"""The column with whom the registers know of a row `people_officer o`; `own_as_a_rule` reads it."""


def own_as_a_rule(numbers: Collection[str], persons: Sequence[Sequence[Any]] | None) -> frozenset[str] | None:
    """What `OWN` says, out of `own_numbers` and `REGISTERED`; None where he represents somebody, or has done so."""
    own = set(numbers)
    for person_id, number, represents in persons or ():
        if represents:
            return None
        own |= {person_id, number or ""}
    return frozenset(own - {""})


def own_of(officer_ids: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """By officer; of whom neither person nor number is known is left out."""
    if not officer_ids:
        return {}
    known = list(Officer.objects.filter(id__in=officer_ids).exclude(person=None, own_numbers=[]))
    if not known:
        return {}
    numbers = {number for one in known for number in one.own_numbers}
    meant = Q(pk__in=[one.person_id for one in known]) | Q(personal_number__in=numbers)
    persons = list(Person.objects.filter(meant).values_list("id", "personal_number"))
    led: dict[UUID | None, set[str]] = {}
    kept = Q(ended_at__isnull=True) | Q(ending=RelationEnd.GIVEN_UP)
    related = Representation.objects.filter(kept, person_id__in=[person_id for person_id, _number in persons])
    for person_id, business_id, tax_code in related.values_list("person_id", "business_id", "business__tax_code"):
        led.setdefault(person_id, set()).update({str(business_id), tax_code or ""})
    return {one.id: _own(one, persons, led) for one in known}


def _own(officer: Officer, persons: list[tuple[UUID, str | None]], led: dict[UUID | None, set[str]]) -> frozenset[str]:
    own = set(officer.own_numbers)
    for person_id, number in persons:
        if person_id == officer.person_id or number in officer.own_numbers:
            own |= {str(person_id), number or "", *led.get(person_id, ())}
    return frozenset(own - {""})
