"""Loading the profile's working time, and the calendars that come of it, on a real PostgreSQL."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction

from camaug.kernel.actors import SYSTEM, Actor, ActorKind
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotAllowed, NotFound
from camaug.kernel.ids import uuid7
from camaug.kernel.models import EventRecord
from camaug.worktime import queries
from camaug.worktime.actions.declare_day_off import SourceMissing, declare_day_off
from camaug.worktime.actions.set_working_hours import WeekUnusable, set_working_hours
from camaug.worktime.actions.withdraw_day_off import withdraw_day_off
from camaug.worktime.deadlines import ClockEffect, due_at
from camaug.worktime.limits import Limit, Unit
from camaug.worktime.loading import load_profile
from camaug.worktime.models import DayKind, DayOff, OpenQuestion, StopGround, WorkingHours

pytestmark = pytest.mark.django_db

PROFILE = Path(settings.BASE_DIR) / "profiles" / "ca-mau"
AT = datetime(2026, 11, 23, 9, 0, tzinfo=LOCAL)
HALF_DAYS = (((time(7), time(11)),),) * 6 + ((),)


def load(folder: Path = PROFILE) -> None:
    load_profile(folder, at=AT, progress=lambda _done, _total: None)


@pytest.fixture
def _loaded() -> None:
    load()


def all_rows() -> list:
    return [sorted(map(str, model.objects.values_list())) for model in (WorkingHours, DayOff, OpenQuestion, StopGround)]


@pytest.mark.usefixtures("_loaded")
class TestLoading:
    def test_loading_twice_leaves_every_row_and_event_as_it_was(self):
        before = all_rows(), EventRecord.objects.count()
        load()
        assert (all_rows(), EventRecord.objects.count()) == before

    def test_progress_reaches_its_end(self):
        steps = []
        load_profile(PROFILE, at=AT, progress=lambda done, total: steps.append((done, total)))
        assert steps[0][0] == 0
        assert steps[-1][0] == steps[-1][1]

    def test_what_officers_changed_outlives_the_next_loading(self):
        unit = uuid7()
        set_working_hours(unit, week=HALF_DAYS, valid_from=date(2026, 1, 1), source="Thông báo 1", by=SYSTEM, at=AT)
        declare_day_off(date(2026, 12, 7), name="Sửa trụ sở", source="Thông báo 2", by=SYSTEM, at=AT)
        withdraw_day_off(DayOff.objects.get(date=date(2026, 11, 24)).id, reason="Thử", by=SYSTEM, at=AT)
        before = all_rows()
        load()
        assert all_rows() == before

    def test_a_day_that_left_the_profile_leaves_the_calendar(self, tmp_path):
        text = (PROFILE / "worktime.yaml").read_text(encoding="utf-8")
        kept = "\n".join(line for line in text.splitlines() if "2026-11-24" not in line)
        (tmp_path / "worktime.yaml").write_text(kept, encoding="utf-8")
        load(folder=tmp_path)
        assert queries.calendar_of(None, at=AT).is_working_day(date(2026, 11, 24))

    def test_hours_of_an_agency_that_is_not_there_are_refused(self, tmp_path):
        text = (PROFILE / "worktime.yaml").read_text(encoding="utf-8")
        (tmp_path / "worktime.yaml").write_text(text.replace("agency: null", "agency: H12.NOWHERE"), encoding="utf-8")
        with pytest.raises(NotFound):
            load(folder=tmp_path)

    def test_every_year_has_its_days_off_on_weekdays(self):
        days = DayOff.objects.filter(kind="OFF").values_list("date", flat=True)
        weekdays = {year: sum(d.year == year and d.weekday() < 5 for d in days) for year in range(2022, 2028)}
        # 11 days by law (12 from 24/11/2026 on) and the swapped ones; 2027 lacks Tết (5) and a day of Quốc khánh
        assert weekdays == {2022: 11, 2023: 11, 2024: 12, 2025: 12, 2026: 13, 2027: 6}

    def test_every_swap_trades_a_weekday_for_a_saturday(self):
        worked = DayOff.objects.filter(kind="WORKED")
        assert {(row.date, row.swapped_with) for row in worked} == {
            (date(2024, 5, 4), date(2024, 4, 29)),
            (date(2025, 4, 26), date(2025, 5, 2)),
            (date(2026, 8, 22), date(2026, 8, 31)),
        }
        assert all(row.date.weekday() == 5 and row.swapped_with.weekday() < 5 for row in worked)

    def test_what_is_not_decided_is_an_open_question_and_no_day(self):
        touching = queries.uncertainties(date(2027, 1, 1), date(2028, 1, 1))
        assert [each.code for each in touching] == ["TET_2027", "NATIONAL_DAY_2027"]
        assert queries.special_days(date(2027, 2, 1), date(2027, 2, 15)) == ()


@pytest.mark.usefixtures("_loaded")
class TestCalendars:
    def test_the_province_works_eight_hours_from_monday_to_friday(self):
        calendar = queries.calendar_of(None, at=AT)
        hours = ((time(7), time(11)), (time(13), time(17)))
        assert calendar.week_of(date(2026, 11, 23)) == (hours,) * 5 + ((), ())

    def test_an_agency_without_own_hours_shares_the_provinces_calendar(self):
        assert queries.calendar_of(uuid7(), at=AT) is queries.calendar_of(None, at=AT)

    def test_an_agencys_own_hours_hold_from_their_day_on_beside_the_provinces_holidays(self):
        unit = uuid7()
        set_working_hours(unit, week=HALF_DAYS, valid_from=date(2026, 11, 26), source="Thông báo", by=SYSTEM, at=AT)
        calendar = queries.calendar_of(unit, at=AT)
        assert not calendar.is_working_day(date(2026, 11, 24))
        assert len(calendar.working_periods(date(2026, 11, 25))) == 2
        assert calendar.working_periods(date(2026, 11, 26)) == ((time(7), time(11)),)
        assert calendar.working_periods(date(2026, 11, 28)) == ((time(7), time(11)),)

    def test_a_later_week_replaces_the_earlier_one_from_its_day_on(self):
        unit = uuid7()
        whole_day = (((time(8), time(16)),),) * 5 + ((), ())
        set_working_hours(unit, week=HALF_DAYS, valid_from=date(2026, 1, 1), source="Một", by=SYSTEM, at=AT)
        set_working_hours(unit, week=whole_day, valid_from=date(2026, 12, 1), source="Hai", by=SYSTEM, at=AT)
        calendar = queries.calendar_of(unit, at=AT)
        assert calendar.working_periods(date(2026, 11, 30)) == ((time(7), time(11)),)
        assert calendar.working_periods(date(2026, 12, 1)) == ((time(8), time(16)),)

    def test_a_limit_runs_across_a_change_of_hours(self):
        unit = uuid7()
        set_working_hours(unit, week=HALF_DAYS, valid_from=date(2026, 11, 26), source="Thông báo", by=SYSTEM, at=AT)
        start = datetime(2026, 11, 25, 15, 0, tzinfo=LOCAL)
        due = due_at(start, Limit(8, Unit.WORKING_HOURS), queries.calendar_of(unit, at=AT))
        assert due == datetime(2026, 11, 27, 9, 0, tzinfo=LOCAL)

    def test_before_any_hours_are_known_no_limit_is_counted(self):
        with pytest.raises(queries.HoursUnknown):
            queries.calendar_of(None, at=date(2021, 12, 31))

    def test_many_calendars_cost_one_query(self, django_assert_num_queries):
        units = [uuid7() for _ in range(20)]
        queries.calendar_of(None, at=AT)
        with django_assert_num_queries(1):
            assert len(queries.calendars_of(units, at=AT)) == 20


@pytest.mark.usefixtures("_loaded")
class TestDeclaring:
    def test_a_declared_day_holds_at_once_and_is_told(self):
        day = date(2026, 12, 7)
        assert queries.calendar_of(None, at=AT).is_working_day(day)
        row = declare_day_off(day, name="Bầu cử", source="Quyết định 5", by=SYSTEM, at=AT)
        assert not queries.calendar_of(None, at=AT).is_working_day(day)
        told = EventRecord.objects.get(name="worktime.DayOffDeclared", subject_id=row.id)
        assert told.facts["date"] == "2026-12-07"

    def test_a_swap_declares_both_days(self):
        declare_day_off(
            date(2026, 12, 7), name="Hoán đổi", source="QĐ 6", swapped_with=date(2026, 12, 12), by=SYSTEM, at=AT
        )
        calendar = queries.calendar_of(None, at=AT)
        assert not calendar.is_working_day(date(2026, 12, 7))
        assert len(calendar.working_periods(date(2026, 12, 12))) == 2

    def test_a_day_of_one_agency_leaves_the_others_alone(self):
        unit, day = uuid7(), date(2026, 12, 7)
        declare_day_off(day, name="Mất điện", source="Thông báo", unit_id=unit, by=SYSTEM, at=AT)
        assert not queries.calendar_of(unit, at=AT).is_working_day(day)
        assert queries.calendar_of(None, at=AT).is_working_day(day)
        assert [d.name for d in queries.special_days(day, date(2026, 12, 8), unit_id=unit)] == ["Mất điện"]
        assert queries.special_days(day, date(2026, 12, 8)) == ()

    def test_an_agency_may_work_on_a_holiday_of_the_province(self):
        unit = uuid7()
        declare_day_off(
            date(2026, 11, 24), name="Trực", source="QĐ", unit_id=unit, kind=DayKind.WORKED, by=SYSTEM, at=AT
        )
        assert queries.calendar_of(unit, at=AT).is_working_day(date(2026, 11, 24))

    def test_a_withdrawn_swap_gives_both_days_back(self):
        withdraw_day_off(DayOff.objects.get(date=date(2026, 8, 31)).id, reason="Bãi bỏ", by=SYSTEM, at=AT)
        calendar = queries.calendar_of(None, at=AT)
        assert calendar.is_working_day(date(2026, 8, 31))
        assert not calendar.is_working_day(date(2026, 8, 22))
        assert EventRecord.objects.filter(name="worktime.DayOffWithdrawn").count() == 2

    def test_declaring_the_decided_days_settles_the_question(self):
        declare_day_off(date(2027, 2, 8), name="Tết", source="QĐ", settles="TET_2027", by=SYSTEM, at=AT)
        assert [q.code for q in queries.uncertainties(date(2027, 1, 1), date(2027, 3, 1))] == []

    def test_a_day_off_without_a_decision_is_refused(self):
        with pytest.raises(SourceMissing):
            declare_day_off(date(2026, 12, 7), name="Nghỉ", source=" ", by=SYSTEM, at=AT)

    def test_only_an_administrator_changes_the_calendar(self):
        clerk = Actor(kind=ActorKind.STAFF, account_id=uuid7(), name="Clerk")
        with pytest.raises(NotAllowed):
            declare_day_off(date(2026, 12, 7), name="Nghỉ", source="QĐ", by=clerk, at=AT)
        with pytest.raises(NotAllowed):
            withdraw_day_off(DayOff.objects.get(date=date(2026, 11, 24)).id, reason="x", by=clerk, at=AT)
        with pytest.raises(NotAllowed):
            set_working_hours(uuid7(), week=HALF_DAYS, valid_from=date(2026, 12, 1), source="QĐ", by=clerk, at=AT)

    @pytest.mark.parametrize(
        "week",
        [
            ((),) * 7,
            HALF_DAYS[:6],
            (((time(11), time(7)),),) + ((),) * 6,
            (((time(7), time(11)), (time(10), time(12))),) + ((),) * 6,
        ],
        ids=["no day worked", "six days", "closes before it opens", "periods overlap"],
    )
    def test_an_unusable_week_is_refused(self, week):
        with pytest.raises(WeekUnusable):
            set_working_hours(uuid7(), week=week, valid_from=date(2026, 12, 1), source="QĐ", by=SYSTEM, at=AT)


@pytest.mark.usefixtures("_loaded")
class TestGrounds:
    def test_a_supplement_restarts_and_the_law_it_rests_on_is_dated(self):
        before, after = (queries.stop_ground("SUPPLEMENT", on=day) for day in (date(2025, 6, 30), date(2025, 7, 1)))
        assert before.effect == after.effect == ClockEffect.RESTART
        assert "61/2018" in before.source
        assert "118/2025" in after.source

    def test_a_financial_duty_and_a_consultation_resume(self):
        grounds = {ground.code: ground.effect for ground in queries.stop_grounds(on=AT.date())}
        assert grounds["FINANCIAL_DUTY"] == grounds["CONSULTATION"] == ClockEffect.RESUME

    def test_no_clock_stops_on_a_ground_that_no_law_names(self):
        with pytest.raises(queries.GroundUnknown):
            queries.stop_ground("SIGNER_AWAY", on=AT.date())


@pytest.mark.usefixtures("_loaded")
class TestWhatTheDatabaseRefuses:
    @pytest.mark.parametrize("unit", [None, uuid7()], ids=["province", "agency"])
    def test_an_hour_worked_twice(self, unit):
        WorkingHours.objects.create(
            unit_id=unit, weekday=6, opens=time(7), closes=time(11), valid_from=date(2026, 1, 1), source="x"
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            WorkingHours.objects.create(
                unit_id=unit, weekday=6, opens=time(10), closes=time(12), valid_from=date(2026, 6, 1), source="x"
            )

    def test_a_day_declared_twice_for_the_province(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            DayOff.objects.create(date=date(2026, 11, 24), kind="OFF", name="x", source="x")

    def test_two_effects_of_one_ground_on_one_day(self):
        with pytest.raises(IntegrityError), transaction.atomic():
            StopGround.objects.create(
                code="SUPPLEMENT", name="x", effect="RESUME", valid_from=date(2026, 1, 1), source="x"
            )


@pytest.mark.usefixtures("_loaded")
def test_what_is_left_is_told_in_working_time():
    calendar = queries.calendar_of(None, at=AT)
    due = datetime(2026, 11, 26, 17, 0, tzinfo=LOCAL)
    assert queries.remaining(calendar, due, AT) == timedelta(hours=22)  # 24/11 is a holiday
    assert queries.remaining(calendar, due, datetime(2026, 11, 27, 10, 0, tzinfo=LOCAL)) == -timedelta(hours=3)
