"""What is an officer's own: under which ids and numbers the registers know him, and whom he acts for in private.

The one place that says so; a case that names one of these is his own (`cases.policy.is_own`).
"""

from collections.abc import Collection
from uuid import UUID

from camaug.people.models import Business, Officer

OWN = """CASE WHEN o.person_id IS NULL THEN '{}' ELSE ARRAY(
    SELECT m.id::text FROM people_person m WHERE m.id = o.person_id
    UNION SELECT m.personal_number FROM people_person m WHERE m.id = o.person_id AND m.personal_number IS NOT NULL
    UNION SELECT f.id::text FROM people_business f WHERE f.representative_id = o.person_id
    UNION SELECT f.tax_code FROM people_business f WHERE f.representative_id = o.person_id AND f.tax_code <> ''
) END"""
"""The column of a row `people_officer o` that says what `own_of` says in words; a test compares them."""


def own_of(officer_ids: Collection[UUID]) -> dict[UUID, frozenset[str]]:
    """By officer; whose person nobody knows is left out."""
    if not officer_ids:
        return {}
    persons = dict(
        Officer.objects.filter(id__in=officer_ids, person__isnull=False).values_list("id", "person__personal_number")
    )
    if not persons:
        return {}
    linked = dict(Officer.objects.filter(id__in=persons).values_list("id", "person_id"))
    led: dict[UUID | None, set[str]] = {}
    for person_id, business_id, tax_code in Business.objects.filter(representative_id__in=linked.values()).values_list(
        "representative_id", "id", "tax_code"
    ):
        led.setdefault(person_id, set()).update({str(business_id), tax_code or ""})
    return {
        officer_id: frozenset({str(person_id), persons[officer_id] or "", *led.get(person_id, ())} - {""})
        for officer_id, person_id in linked.items()
    }
