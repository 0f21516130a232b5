"""The half hours of a working day, and whether a hall gives numbers now. Pure."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from camaug.kernel.clock import LOCAL
from camaug.worktime.calendars import Calendar

SLOT = timedelta(minutes=30)
LEAD = timedelta(minutes=30)  # nobody books the half hour that has almost begun
DOORS = timedelta(minutes=30)  # numbers are given from so long before the opening
EARLY = timedelta(hours=1)  # an appointment may be checked in from so long before its time
GRACE = timedelta(minutes=15)  # and keeps its turn so long after


def slots_of(calendar: Calendar, day: date) -> Iterator[datetime]:
    """The beginnings of the half hours that lie wholly within working hours, in order."""
    for opens, closes in calendar.working_periods(day):
        start, end = datetime.combine(day, opens, LOCAL), datetime.combine(day, closes, LOCAL)
        while start + SLOT <= end:
            yield start
            start += SLOT


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Whether numbers are given: within working hours, or a little before they begin."""
    day = at.astimezone(LOCAL).date()
    return any(
        datetime.combine(day, opens, LOCAL) - DOORS <= at < datetime.combine(day, closes, LOCAL)
        for opens, closes in calendar.working_periods(day)
    )


def next_opening(calendar: Calendar, at: datetime) -> datetime:
    """When numbers are given again, where they are not given at `at`."""
    return calendar.next_working_moment(at) - DOORS


def keeps_turn(slot_at: datetime, at: datetime) -> bool:
    """Whether who checks in at `at` is still in time for the appointment."""
    return at <= slot_at + GRACE
