"""A case that has just been written, told without asking the database for what is at hand: what `as_json` tells, octet
by octet, since the ETag is made of them.
"""

from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from pydantic_core import to_json

from camaug.cases.lifecycle import State
from camaug.cases.models import Case
from camaug.cases.models.answers import sensitive_fields
from camaug.cases.queries.as_json import CaseJson, case_json
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.kernel.json_column import as_text
from camaug.people.queries import directory

_BEFORE = ("code", "state", "revision")
_AFTER_NAMES = ("channel", "step", "applicant_kind", "applicant_name")
_HELD = ("holder_role", "assignee_id")
_TIMES = ("submitted_at", "received_at", "due_at", "step_due_at", "decided_at", "finished_at")
_APPLICANT = (
    *("applicant_number", "applicant_phone", "applicant_email", "applicant_address", "authorised_name"),
    *("authorised_number", "authorised_relation"),
)
_DELIVERY = ("delivery_way", "delivery_address")
_PROGRESS = ("proposal", "second_supplement", "reopened")


def json_as_written(case: Case, actor: Actor, *, at: datetime) -> CaseJson:
    """The case as it stands in the action's hands; NotFound where the actor may not know of it.

    It is read from the database where something of it lies elsewhere or otherwise: an agency of another day, a greater
    application, answers that are kept encrypted.
    """
    agencies = directory(at.astimezone(LOCAL).date())
    named = [case.receiving_agency_id, case.competent_agency_id, case.holder_unit_id]
    try:
        receiving, competent, holder = (None if one is None else agencies.get(one).code for one in named)
    except NotFound:
        return case_json(case.code or "", actor)
    made = definition(case.version_id)
    if case.parent_id is not None or sensitive_fields(case.version_id):
        return case_json(case.code or "", actor)
    if case.state == State.DRAFT or actor.units_of("cases.read").isdisjoint(case.participants):
        raise NotFound
    before = {
        **_as_they_are(case, _BEFORE),
        "procedure": made.code,
        "procedure_name": made.name,
        **_as_they_are(case, _AFTER_NAMES),
        "receiving_agency": receiving,
        "competent_agency": competent,
        "holder_unit": holder,
        **_as_they_are(case, _HELD),
        **{name: _instant(getattr(case, name)) for name in _TIMES},
        "outcome": case.outcome,
        "version": made.version,
        **_as_they_are(case, _APPLICANT),
    }
    behind = {
        **_as_they_are(case, _DELIVERY),
        "original_due_at": _instant(case.original_due_at),
        **_as_they_are(case, _PROGRESS),
        "moved_at": _instant(case.moved_at),
        "moved_by_name": case.moved_by_name,
        "application": None,
    }
    told = b'%b,"answers":%b,%b' % (to_json(before)[:-1], as_text(case.answers).encode(), to_json(behind)[1:])
    return CaseJson(told, case.revision)


def _as_they_are(case: Case, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: getattr(case, name) for name in names}


@lru_cache(maxsize=100)  # most instants of a case are the same
def _instant(at: datetime | None) -> str | None:
    """As PostgreSQL writes it: without the noughts at the end of a fraction."""
    if at is None:
        return None
    whole, _point, fraction = at.astimezone(UTC).isoformat().partition("+")[0].partition(".")
    return f"{whole}{'.' + fraction.rstrip('0') if fraction else ''}+00:00"
