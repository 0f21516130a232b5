"""Form 06, built from the case's history whenever it is asked for."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from camaug.cases import events as e
from camaug.cases.lifecycle import State
from camaug.cases.models import Case, Extension, Stop
from camaug.cases.slips.facts import shared
from camaug.cases.slips.forms import ControlFacts, HandOver
from camaug.cases.slips.offices import agency_name
from camaug.cases.templatetags.papers import instant
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.definition.process import Step, StepAgency, StepKind
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.models import EventRecord
from camaug.people.queries import roles
from camaug.worktime.queries import calendar_of, stop_grounds

_STEPS = (e.CaseHandedOver.name, e.DecisionProposed.name, e.CaseSentBack.name, e.CaseTakenBack.name)
_NOTES = {
    e.DecisionProposed.name: "Trình ký",
    e.CaseSentBack.name: "Trả lại để xử lý",
    e.CaseTakenBack.name: "Lấy lại hồ sơ vừa chuyển",
    e.CaseGranted.name: "Đã ký duyệt",
    e.CaseDenied.name: "Từ chối giải quyết",
    e.ResultPublished.name: "Có kết quả",
    e.ResultHandedOut.name: "Đã trả kết quả",
}
_STEP_DONE = {
    e.CaseGranted.name: StepKind.APPROVE,
    e.CaseDenied.name: StepKind.APPROVE,
    e.ResultPublished.name: StepKind.PUBLISH,
}
_STEP_NEXT = {
    e.CaseGranted.name: StepKind.PUBLISH,
    e.CaseDenied.name: StepKind.PUBLISH,
    e.ResultPublished.name: StepKind.RETURN,
}
_OWN_NAMES = (e.CaseReceived.name, *_STEPS, e.CaseGranted.name, e.CaseDenied.name)
_ASIDE = {e.AgencyConsulted.name: "Lấy ý kiến", e.ConsultationAnswered.name: "Trả lời ý kiến"}
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
        remarks=tuple(_remarks(case)),
    )


def _remarks(case: Case) -> Iterator[str]:
    """What bears on the time: pauses with their documents, a second request, a new date, an end without a decision."""
    for stop in case.stops.order_by("from_at"):
        until = f"đến {instant(stop.until_at)}" if stop.until_at else "chưa kết thúc"
        paper = f", văn bản số {stop.document}" if stop.document else ""
        yield f"Không tính thời hạn từ {instant(stop.from_at)} {until}: {_ground(stop)}{paper}."
    if case.second_supplement:
        yield "Đã yêu cầu bổ sung hồ sơ lần thứ hai."
    given = Extension.objects.filter(case=case).first()
    if given:
        yield f"Đã xin lỗi và gia hạn từ {instant(given.due_before)} đến {instant(given.due_at)}."
    if case.state == State.STOPPED and case.finished_at:
        yield f"Dừng giải quyết hồ sơ từ {instant(case.finished_at)}."


def _ground(stop: Stop) -> str:
    """As the law called it on the day on which the stop began."""
    names = {ground.code: ground.name for ground in stop_grounds(on=stop.from_at.astimezone(LOCAL).date())}
    return names.get(stop.ground, stop.ground)


def _rows(case: Case, made: Definition) -> Iterator[HandOver]:
    role_names = {code: role.name for code, role in roles().items()}
    history = EventRecord.objects.filter(subject_id=case.pk, name__in=(*_OWN_NAMES, *_ASIDE, *_LAST)).order_by(
        "at", "id"
    )
    since: datetime | None = case.submitted_at
    unit: UUID | None = case.receiving_agency_id
    for event in history.iterator():
        if event.name == e.CaseReceived.name:
            yield _reception(case, event)
            since = event.at
            continue
        if event.name in _ASIDE:
            yield _aside(event, unit)
            continue
        if event.name == e.CaseTakenBack.name:
            yield _taken_back(made, event, unit, role_names)
            since, unit = event.at, event.unit_id or unit
            continue
        following = _step(made, event.facts.get("to_step", ""), _STEP_NEXT.get(event.name))
        yield HandOver(
            from_unit=agency_name(event.unit_id or unit, event.at),
            from_person=event.actor_name,
            to_unit=_taker_unit(case, event, following),
            to_person=_taker(case, event, following, role_names),
            at=event.at,
            outcome=_outcome(
                _step(made, event.facts.get("from_step", ""), _STEP_DONE.get(event.name)),
                event.unit_id or unit,
                since,
                event.at,
            ),
            note=_NOTES.get(event.name, ""),
        )
        since, unit = event.at, _uuid(event.facts.get("holder_unit")) or unit


def _aside(event: EventRecord, holder: UUID | None) -> HandOver:
    """A question to another agency or its answer: beside the case's own way, which goes on."""
    asked = event.name == e.AgencyConsulted.name
    other = agency_name(_uuid(event.facts.get("agency")), event.at)
    own = agency_name(event.unit_id if asked else holder, event.at)
    late = event.facts.get("on_time") is False
    return HandOver(
        from_unit=own if asked else other,
        from_person=event.actor_name,
        to_unit=other if asked else own,
        to_person="",
        at=event.at,
        outcome="" if asked else "LATE" if late else "EARLY",
        note=_ASIDE[event.name],
    )


def _step(made: Definition, step_id: str, kind: StepKind | None) -> Step | None:
    """The step that an event names, or the one of that kind."""
    steps = made.process.steps
    return next((s for s in steps if (s.id == step_id if step_id else s.kind == kind)), None)


def _reception(case: Case, event: EventRecord) -> HandOver:
    return HandOver(
        from_unit="",
        from_person=case.authorised_name or case.applicant_name,
        to_unit=agency_name(event.unit_id or case.receiving_agency_id, event.at),
        to_person=event.actor_name,
        at=event.at,
    )


def _taken_back(made: Definition, event: EventRecord, unit: UUID | None, role_names: dict[str, str]) -> HandOver:
    """Those who had just been given it, and had done nothing yet, give it back to the one who takes it."""
    had = _step(made, event.facts["from_step"], None)
    return HandOver(
        from_unit=agency_name(unit, event.at),
        from_person=role_names.get(had.role, "") if had else "",
        to_unit=agency_name(event.unit_id, event.at),
        to_person=event.actor_name,
        at=event.at,
        note=_NOTES[event.name],
    )


def _taker_unit(case: Case, event: EventRecord, step: Step | None) -> str:
    if event.name == e.ResultHandedOut.name:
        return ""
    receives = step is not None and step.agency == StepAgency.RECEIVING
    usual = case.receiving_agency_id if receives else case.competent_agency_id
    return agency_name(_uuid(event.facts.get("holder_unit")) or usual, event.at)


def _taker(case: Case, event: EventRecord, step: Step | None, role_names: dict[str, str]) -> str:
    """The applicant at the end, else the role of the step that follows."""
    if event.name == e.ResultHandedOut.name:
        return case.authorised_name or case.applicant_name
    role = event.facts.get("holder_role") or (step.role if step else "")
    return role_names.get(role, "")


def _outcome(step: Step | None, unit: UUID | None, since: datetime | None, at: datetime) -> str:
    """EARLY within the step's working hours, ON_TIME to the minute, LATE after; "" where no step was done."""
    if step is None or since is None or unit is None:
        return ""
    due = calendar_of(unit, at=since).add_working_time(since, timedelta(hours=float(step.hours)))
    if at > due:
        return "LATE"
    return "ON_TIME" if due - at < timedelta(minutes=1) else "EARLY"


def _uuid(value: object) -> UUID | None:
    return UUID(str(value)) if value else None
