"""Worked examples with real dates, counted by hand. Hours 07:00-11:00 and 13:00-17:00, Monday to Friday."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from camaug.kernel.clock import LOCAL
from camaug.worktime.calendars import Calendar, NothingWorked
from camaug.worktime.deadlines import ClockEffect, Stop, deadline, due_at
from camaug.worktime.limits import Cutoff, CutoffEffect, Limit, Unit
from camaug.worktime.profile import read_profile

PROFILE = read_profile(Path(__file__).parents[3] / "profiles" / "ca-mau")
HOURS = ((time(7), time(11)), (time(13), time(17)))
PROVINCE = Calendar(
    periods=(HOURS,) * 5 + ((), ()),
    off=frozenset(holiday.day for holiday in PROFILE.days_off),
    worked=frozenset(holiday.swapped_with for holiday in PROFILE.days_off if holiday.swapped_with),
)

NEXT_DAY = Cutoff(time(15), CutoffEffect.NEXT_DAY)
HAND_OVER = Cutoff(time(15), CutoffEffect.HAND_OVER_ONLY)
UNITS = {"h": Unit.WORKING_HOURS, "wd": Unit.WORKING_DAYS, "d": Unit.CALENDAR_DAYS, "m": Unit.MONTHS}


def moment(text: str) -> datetime:
    """'13/02/2026 09:00' in local time."""
    return datetime.strptime(text, "%d/%m/%Y %H:%M").replace(tzinfo=LOCAL)


def limit(text: str) -> Limit:
    """'5 wd' is five working days."""
    amount, unit = text.split()
    return Limit(int(amount), UNITS[unit])


LIMITS = [
    # why                                             received            limit    cutoff     due
    ("the day of receipt is not counted", "23/11/2026 09:00", "1 wd", None, "25/11/2026 17:00"),  # Tue 24/11 holiday
    ("24/11 is a holiday from 2026 on", "20/11/2026 09:00", "3 wd", None, "26/11/2026 17:00"),
    ("24/11 was a working day in 2025", "21/11/2025 09:00", "1 wd", None, "24/11/2025 17:00"),
    ("over a weekend", "19/11/2026 10:30", "2 wd", None, "23/11/2026 17:00"),
    ("over Tết 2026: 16 to 20/02 off", "13/02/2026 09:00", "1 wd", None, "23/02/2026 17:00"),
    ("over Tết 2026 in hours", "13/02/2026 16:00", "2 h", None, "23/02/2026 08:00"),
    ("over Tết 2024 with its weekend", "07/02/2024 08:00", "1 wd", None, "15/02/2024 17:00"),
    ("over Tết 2023: 20 to 26/01 off", "19/01/2023 08:00", "1 wd", None, "27/01/2023 17:00"),
    ("Saturday 22/08/2026 is worked", "21/08/2026 09:00", "1 wd", None, "22/08/2026 17:00"),
    ("a file received on the worked Saturday", "22/08/2026 09:00", "4 h", None, "22/08/2026 15:00"),
    ("Monday 31/08/2026 is off for it", "28/08/2026 09:00", "1 wd", None, "03/09/2026 17:00"),
    ("Saturday 26/04/2025 is worked", "25/04/2025 15:00", "4 h", None, "26/04/2025 09:00"),
    ("Saturday 04/05/2024 is worked", "26/04/2024 09:00", "3 wd", None, "04/05/2024 17:00"),
    ("Giỗ Tổ on Sunday 26/04/2026: Monday off", "24/04/2026 09:00", "1 wd", None, "28/04/2026 17:00"),
    ("30/4 and 1/5/2026 on Thursday, Friday", "29/04/2026 16:00", "2 h", None, "04/05/2026 08:00"),
    ("same working day", "23/11/2026 09:00", "0 wd", None, "23/11/2026 17:00"),
    ("same day, at 15:00 sharp", "23/11/2026 15:00", "0 wd", NEXT_DAY, "23/11/2026 17:00"),
    ("same day, after 15:00, next is a holiday", "23/11/2026 15:01", "0 wd", NEXT_DAY, "25/11/2026 17:00"),
    ("same day, after 15:00, on a Friday", "20/11/2026 16:30", "0 wd", NEXT_DAY, "23/11/2026 17:00"),
    ("after 15:00, only handed over later", "20/11/2026 16:30", "0 wd", HAND_OVER, "20/11/2026 17:00"),
    ("two days, after 15:00, counted from next day", "18/11/2026 15:30", "2 wd", NEXT_DAY, "23/11/2026 17:00"),
    ("two days, after 15:00, only handed over later", "18/11/2026 15:30", "2 wd", HAND_OVER, "20/11/2026 17:00"),
    ("eight hours, after 15:00, from next opening", "18/11/2026 15:30", "8 h", NEXT_DAY, "19/11/2026 17:00"),
    ("eight hours run on overnight", "18/11/2026 15:30", "8 h", None, "19/11/2026 15:30"),
    ("hours pass over noon", "18/11/2026 10:30", "2 h", None, "18/11/2026 14:30"),
    ("online on Friday night: received Monday", "20/11/2026 22:10", "0 wd", None, "23/11/2026 17:00"),
    ("at the closing minute: received next day", "18/11/2026 17:00", "1 wd", None, "20/11/2026 17:00"),
    ("at noon: received at 13:00", "18/11/2026 11:45", "1 h", None, "18/11/2026 14:00"),
    ("on Saturday at 16:00: no late file on Monday", "21/11/2026 16:00", "0 wd", NEXT_DAY, "23/11/2026 17:00"),
    ("calendar days pass over days off", "18/11/2026 09:00", "7 d", None, "25/11/2026 17:00"),
    ("a calendar limit ends on Sunday: to Monday", "19/11/2026 09:00", "10 d", None, "30/11/2026 17:00"),
    ("a calendar limit ends on a holiday", "21/10/2026 09:00", "34 d", None, "25/11/2026 17:00"),
    ("a calendar limit ends within Tết", "03/02/2026 09:00", "15 d", None, "23/02/2026 17:00"),
    ("a calendar limit ends on a worked Saturday", "12/08/2026 09:00", "10 d", None, "22/08/2026 17:00"),
    ("a month: same date", "10/03/2026 09:00", "1 m", None, "10/04/2026 17:00"),
    ("a month from 30/01: clamped to 28/02, a Saturday", "30/01/2026 09:00", "1 m", None, "02/03/2026 17:00"),
    ("a month from 31/01 in a leap year: 29/02", "31/01/2024 09:00", "1 m", None, "29/02/2024 17:00"),
    ("three months over New Year, on a Sunday", "14/11/2025 09:00", "3 m", None, "23/02/2026 17:00"),  # Sat 14/02, Tết
    ("twelve months", "23/11/2026 09:00", "12 m", None, "23/11/2027 17:00"),
]


@pytest.mark.parametrize(("why", "received", "length", "cutoff", "due"), LIMITS, ids=[row[0] for row in LIMITS])
def test_a_limit_ends(why, received, length, cutoff, due):
    assert due_at(moment(received), limit(length), PROVINCE, cutoff) == moment(due)


RESTART, RESUME = ClockEffect.RESTART, ClockEffect.RESUME
STOPS = [
    # why, received, limit, original due, [(effect, from, until or None, due after it)]
    (
        "a supplement begins the limit anew",
        ("02/11/2026 09:00", "5 wd", "09/11/2026 17:00"),
        [(RESTART, "04/11/2026 10:00", "12/11/2026 08:30", "19/11/2026 17:00")],
    ),
    (
        "a supplement in the evening is received next morning",
        ("02/11/2026 09:00", "5 wd", "09/11/2026 17:00"),
        [(RESTART, "04/11/2026 10:00", "12/11/2026 20:00", "20/11/2026 17:00")],
    ),
    (
        "a financial duty adds its days",
        ("02/11/2026 09:00", "5 wd", "09/11/2026 17:00"),
        [(RESUME, "04/11/2026 10:00", "12/11/2026 08:30", "17/11/2026 17:00")],
    ),
    (
        "a stop of hours takes no day from a limit in days",
        ("02/11/2026 09:00", "5 wd", "09/11/2026 17:00"),
        [(RESUME, "04/11/2026 08:00", "04/11/2026 16:00", "09/11/2026 17:00")],
    ),
    (
        "a limit in hours gets back its working hours",
        ("02/11/2026 09:00", "16 h", "04/11/2026 09:00"),
        [(RESUME, "02/11/2026 16:00", "04/11/2026 08:00", "05/11/2026 11:00")],
    ),
    (
        "a calendar limit gets back calendar days, and its end moves off a Sunday",
        ("02/11/2026 09:00", "10 d", "12/11/2026 17:00"),
        [(RESUME, "05/11/2026 09:00", "08/11/2026 09:00", "16/11/2026 17:00")],
    ),
    (
        "a duty met on a day off counts from the next working morning",
        ("02/11/2026 09:00", "3 wd", "05/11/2026 17:00"),
        [(RESUME, "05/11/2026 16:00", "07/11/2026 09:00", "09/11/2026 17:00")],
    ),
    (
        "one stop within another adds nothing twice",
        ("02/11/2026 09:00", "5 wd", "09/11/2026 17:00"),
        [
            (RESUME, "04/11/2026 10:00", "12/11/2026 08:30", "17/11/2026 17:00"),
            (RESUME, "05/11/2026 10:00", "10/11/2026 08:30", "17/11/2026 17:00"),
        ],
    ),
    (
        "two stops that overlap count as one",
        ("02/11/2026 09:00", "5 wd", "09/11/2026 17:00"),
        [
            (RESUME, "04/11/2026 10:00", "06/11/2026 09:00", "11/11/2026 17:00"),
            (RESUME, "05/11/2026 10:00", "10/11/2026 09:00", "13/11/2026 17:00"),
        ],
    ),
    (
        "a supplement voids the stop before it",
        ("02/11/2026 09:00", "5 wd", "09/11/2026 17:00"),
        [
            (RESUME, "03/11/2026 10:00", "05/11/2026 09:00", "11/11/2026 17:00"),
            (RESTART, "06/11/2026 10:00", "12/11/2026 08:30", "19/11/2026 17:00"),
        ],
    ),
    (
        "while a stop lasts nothing is due",
        ("02/11/2026 09:00", "5 wd", "09/11/2026 17:00"),
        [
            (RESUME, "03/11/2026 10:00", "05/11/2026 09:00", "11/11/2026 17:00"),
            (RESUME, "06/11/2026 10:00", None, None),
        ],
    ),
    (
        "a limit that has ended is not stopped any more",
        ("02/11/2026 09:00", "5 wd", "09/11/2026 17:00"),
        [(RESUME, "10/11/2026 08:00", "12/11/2026 08:30", "09/11/2026 17:00")],
    ),
]


@pytest.mark.parametrize(("why", "counted", "stops"), STOPS, ids=[row[0] for row in STOPS])
def test_stops_move_the_deadline(why, counted, stops):
    received, length, original = counted
    kept = [
        Stop("GROUND", effect, moment(since), moment(until) if until else None, document=f"Phiếu {number}")
        for number, (effect, since, until, _due) in enumerate(stops, start=1)
    ]
    dues = [moment(due) if due else None for *_stop, due in stops]
    found = deadline(moment(received), limit(length), kept, PROVINCE)
    assert found.original == moment(original)
    assert found.current == dues[-1]
    assert [exclusion.due_after for exclusion in found.exclusions] == dues
    assert [exclusion.stop for exclusion in found.exclusions] == kept


def test_an_exclusion_tells_the_working_time_it_covered():
    stop = Stop("FINANCIAL_DUTY", RESUME, moment("20/11/2026 16:00"), moment("25/11/2026 09:00"))
    found = deadline(moment("18/11/2026 09:00"), limit("5 wd"), [stop], PROVINCE)
    assert found.exclusions[0].working_time == timedelta(hours=11)


def test_a_moment_in_another_zone_counts_as_the_same_moment():
    utc = datetime.fromisoformat("2026-11-23T09:00:00+00:00")  # 16:00 in Cà Mau
    assert due_at(utc, limit("0 wd"), PROVINCE, NEXT_DAY) == moment("25/11/2026 17:00")


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        due_at(datetime(2026, 11, 23, 9, 0), limit("1 wd"), PROVINCE)  # noqa: DTZ001 (that is the point)


def test_a_calendar_without_work_is_refused_and_not_searched_for_ever():
    with pytest.raises(NothingWorked):
        Calendar(periods=((),) * 7).next_working_day(date(2026, 1, 1))


def test_a_limit_is_never_negative():
    with pytest.raises(ValueError, match="before it begins"):
        Limit(-1, Unit.MONTHS)


def test_a_stop_never_ends_before_it_begins():
    with pytest.raises(ValueError, match="before it begins"):
        Stop("SUPPLEMENT", RESTART, moment("20/11/2026 16:00"), moment("20/11/2026 15:00"))
