"""The parts of an application that opened several procedures."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from camaug.cases.lifecycle import LABELS, ResultState, State
from camaug.cases.models import Case, Result
from camaug.cases.queries.lists import Due, due_of
from camaug.cases.routing import agency_of
from camaug.catalogue.definition.procedure import Definition, LinkedPart
from camaug.catalogue.queries import current_part, definition
from camaug.kernel.clock import LOCAL
from camaug.worktime.queries import calendar_of


@dataclass(frozen=True, slots=True)
class PartView:
    """One part. `case_id` and `code` are empty while it waits for others, whose names `after` gives."""

    definition: Definition
    agency: str
    case_id: UUID | None
    code: str
    state: State | None
    state_label: Any
    due: Due | None
    results: tuple[Result, ...]
    after: tuple[Definition, ...]


def parts_of(application: Case, made: Definition, *, at: datetime) -> tuple[PartView, ...]:
    """Every part of the application in its procedure's order; none where it opens no others."""
    if not made.parts:
        return ()
    cases = {case.part: case for case in application.parts.prefetch_related("results")}
    definitions = {part.id: _definition(part, cases.get(part.id), at) for part in made.parts}
    return tuple(_view(application, part, cases.get(part.id), definitions, at) for part in made.parts)


def _definition(part: LinkedPart, case: Case | None, at: datetime) -> Definition:
    if case is not None:
        return definition(case.version_id)
    return current_part(part.procedure, at.astimezone(LOCAL).date()).definition


def _view(
    application: Case, part: LinkedPart, case: Case | None, definitions: dict[str, Definition], at: datetime
) -> PartView:
    agency = agency_of(application, part.receiving, at=at)
    state = State(case.state) if case else None
    return PartView(
        definition=definitions[part.id],
        agency=agency.name if agency else "",
        case_id=case.id if case else None,
        code=(case.code or "") if case else "",
        state=state,
        state_label=LABELS[state] if state else "",
        due=due_of(case, calendar_of(case.competent_agency_id, at=at), at=at) if case else None,
        results=tuple(r for r in case.results.all() if r.state == ResultState.ISSUED) if case else (),
        after=() if case else tuple(definitions[name] for name in part.after),
    )
