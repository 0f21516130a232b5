"""How long one waits, as a table; and the half hours of a working day."""

from datetime import date, datetime, time, timedelta

import pytest

from camaug.kernel.clock import LOCAL
from camaug.queue.codes import read_typed
from camaug.queue.estimate import mean_minutes, waiting_minutes
from camaug.queue.slots import is_open, keeps_turn, next_opening, slots_of
from camaug.worktime.calendars import Calendar

DAY = ((time(7), time(11)), (time(13), time(17)))
OFFICE = Calendar(periods=(DAY,) * 5 + ((), ()))
MONDAY, SATURDAY = date(2026, 11, 23), date(2026, 11, 28)


def at(hour: int, minute: int = 0, day: date = MONDAY) -> datetime:
    return datetime.combine(day, time(hour, minute), LOCAL)


@pytest.mark.parametrize(
    ("before", "counters", "mean", "minutes"),
    [
        (0, 1, 10, 0),
        (0, 0, 10, None),
        (5, 0, 10, None),
        (1, 1, 4.4, 4),
        (1, 1, 10, 10),
        (7, 3, 11, 25),
        (7, 1, 10, 70),
        (2, 4, 10, 5),
        (3, 2, 8, 10),
        (100, 8, 9.5, 120),
    ],
)
def test_waiting_is_those_before_over_the_counters_in_steps_of_five(
    before: int, counters: int, mean: float, minutes: int | None
) -> None:
    assert waiting_minutes(before, counters, mean) == minutes


@pytest.mark.parametrize(
    ("served", "mean"),
    [([], 12.0), ([1, 1], 12.0), ([5, 10, 15], 10.0), ([100] * 5 + [4] * 10, 4.0)],
)
def test_the_day_itself_says_how_long_serving_takes_once_three_were_served(served: list[int], mean: float) -> None:
    assert mean_minutes([timedelta(minutes=minutes) for minutes in served], 12.0) == mean


def test_half_hours_lie_within_working_hours() -> None:
    slots = [f"{slot:%H:%M}" for slot in slots_of(OFFICE, MONDAY)]
    morning = ["07:00", "07:30", "08:00", "08:30", "09:00", "09:30", "10:00", "10:30"]
    assert slots == [*morning, "13:00", "13:30", "14:00", "14:30", "15:00", "15:30", "16:00", "16:30"]
    assert list(slots_of(OFFICE, SATURDAY)) == []


@pytest.mark.parametrize(
    ("moment", "taking"),
    [
        (at(6, 29), False),
        (at(6, 30), True),
        (at(10, 59), True),
        (at(11), False),
        (at(12, 29), False),
        (at(12, 30), True),
        (at(17), False),
        (at(9, day=SATURDAY), False),
    ],
)
def test_numbers_are_given_from_half_an_hour_before_opening_until_closing(moment: datetime, taking: bool) -> None:
    assert is_open(OFFICE, moment) is taking


def test_when_numbers_are_given_again() -> None:
    assert next_opening(OFFICE, at(11, 30)) == at(12, 30)
    assert next_opening(OFFICE, at(17)) == at(6, 30, date(2026, 11, 24))
    assert next_opening(OFFICE, at(9, day=SATURDAY)) == at(6, 30, date(2026, 11, 30))


def test_an_appointment_is_kept_until_a_quarter_past() -> None:
    assert keeps_turn(at(9), at(9, 15))
    assert not keeps_turn(at(9), at(9, 16))


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("482915", ("", "482915")),
        (" 482 915 ", ("", "482915")),
        ("https://camau.example/appointments/ABCDEFGH2345/", ("ABCDEFGH2345", "")),
        ("abcdefgh2345", ("ABCDEFGH2345", "")),
        ("48291", ("", "")),
        ("٤٨٢٩١٥", ("", "")),
        ("", ("", "")),
        ("' OR 1=1 --", ("", "")),
    ],
)
def test_what_is_typed_or_scanned_at_the_kiosk(typed: str, read: tuple[str, str]) -> None:
    assert read_typed(typed) == read
