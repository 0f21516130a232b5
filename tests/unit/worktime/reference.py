"""The slow, obvious way: every minute is looked at, every day is walked."""

from datetime import date, datetime, timedelta

from camaug.kernel.clock import LOCAL
from camaug.worktime.calendars import Calendar, Week
from camaug.worktime.deadlines import ClockEffect, Stop
from camaug.worktime.limits import Cutoff, CutoffEffect, Limit, Unit

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


def is_worked(at: datetime, calendar: Calendar) -> bool:
    """Whether the minute that begins at `at` is worked."""
    return any(opens <= at.time() < closes for opens, closes in hours_of(at.date(), calendar))


def hours_of(day: date, calendar: Calendar) -> tuple:
    if day in calendar.off:
        return ()
    weeks: list[tuple[date, Week]] = [(date.min, calendar.periods), *calendar.changes]
    week = [week for since, week in weeks if since <= day][-1]
    if week[day.weekday()]:
        return week[day.weekday()]
    if day in calendar.worked:
        return next(periods for periods in week if periods)
    return ()


def minutes_worked(start: datetime, end: datetime, calendar: Calendar) -> int:
    worked = 0
    while start < end:
        worked += is_worked(start, calendar)
        start += MINUTE
    return worked


def after_minutes_worked(start: datetime, minutes: int, calendar: Calendar, pauses: list | None = None) -> datetime:
    """When so many worked minutes have passed that lie in no pause."""
    while minutes > 0:
        paused = any(begins <= start < ends for begins, ends in pauses or [])
        minutes -= is_worked(start, calendar) and not paused
        start += MINUTE
    return start


def end_of_day(day: date, calendar: Calendar) -> datetime:
    """The end of the last worked minute of that day, or of the first day after it that has one."""
    last = None
    while last is None:
        at = datetime.combine(day, datetime.min.time(), LOCAL)
        while at.date() == day:
            last = at + MINUTE if is_worked(at, calendar) else last
            at += MINUTE
        day += DAY
    return last


def received(start: datetime, calendar: Calendar, cutoff: Cutoff | None) -> datetime:
    while not is_worked(start, calendar):
        start += MINUTE
    if cutoff is None or cutoff.effect is CutoffEffect.HAND_OVER_ONLY or start.time() <= cutoff.at:
        return start
    tomorrow = datetime.combine(start.date() + DAY, datetime.min.time(), LOCAL)
    while not is_worked(tomorrow, calendar):
        tomorrow += MINUTE
    return tomorrow


def due(start: datetime, limit: Limit, stops: list[Stop], calendar: Calendar, cutoff: Cutoff | None) -> datetime:
    """The current deadline where every stop has ended: time is walked, what lies in a stop is not counted."""
    start = max([start, *(stop.until_at for stop in stops if stop.effect is ClockEffect.RESTART)])
    start = received(start, calendar, cutoff)
    pauses = [
        (max(stop.from_at, start), received(stop.until_at, calendar, None))
        for stop in stops
        if stop.effect is ClockEffect.RESUME
    ]
    if limit.unit is Unit.WORKING_HOURS:
        return after_minutes_worked(start, limit.amount * 60, calendar, pauses)
    day = start.date()
    left = limit.amount
    if limit.unit is Unit.MONTHS:
        day, first = same_date_later(day, limit.amount), day
        left = sum(is_taken(first + ahead * DAY, pauses) for ahead in range(1, (day - first).days + 1))
    while left > 0:
        day += DAY
        counts = limit.unit is not Unit.WORKING_DAYS or hours_of(day, calendar)
        left -= bool(counts) and not is_taken(day, pauses)
    while not hours_of(day, calendar) or stands_still(end_of_day(day, calendar), pauses):
        day += DAY
    return end_of_day(day, calendar)


def is_taken(day: date, pauses: list[tuple[datetime, datetime]]) -> bool:
    """Whether the day is lost to a stop: one that began on an earlier day still lasts when this day begins."""
    return any(begins.date() < day <= ends.date() for begins, ends in pauses)


def stands_still(at: datetime, pauses: list[tuple[datetime, datetime]]) -> bool:
    return any(begins < at <= ends for begins, ends in pauses)


def same_date_later(day: date, months: int) -> date:
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)
    for number in range(day.day, 0, -1):
        try:
            return date(year, month, number)
        except ValueError:
            continue
    raise AssertionError
