"""A holiday declared or withdrawn, and hours that an agency is given, move open deadlines and leave an event each."""

from datetime import date, datetime, time, timedelta

import pytest
from django.conf import settings

from camaug.cases.actions.recount_deadlines import recount_deadlines
from camaug.cases.actions.register import register
from camaug.cases.models import Case, Recount
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL
from camaug.kernel.dispatch import subscribers
from camaug.kernel.models import EventRecord
from camaug.notify.loading import load_profile
from camaug.notify.models import Message
from camaug.worktime.actions.declare_day_off import declare_day_off
from camaug.worktime.actions.set_working_hours import set_working_hours
from camaug.worktime.actions.withdraw_day_off import withdraw_day_off
from camaug.worktime.models import DayOff
from tests.applications import carry, send_birth, shop_intake
from tests.world import AT, FINANCE_OFFICE, World

LATER = AT + timedelta(hours=1)
THURSDAY = date(2026, 11, 26)
FRIDAY_EVENING = datetime(2026, 11, 27, 17, 0, tzinfo=LOCAL)
MONDAY_EVENING = datetime(2026, 11, 30, 17, 0, tzinfo=LOCAL)
MORNINGS = (((time(7), time(11)),),) * 5 + ((), ())


def hear(name: str) -> None:
    """Hand all events that ever happened to a subscriber, as a dispatcher that lost its place would."""
    subscriber = next(known for known in subscribers() if known.name == name)
    subscriber.react(list(EventRecord.objects.filter(name__in=subscriber.to).order_by("id")))


def follow(*, at: datetime = LATER, size: int = 200) -> None:
    """What the worker does after a change of the calendar; heard of twice."""
    for _ in range(2):
        hear("cases.recount_deadlines")
        while recount_deadlines(by=SYSTEM, at=at, size=size):
            pass


def holiday(unit: object = None, *, day: date = THURSDAY) -> DayOff:
    return declare_day_off(day, name="Bầu cử", source="QĐ 5", unit_id=unit, by=SYSTEM, at=AT)  # type: ignore[arg-type]


def shop(world: World, *, at: datetime = AT) -> Case:
    """Three working days from Monday: due on Friday, at the finance office's desk for sixteen hours."""
    return register(shop_intake(world), by=world.officer("district_clerk"), at=at)


def moves(case: Case, name: str = "cases.CaseDeadlineMoved") -> list[tuple[str, str, str]]:
    rows = EventRecord.objects.filter(subject_id=case.id, name=name).order_by("id")
    return [(row.facts["before"], row.facts["after"], row.facts["occasion"]) for row in rows]


@pytest.fixture
def case(world: World) -> Case:
    follow()  # what was loaded before
    return shop(world)


def test_a_holiday_moves_open_deadlines_and_leaves_one_event_each(case: Case) -> None:
    assert case.due_at == FRIDAY_EVENING
    step_before = case.step_due_at
    holiday()
    follow()
    case.refresh_from_db()
    assert (case.due_at, case.urgent_at) == (MONDAY_EVENING, MONDAY_EVENING)
    assert case.original_due_at == FRIDAY_EVENING
    assert case.step_due_at
    assert step_before
    assert case.step_due_at > step_before
    assert [(b[:16], a[:16], why) for b, a, why in moves(case)] == [("2026-11-27T10:00", "2026-11-30T17:00", "Bầu cử")]
    assert len(moves(case, "cases.StepDeadlineMoved")) == 1


def test_a_holiday_withdrawn_moves_them_back(case: Case) -> None:
    step_before = case.step_due_at
    day = holiday()
    follow()
    withdraw_day_off(day.id, reason="Hoãn", by=SYSTEM, at=AT)
    follow()
    case.refresh_from_db()
    assert (case.due_at, case.step_due_at) == (FRIDAY_EVENING, step_before)
    assert len(moves(case)) == 2


def test_a_holiday_after_the_deadline_touches_nothing(case: Case) -> None:
    holiday(day=date(2026, 12, 1))
    follow()
    case.refresh_from_db()
    assert case.due_at == FRIDAY_EVENING
    assert moves(case) == []


def test_finished_cases_keep_the_deadline_that_they_had(world: World, case: Case) -> None:
    ready = carry(world, send_birth(world), to="RETURN")
    due = ready.due_at
    holiday(day=AT.date())
    follow()
    ready.refresh_from_db()
    assert ready.due_at == due
    assert moves(ready) == []


def test_an_agencys_own_day_moves_only_its_own(world: World, case: Case) -> None:
    assert case.competent_agency_id == world.agencies[FINANCE_OFFICE]
    elsewhere = carry(world, send_birth(world, at=AT + timedelta(days=2)), to="EXAMINE", at=AT + timedelta(days=3))
    due = elsewhere.due_at
    assert due
    assert due.astimezone(LOCAL).date() == THURSDAY
    holiday(world.agencies[FINANCE_OFFICE])
    follow()
    case.refresh_from_db()
    elsewhere.refresh_from_db()
    assert case.due_at == MONDAY_EVENING
    assert elsewhere.due_at == due


def test_hours_that_an_agency_is_given_move_its_steps(world: World, case: Case) -> None:
    step_before = case.step_due_at
    finance = world.agencies[FINANCE_OFFICE]
    set_working_hours(finance, week=MORNINGS, valid_from=date(2026, 11, 25), source="TB 3", by=SYSTEM, at=AT)
    follow()
    case.refresh_from_db()
    assert case.due_at == FRIDAY_EVENING.replace(hour=11)
    assert case.step_due_at
    assert step_before
    assert case.step_due_at > step_before


def test_a_step_whose_hours_began_anew_is_counted_from_then(world: World, case: Case) -> None:
    began = datetime(2026, 11, 25, 9, 0, tzinfo=LOCAL)
    Case.objects.filter(pk=case.pk).update(step_counted_at=began)
    holiday()
    follow()
    case.refresh_from_db()
    assert case.step_due_at == datetime(2026, 11, 30, 9, 0, tzinfo=LOCAL)  # six hours, eight, two


def test_many_cases_are_done_batch_by_batch_each_once(world: World, case: Case) -> None:
    cases = [case, *(shop(world, at=AT + timedelta(minutes=n)) for n in range(1, 5))]
    holiday()
    hear("cases.recount_deadlines")
    assert recount_deadlines(by=SYSTEM, at=LATER, size=2)  # killed here
    assert Recount.objects.get(done_at=None).moved == 2
    follow(size=2)
    assert [len(moves(one)) for one in cases] == [1] * 5
    assert not Recount.objects.filter(done_at=None).exists()


def test_a_change_waits_until_the_moves_under_way_are_committed(case: Case) -> None:
    holiday()
    hear("cases.recount_deadlines")
    assert not recount_deadlines(by=SYSTEM, at=AT)
    assert recount_deadlines(by=SYSTEM, at=AT + timedelta(seconds=6))


def test_the_applicant_is_told_of_a_later_date_and_not_of_an_earlier_one(case: Case) -> None:
    load_profile(settings.PROFILE, at=AT, progress=lambda _done, _total: None)
    day = holiday()
    follow()
    hear("cases.tell_applicants")
    told = Message.objects.get(subject_id=case.id, notice="DEADLINE_MOVED")
    assert "17:00 ngày 30/11/2026" in told.body
    assert "Bầu cử" in told.body
    withdraw_day_off(day.id, reason="Hoãn", by=SYSTEM, at=AT)
    follow()
    hear("cases.tell_applicants")
    assert Message.objects.filter(subject_id=case.id, notice="DEADLINE_MOVED").count() == 1
