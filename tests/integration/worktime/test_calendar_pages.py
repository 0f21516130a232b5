"""The calendar in the administrators' area: declare, take back, hours of an agency, open questions, history."""

from datetime import date, time

import pytest
from django.test import Client

from camaug.worktime.models import DayOff, OpenQuestion, WorkingHours
from camaug.worktime.queries import calendar_of
from camaug.worktime.web.hours import read_periods
from tests.desks import desk_of
from tests.world import AT, DISTRICT, World

CALENDAR = "/desk/administration/calendar/"


@pytest.fixture
def admin(world: World) -> Client:
    return desk_of(world, "administrator")


def text(client: Client, path: str = CALENDAR) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def typed(day: date, name: str = "day") -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def declare(admin: Client, **changes: str) -> int:
    fields = {**typed(date(2026, 12, 7)), "occasion": "Bầu cử", "source": "QĐ 5", "kind": "OFF"}
    return admin.post(f"{CALENDAR}days/", {**fields, **changes}).status_code


def test_a_year_shows_its_days_its_hours_and_its_open_questions(admin: Client) -> None:
    shown = text(admin, f"{CALENDAR}?year=2027")
    assert "Tết Dương lịch" in shown
    assert "Lịch nghỉ Tết Nguyên đán Đinh Mùi" in shown
    assert "07:00–11:00, 13:00–17:00" in shown


def test_a_day_is_declared_and_stands_in_the_history_with_before_and_after(admin: Client) -> None:
    assert declare(admin) == 302
    assert not calendar_of(None, at=AT).is_working_day(date(2026, 12, 7))
    assert declare(admin, occasion="Hội đồng nhân dân họp") == 302
    shown = text(admin)
    assert "Nguyễn Hữu Phước" in shown
    assert "theo thứ trong tuần" in shown
    assert "nghỉ: Hội đồng nhân dân họp (QĐ 5)" in shown


def test_a_swap_is_declared_with_both_days(admin: Client) -> None:
    assert declare(admin, **typed(date(2026, 12, 12), "swapped")) == 302
    assert calendar_of(None, at=AT).is_working_day(date(2026, 12, 12))


def test_a_day_of_one_agency_stands_in_its_calendar_alone(admin: Client, world: World) -> None:
    assert declare(admin, agency=DISTRICT.lower()) == 302
    assert "Bầu cử" in text(admin, f"{CALENDAR}?agency={DISTRICT}")
    assert "Bầu cử" not in text(admin)
    assert calendar_of(None, at=AT).is_working_day(date(2026, 12, 7))
    assert not calendar_of(world.agencies[DISTRICT], at=AT).is_working_day(date(2026, 12, 7))


@pytest.mark.parametrize(
    "changes",
    [
        {"occasion": " "},
        {"source": ""},
        {"day-day": ""},
        {"day-day": "31", "day-month": "2"},
        {"agency": "H99"},
        typed(date(2026, 12, 7), "swapped"),
    ],
    ids=["no occasion", "no source", "half a day", "no such day", "no such agency", "swapped with itself"],
)
def test_a_day_that_is_not_whole_is_refused_with_what_was_typed(admin: Client, changes: dict[str, str]) -> None:
    before = DayOff.objects.count()
    assert declare(admin, **changes) == 422
    assert DayOff.objects.count() == before


def test_a_day_is_taken_back_with_its_reason(admin: Client) -> None:
    day = DayOff.objects.get(date=date(2026, 11, 24))
    path = f"{CALENDAR}days/{day.id}/withdrawal/"
    assert admin.post(path, {"reason": " "}).status_code == 422
    assert admin.post(path, {"reason": "Hoãn theo CV 7"}).status_code == 302
    assert calendar_of(None, at=AT).is_working_day(date(2026, 11, 24))
    assert "Hoãn theo CV 7" in text(admin)
    assert admin.get(path).status_code == 404


def test_an_agency_is_given_hours_of_its_own(admin: Client, world: World) -> None:
    unit = world.agencies[DISTRICT]
    assert 'value="07:00-11:00, 13:00-17:00"' in text(admin, f"{CALENDAR}hours/?agency={DISTRICT}")
    week = {f"day-{n}": "7h30-11:30; 13:00 – 16:30" for n in range(5)}
    fields = {**week, **typed(date(2026, 12, 1), "since"), "agency": DISTRICT, "source": "TB 9"}
    assert admin.post(f"{CALENDAR}hours/", {**fields, "day-5": "sáng"}).status_code == 422
    assert admin.post(f"{CALENDAR}hours/", {**fields, "day-5": "11:00-07:00"}).status_code == 422
    assert admin.post(f"{CALENDAR}hours/", {**fields, "source": ""}).status_code == 422
    assert not WorkingHours.objects.filter(unit_id=unit).exists()
    assert admin.post(f"{CALENDAR}hours/", fields).status_code == 302
    shown = text(admin, f"{CALENDAR}?agency={DISTRICT}")
    assert "T2–T6: 07:30–11:30, 13:00–16:30" in shown
    assert "TB 9" in shown


def test_an_open_question_is_settled_by_a_day_or_without_one(admin: Client) -> None:
    assert declare(admin, settles="TET_2027") == 302
    path = f"{CALENDAR}questions/NATIONAL_DAY_2027/"
    assert admin.post(path, {"decided": ""}).status_code == 422
    assert admin.post(path, {"decided": "Nghỉ ngày 03/9 theo QĐ 12"}).status_code == 302
    assert admin.get(path).status_code == 404
    assert not OpenQuestion.objects.filter(settled_at=None, code__in=["TET_2027", "NATIONAL_DAY_2027"]).exists()
    shown = text(admin)
    assert "Nghỉ ngày 03/9 theo QĐ 12" in shown
    assert "Bầu cử (QĐ 5)" in shown


@pytest.mark.parametrize("path", ["", "days/", "hours/", "questions/TET_2027/"])
def test_only_administrators_know_of_the_pages(world: World, path: str) -> None:
    assert desk_of(world, "chairman").get(CALENDAR + path).status_code == 404


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", ()),
        ("7:00-11:00", ((time(7), time(11)),)),
        ("7h-11h, 13h30-17h", ((time(7), time(11)), (time(13, 30), time(17)))),
        ("07:00 – 11:00;13.00-17.00", ((time(7), time(11)), (time(13), time(17)))),
        ("25:00-26:00", None),
        ("7-11", None),
        ("cả ngày", None),
    ],
)
def test_hours_are_read_as_people_write_them(written: str, read: object) -> None:
    assert read_periods(written) == read
