"""What is found in a case at an instant, for any calendar of holidays and any hour."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st
from pydantic import ValidationError

from camaug.cases.lateness.findings import Finding, findings, hours_needed, standing_of_case, standing_of_step
from camaug.cases.lateness.rules import Rules, read_rules, rules_on
from camaug.cases.lifecycle import IDLE, State
from camaug.cases.models import Case, ReminderKind
from camaug.catalogue.definition.process import Process
from camaug.kernel.clock import LOCAL
from camaug.worktime.calendars import Calendar

BEGUN = datetime(2026, 11, 2, 8, 0, tzinfo=LOCAL)
WEEK = (((time(7), time(11)), (time(13), time(17))),) * 5 + ((), ())
RULES = rules_on(date(2026, 11, 2))
PROCESS = Process.model_validate(
    {
        "source": "x",
        "confidence": "H",
        "steps": [
            {"id": "a", "name": "A", "kind": "RECEIVE", "agency": "RECEIVING", "role": "X", "hours": 2, "next": ["b"]},
            {"id": "b", "name": "B", "kind": "EXAMINE", "agency": "COMPETENT", "role": "X", "hours": 16, "next": ["c"]},
            {"id": "c", "name": "C", "kind": "APPROVE", "agency": "COMPETENT", "role": "X", "hours": 4, "next": ["d"]},
            {"id": "d", "name": "D", "kind": "RETURN", "agency": "RECEIVING", "role": "X", "hours": 9},
        ],
    }
)
holidays = st.frozensets(st.integers(0, 40).map(lambda n: BEGUN.date() + timedelta(days=n)), max_size=8)
hours = st.integers(1, 60)
moments = st.integers(0, 40 * 24 * 4).map(lambda quarters: BEGUN + timedelta(minutes=15 * quarters))


def running(calendar: Calendar, step_hours: int, case_hours: int, state: State = State.IN_PROCESS) -> Case:
    def due(amount: int) -> datetime:
        return calendar.add_working_time(BEGUN, timedelta(hours=amount))

    return Case(
        state=state,
        step="b",
        received_at=BEGUN,
        step_counted_at=BEGUN,
        step_due_at=due(step_hours),
        due_at=due(case_hours),
    )


def found(case: Case, calendar: Calendar, at: datetime, *, apologised: bool = False) -> list[Finding]:
    given_ = {"holder": calendar, "competent": calendar, "rules": RULES, "apologised": apologised, "at": at}
    return list(findings(case, PROCESS, **given_))  # type: ignore[arg-type]


@hypothesis(max_examples=80, deadline=None)
@given(holidays, hours, hours, moments)
def test_a_limit_is_late_from_its_end_on_and_used_up_by_then(off, step, whole, at):
    calendar = Calendar(WEEK, off)
    case = running(calendar, step, whole)
    for standing in (standing_of_step(case, calendar, RULES, at), standing_of_case(case, calendar, RULES, at)):
        assert standing
        assert (standing.tone == "late") == (at > standing.due_at)
        assert (standing.left > timedelta()) <= (at < standing.due_at)
        assert (standing.share == 100) >= (standing.tone == "late")
        assert standing.left <= standing.whole


@hypothesis(max_examples=80, deadline=None)
@given(holidays, hours, hours, moments, st.integers(1, 96))
def test_what_was_once_late_stays_late_and_only_rises(off, step, whole, at, quarters):
    calendar = Calendar(WEEK, off)
    case = running(calendar, step, whole)
    before, after = (found(case, calendar, moment) for moment in (at, at + timedelta(minutes=15 * quarters)))
    levels = [
        max((f.level for f in seen if f.kind == ReminderKind.CASE_OVERDUE), default=-1) for seen in (before, after)
    ]
    assert levels[0] <= levels[1]
    late = ReminderKind.CASE_OVERDUE in kinds(after)
    assert (ReminderKind.APOLOGY in kinds(before)) <= (late or ReminderKind.APOLOGY in kinds(after))


@hypothesis(max_examples=80, deadline=None)
@given(holidays, hours, hours, moments)
def test_nobody_hears_of_one_lateness_twice_and_the_apologised_of_no_apology(off, step, whole, at):
    calendar = Calendar(WEEK, off)
    case = running(calendar, step, whole)
    seen = kinds(found(case, calendar, at, apologised=True))
    assert ReminderKind.APOLOGY not in seen
    assert not {ReminderKind.CASE_OVERDUE, ReminderKind.STEP_OVERDUE} <= seen
    assert not {ReminderKind.CASE_SOON, ReminderKind.STEP_SOON} <= seen


@hypothesis(max_examples=80, deadline=None)
@given(holidays, hours, hours, moments)
def test_nobody_is_called_to_apologise_for_what_is_late_already(off, step, whole, at):
    seen = kinds(found(running(Calendar(WEEK, off), step, whole), Calendar(WEEK, off), at))
    assert not {ReminderKind.APOLOGY, ReminderKind.CASE_OVERDUE} <= seen


@pytest.mark.parametrize("state", sorted(IDLE))
def test_nothing_is_found_where_no_officers_time_runs(state):
    calendar = Calendar(WEEK)
    assert found(running(calendar, 1, 2, state), calendar, BEGUN + timedelta(days=30)) == []


def test_what_is_still_to_do_leaves_out_the_handing_out_and_counts_an_overdue_step_again():
    assert hours_needed(PROCESS, "b", timedelta(hours=3)) == timedelta(hours=7)
    assert hours_needed(PROCESS, "b", -timedelta(hours=3)) == timedelta(hours=20)
    assert hours_needed(PROCESS, "c", timedelta(hours=1)) == timedelta(hours=1)


def kinds(seen: list[Finding]) -> set[ReminderKind]:
    return {finding.kind for finding in seen}


def test_the_rules_of_the_province_are_read_and_the_latest_of_a_day_holds():
    known = read_rules(Path(settings.PROFILE))
    assert rules_on(date(2026, 1, 1)) == known[-1]
    assert rules_on(date(2000, 1, 1)) == known[0]


@pytest.mark.parametrize(
    "change",
    [
        lambda rules: rules.model_dump() | {"step_soon_percent": 0},
        lambda rules: rules.model_dump() | {"escalations": [e.model_dump() for e in reversed(rules.escalations)]},
        lambda rules: rules.model_dump() | {"surprise": 1},
    ],
    ids=["a warning at the beginning", "not in order", "an unknown word"],
)
def test_rules_that_make_no_sense_are_refused(change: Callable[[Rules], dict[str, object]]):
    with pytest.raises(ValidationError):
        Rules.model_validate(change(RULES))


def own(**values: object) -> Process:
    told = {**values, "source": "x", "confidence": "H"}
    return Process.model_validate({**PROCESS.model_dump(mode="json"), "reminders": told})


def test_a_procedure_sets_its_own_hours_and_keeps_the_rest() -> None:
    rules = RULES.of_process(own(case_soon_hours=24, escalate_after=["1"]))
    assert (rules.case_soon_hours, rules.step_soon_percent) == (24, RULES.step_soon_percent)
    hours = [level.after_hours for level in rules.escalations]
    assert hours == [1, *(level.after_hours for level in RULES.escalations[1:])]
    assert [level.to for level in rules.escalations] == [level.to for level in RULES.escalations]
    assert RULES.of_process(PROCESS) is RULES


def test_levels_that_would_come_before_its_own_ones_are_left_out() -> None:
    rules = RULES.of_process(own(escalate_after=["20"]))
    hours = [level.after_hours for level in rules.escalations]
    assert hours == sorted(set(hours))
    assert hours[0] == 20


def test_its_levels_rise() -> None:
    with pytest.raises(ValidationError, match="later than the one before"):
        own(escalate_after=["8", "4"])
