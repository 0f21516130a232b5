"""The case's clock: when it is due, when its step is due, and what every stop does to both."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from camaug.cases.models import Case, Extension, Stop
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.definition.process import Step
from camaug.kernel.clock import LOCAL
from camaug.worktime import deadlines
from camaug.worktime.limits import Cutoff, Limit
from camaug.worktime.queries import calendar_of, stop_ground


def start(case: Case, definition: Definition, *, at: datetime) -> None:
    """The statutory clock starts at reception; no due time where the law's figure is not at hand.

    Before it nothing can have stopped it, and no new date can have been given.
    """
    first, case.received_at = not case.is_received(), at
    if first:
        case.original_due_at = case.due_at = case.promised_at = _count(case, definition, (), None)[0]
    else:
        _set_due(case, definition)
        case.original_due_at = case.due_at


def stop(case: Case, definition: Definition, ground: str, *, at: datetime, document: str = "") -> None:
    """The clock stands still from now on, on a ground that the law names; late stays late.

    Before reception there is no clock.
    """
    if not case.is_received():
        return
    known = stop_ground(ground, on=at.astimezone(LOCAL).date())
    Stop.objects.create(
        case=case, ground=ground, effect=known.effect, from_at=at, due_before=case.due_at, document=document[:120]
    )
    _set_due(case, definition)
    case.step_due_at = None


def go_on(case: Case, definition: Definition, *, at: datetime) -> None:
    """The open stop ends now: the limit restarts or resumes as its ground says; the step gets its hours anew."""
    case.step_counted_at = at
    case.step_due_at = step_due(case.holder_unit_id, definition.process.step(case.step), at=at)
    open_stop = case.stops.filter(until_at__isnull=True).first()
    if open_stop is None:
        return
    open_stop.until_at = at
    open_stop.save(update_fields=["until_at"])
    _set_due(case, definition)
    open_stop.due_after = case.due_at
    open_stop.save(update_fields=["due_after"])


def recount(case: Case, definition: Definition) -> None:
    """Both due times by the calendar as it stands now; what stands still stays so."""
    if case.is_received():
        _set_due(case, definition)
    if case.step_due_at is not None and case.step_counted_at is not None:
        step = definition.process.step(case.step)
        case.step_due_at = step_due(case.holder_unit_id, step, at=case.step_counted_at)


def end(case: Case, definition: Definition, *, at: datetime) -> None:
    """The case ends without a decision: nothing stands still any more, and no step is due."""
    go_on(case, definition, at=at)
    case.step_due_at = None


def give_new_date(case: Case, definition: Definition) -> None:
    """The date given with an apology holds from now on; the step keeps its hours, and reports what was promised."""
    _set_due(case, definition)


def step_due(unit_id: UUID | None, step: Step, *, at: datetime) -> datetime:
    """When a step that begins now should be done: its working hours by the calendar of the unit that does it."""
    return calendar_of(unit_id, at=at).add_working_time(at, timedelta(hours=float(step.hours)))


def latest_for_step(case: Case, definition: Definition) -> datetime:
    """The last moment for the present step, if the steps that follow take their usual hours; where nothing is due, what
    orders the case otherwise.
    """
    if case.due_at is None or not case.step:
        return case.urgent_at
    hours = timedelta(hours=float(definition.process.hours_after(case.step)))
    return calendar_of(case.competent_agency_id, at=case.due_at).take_working_time(case.due_at, hours)


def _set_due(case: Case, definition: Definition) -> None:
    case.due_at, case.promised_at = _count(case, definition, case.stops.order_by("from_at"), _new_date(case))


def _count(
    case: Case, definition: Definition, stopped: Iterable[Stop], new_date: deadlines.NewDate | None
) -> tuple[datetime | None, datetime | None]:
    """When it is due, and by when it counts as on time."""
    received = case.received_at
    if received is None:
        return None, None
    limit = definition.limit_for(Channel(case.channel), received.astimezone(LOCAL).date(), case.answers)
    if limit.amount is None:
        return None, None
    cutoff = Cutoff(limit.cutoff, limit.cutoff_effect) if limit.cutoff and limit.cutoff_effect else None
    stops = [
        deadlines.Stop(s.ground, deadlines.ClockEffect(s.effect), s.from_at, s.until_at, s.document) for s in stopped
    ]
    calendar = calendar_of(case.competent_agency_id, at=received)
    span = Limit(limit.amount, limit.unit)
    due = deadlines.deadline(received, span, stops, calendar, cutoff, new_date).current
    counts = bool(stops) or new_date is not None
    return due, deadlines.promise(received, span, stops, calendar, cutoff) if counts else due


def _new_date(case: Case) -> deadlines.NewDate | None:
    given = Extension.objects.filter(case=case).first()
    return None if given is None else deadlines.NewDate(given.given_at, given.due_at)
