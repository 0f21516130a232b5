"""Form 06, built from the case's history whenever it is asked for."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from camaug.cases import events as e
from camaug.cases.models import Case
from camaug.cases.slips.facts import shared
from camaug.cases.slips.forms import ControlFacts, HandOver
from camaug.cases.slips.offices import agency_name
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor
from camaug.kernel.models import EventRecord
from camaug.people.queries import roles
from camaug.worktime.queries import calendar_of

_STEPS = (e.CaseHandedOver.name, e.DecisionProposed.name, e.CaseSentBack.name)
_NOTES = {
    e.DecisionProposed.name: "Trình ký",
    e.CaseSentBack.name: "Trả lại để xử lý",
    e.CaseGranted.name: "Đã ký duyệt",
    e.CaseDenied.name: "Từ chối giải quyết",
    e.ResultPublished.name: "Có kết quả",
    e.ResultHandedOut.name: "Đã trả kết quả",
}
_OWN_NAMES = (e.CaseReceived.name, *_STEPS, e.CaseGranted.name, e.CaseDenied.name)
_LAST = (e.ResultPublished.name, e.ResultHandedOut.name)


def control_facts(case: Case, *, by: Actor, at: datetime) -> ControlFacts:
    """Who gave the case to whom and when, and whether each step was done in its working hours."""
    made = definition(case.version_id)
    lead = agency_name(case.competent_agency_id, at)
    rows = tuple(_rows(case, made))
    met = dict.fromkeys(unit for row in rows for unit in (row.from_unit, row.to_unit) if unit and unit != lead)
    return ControlFacts(
        **shared(case, made, by=by, at=at, number=""),
        lead=lead,
        partners=tuple(met),
        received_at=case.received_at,
        due_at=case.due_at or case.original_due_at,
        rows=rows,
    )


def _rows(case: Case, made: Definition) -> Iterator[HandOver]:
    role_names = {code: role.name for code, role in roles().items()}
    history = EventRecord.objects.filter(subject_id=case.pk, name__in=(*_OWN_NAMES, *_LAST)).order_by("at", "id")
    since: datetime | None = case.submitted_at
    unit: UUID | None = case.receiving_agency_id
    for event in history.iterator():
        if event.name == e.CaseReceived.name:
            yield _reception(case, event)
            since = event.at
            continue
        step = event.facts.get("from_step", "")
        yield HandOver(
            from_unit=agency_name(event.unit_id or unit, event.at),
            from_person=event.actor_name,
            to_unit=_taker_unit(case, event),
            to_person=role_names.get(event.facts.get("holder_role", ""), "") or _taker(case, made, event, role_names),
            at=event.at,
            outcome=_outcome(made, step, event.unit_id or unit, since, event.at),
            note=_NOTES.get(event.name, ""),
        )
        since, unit = event.at, _uuid(event.facts.get("holder_unit")) or unit


def _reception(case: Case, event: EventRecord) -> HandOver:
    return HandOver(
        from_unit="",
        from_person=case.authorised_name or case.applicant_name,
        to_unit=agency_name(event.unit_id or case.receiving_agency_id, event.at),
        to_person=event.actor_name,
        at=event.at,
    )


def _taker_unit(case: Case, event: EventRecord) -> str:
    if event.name == e.ResultHandedOut.name:
        return ""
    return agency_name(_uuid(event.facts.get("holder_unit")) or case.competent_agency_id, event.at)


def _taker(case: Case, made: Definition, event: EventRecord, role_names: dict[str, str]) -> str:
    """Where the event names no role: the applicant at the end, else the role of the step that follows."""
    if event.name == e.ResultHandedOut.name:
        return case.authorised_name or case.applicant_name
    following = event.facts.get("to_step", "")
    known = {step.id: step.role for step in made.process.steps}
    return role_names.get(known.get(following, ""), "")


def _outcome(made: Definition, step_id: str, unit: UUID | None, since: datetime | None, at: datetime) -> str:
    """EARLY within the step's working hours, ON_TIME to the minute, LATE after; "" where no step is named."""
    hours = next((step.hours for step in made.process.steps if step.id == step_id), None)
    if hours is None or since is None or unit is None:
        return ""
    due = calendar_of(unit, at=since).add_working_time(since, timedelta(hours=float(hours)))
    if at > due:
        return "LATE"
    return "ON_TIME" if due - at < timedelta(minutes=1) else "EARLY"


def _uuid(value: object) -> UUID | None:
    return UUID(str(value)) if value else None
