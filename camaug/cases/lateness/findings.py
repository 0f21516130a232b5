"""What is due soon or late in a case at an instant. Pure: no database, no clock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from camaug.cases.lateness.rules import Rules, Seat
from camaug.cases.lifecycle import IDLE, State
from camaug.cases.models import Case, ReminderKind
from camaug.catalogue.definition.process import Process, StepKind
from camaug.kernel.clock import LOCAL
from camaug.worktime.calendars import Calendar

_AGAIN, _SHORTLY = timedelta(days=7), timedelta(minutes=1)
_AFTER = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a limit of `whole` working time has run; `share` 0 to 100 of it is used; `tone` ok, soon or late."""

    due_at: datetime
    whole: timedelta
    left: timedelta
    share: int
    tone: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A fact to remind of. `level` 0: of those whose turn it is; above: of the first of `seats` that is held."""

    case_id: UUID
    kind: ReminderKind
    level: int
    due_at: datetime
    seats: tuple[Seat, ...] = ()


def standing_of_step(case: Case, calendar: Calendar, rules: Rules, at: datetime) -> Standing | None:
    """How the step stands, by the calendar of the unit that holds it; None where no hours run."""
    begun = case.step_counted_at or case.step_from_at
    if case.step_due_at is None or begun is None or State(case.state) in IDLE:
        return None
    whole, left, share = _run(begun, case.step_due_at, calendar, at)
    tone = "late" if at > case.step_due_at else "soon" if share >= rules.step_soon_percent else "ok"
    return Standing(case.step_due_at, whole, left, share, tone)


def standing_of_case(case: Case, calendar: Calendar, rules: Rules, at: datetime) -> Standing | None:
    """How the whole stands, by the calendar of the competent agency; None where no limit runs."""
    if case.due_at is None or case.received_at is None or State(case.state) in IDLE:
        return None
    whole, left, share = _run(case.received_at, case.due_at, calendar, at)
    near = left <= _hours(rules.case_soon_hours) and share >= rules.case_soon_percent
    return Standing(case.due_at, whole, left, share, "late" if at > case.due_at else "soon" if near else "ok")


def findings(
    case: Case,
    process: Process,
    *,
    holder: Calendar,
    competent: Calendar,
    rules: Rules,
    apologised: bool,
    at: datetime,
) -> Iterator[Finding]:
    """All that is to be said of the case now; the whole goes before the step, so that nobody is told twice of one."""
    step = standing_of_step(case, holder, rules, at)
    whole = standing_of_case(case, competent, rules, at)
    if whole is not None and whole.tone == "late":
        yield from _late(case, ReminderKind.CASE_OVERDUE, whole, rules)
    elif step is not None and step.tone == "late":
        yield from _late(case, ReminderKind.STEP_OVERDUE, step, rules)
    if whole is not None and whole.tone == "soon":
        yield Finding(case.id, ReminderKind.CASE_SOON, 0, whole.due_at)
    elif step is not None and step.tone == "soon" and (whole is None or whole.tone == "ok"):
        yield Finding(case.id, ReminderKind.STEP_SOON, 0, step.due_at)
    if whole is not None and not apologised and _will_be_late(case, process, step, whole, rules):
        yield Finding(case.id, ReminderKind.APOLOGY, 1, whole.due_at, rules.apology_to)


def hours_needed(process: Process, step_id: str, left_of_step: timedelta) -> timedelta:
    """The working time that the usual way still asks for until the result is there.

    Of this step what is left; one that is overdue says nothing of its end, so that it counts in full again.
    """
    step, passed = process.step(step_id), {step_id}
    needed = left_of_step if left_of_step > timedelta() else _hours(step.hours)
    while step.next and step.next[0] not in passed:
        step = process.step(step.next[0])
        passed.add(step.id)
        if step.kind != StepKind.RETURN:
            needed += _hours(step.hours)
    return needed


def next_look(
    case: Case,
    *,
    holder: Calendar,
    competent: Calendar,
    rules: Rules,
    apologised: bool,
    found: Sequence[Finding],
    at: datetime,
) -> datetime | None:
    """The first instant after `at` at which there may be something else to say than `found`; None where no time runs.

    What something is to be said of now is looked at each working day, for those who have come to it since; and all
    once a week, for rules that begin to hold meanwhile.
    """
    step, whole = standing_of_step(case, holder, rules, at), standing_of_case(case, competent, rules, at)
    if step is None and whole is None:
        return None
    local = at.astimezone(LOCAL)
    turns = {at + _AGAIN}
    if found:
        turns.add(holder.opening(holder.next_working_day(local.date())))
    if step is not None:
        begun = case.step_counted_at or case.step_from_at
        turns |= _turns(step, begun, holder, rules.step_soon_percent, rules)
    if whole is not None:
        turns |= _turns(whole, case.received_at, competent, rules.case_soon_percent, rules)
        turns.add(competent.take_working_time(whole.due_at, _hours(rules.case_soon_hours)))
        near = competent.take_working_time(whole.due_at, _hours(rules.apology_hours))
        turns.add(near)
        owed = apologised or any(one.kind == ReminderKind.APOLOGY for one in found)
        if near <= at < whole.due_at and not owed:
            turns.add(at + _SHORTLY)  # whether what is left suffices may change with every hour
    return holder.next_working_moment(min(turn for turn in turns if turn > at))


def _turns(standing: Standing, begun: datetime | None, calendar: Calendar, soon: int, rules: Rules) -> set[datetime]:
    """When a limit is soon reached, is passed, and is late enough for each head."""
    due = standing.due_at
    turns = {due + _AFTER}
    turns |= {calendar.add_working_time(due, _hours(step.after_hours)) for step in rules.escalations}
    if begun is not None:
        turns.add(calendar.add_working_time(begun, -(-(standing.whole * soon) // 100)))
    return turns


def _late(case: Case, kind: ReminderKind, standing: Standing, rules: Rules) -> Iterator[Finding]:
    yield Finding(case.id, kind, 0, standing.due_at)
    for level, escalation in enumerate(rules.escalations, start=1):
        if -standing.left >= _hours(escalation.after_hours):
            yield Finding(case.id, kind, level, standing.due_at, escalation.to)


def _will_be_late(case: Case, process: Process, step: Standing | None, whole: Standing, rules: Rules) -> bool:
    """So near the end that what is still to do takes longer than what is left, and not yet late: an apology comes
    before the old date, never after. A case whose whole time is shorter than the apology's own is never called out.
    """
    ahead = _hours(rules.apology_hours)
    near = whole.tone != "late" and whole.left <= ahead < whole.whole
    return near and step is not None and hours_needed(process, case.step, step.left) > whole.left


def _run(begun: datetime, due: datetime, calendar: Calendar, at: datetime) -> tuple[timedelta, timedelta, int]:
    whole = calendar.working_time_between(begun, due)
    used = calendar.working_time_between(begun, at)
    left = calendar.working_time_between(at, due) - calendar.working_time_between(due, at)
    return whole, left, 100 if used >= whole else int(100 * used / whole)


def _hours(amount: Decimal) -> timedelta:
    return timedelta(hours=float(amount))
