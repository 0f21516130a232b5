"""When a time limit ends, and how each stop of the clock moves its end. Pure.

The rules and where they stand (Civil Code 91/2015/QH13; `docs/decisions/0005-how-time-is-counted.md`):

- a limit in hours runs from its moment (art. 147.1); one in days or months from the next day, its first day not counted
  (147.2, 147.3);
- a limit in days ends with its last day (148.1), one in months on the same date of the last month, or on that month's
  last day where it has no such date (148.3); where that is a day off, with the next working day (148.5);
- a day ends here when the office closes, for after that nobody can be handed a result.
"""

import calendar as gregorian
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from camaug.worktime.calendars import ONE_DAY, Calendar
from camaug.worktime.limits import Cutoff, CutoffEffect, Limit, Unit

type Pause = tuple[datetime, datetime | None]


class ClockEffect(StrEnum):
    """What happens when a stop ends: the whole limit begins again, or it goes on where it stood."""

    RESTART = "RESTART"
    RESUME = "RESUME"


@dataclass(frozen=True, slots=True)
class Stop:
    """The clock stood still from `from_at` until `until_at` (None: it still does) on a ground that the law names.

    `ground` is the ground's code, `document` the number or id of the paper that says so.
    """

    ground: str
    effect: ClockEffect
    from_at: datetime
    until_at: datetime | None
    document: str = ""

    def __post_init__(self) -> None:
        if self.until_at is not None and self.until_at < self.from_at:
            raise ValueError(f"the stop on {self.ground} ends before it begins")


@dataclass(frozen=True, slots=True)
class NewDate:
    """The date that was given at `given_at` in place of the one promised, with an apology; `until` is its end."""

    given_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Exclusion:
    """A stop and what it did: the working time it covered (None while it lasts) and the deadline after it."""

    stop: Stop
    working_time: timedelta | None
    due_after: datetime | None


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of a limit as first set, as it stands now (None while the clock is stopped), and why they differ.

    A limit that had already ended is not stopped any more on a RESUME ground: `current` stays where it ended.
    """

    original: datetime
    current: datetime | None
    exclusions: tuple[Exclusion, ...]


def due_at(start: datetime, limit: Limit, calendar: Calendar, cutoff: Cutoff | None = None) -> datetime:
    """When the limit ends for a file received at `start`, in local time.

    A file that comes outside working hours is received at the next working moment.
    """
    return _without_stops(counted_from(start, calendar, cutoff), limit, calendar)


def deadline(
    start: datetime,
    limit: Limit,
    stops: Iterable[Stop],
    calendar: Calendar,
    cutoff: Cutoff | None = None,
    new_date: NewDate | None = None,
) -> Deadline:
    """The original and the current deadline of a file received at `start`, with every stop in order of beginning.

    RESTART: the limit begins anew when the stop ends, as if the file were received then; what came before is void.
    RESUME: the time stopped is added, in the limit's own measure: working time to a limit in hours, whole days to one
    in days or months (the day on which the stop begins is not counted, the day on which it ends is). What ends a stop
    outside working hours is taken up at the next working moment. No time is added twice where stops overlap, and none
    for a stop that begins after the limit has ended.
    A new date takes the place of what was counted before it was given; later stops move it in the same way.
    """
    ordered = sorted(stops, key=lambda stop: stop.from_at)
    exclusions = tuple(
        Exclusion(
            stop=stop,
            working_time=calendar.working_time_between(stop.from_at, stop.until_at) if stop.until_at else None,
            due_after=_current(start, limit, ordered[: place + 1], calendar, cutoff, _held(new_date, stop.from_at)),
        )
        for place, stop in enumerate(ordered)
    )
    original = due_at(start, limit, calendar, cutoff)
    moved = ordered or new_date is not None
    current = _current(start, limit, ordered, calendar, cutoff, new_date) if moved else original
    return Deadline(original=original, current=current, exclusions=exclusions)


def promise(
    start: datetime, limit: Limit, stops: Iterable[Stop], calendar: Calendar, cutoff: Cutoff | None = None
) -> datetime | None:
    """The end by which the limit is kept, for whoever counts what is late; None while the clock is stopped in time.

    No apology moves it, and no stop that begins after it: what was late when a stop began is late for good. So it says
    of every instant up to now whether the limit had been passed then.
    """
    ordered = sorted(stops, key=lambda stop: stop.from_at)
    for place, stop in enumerate(ordered):
        before = _current(start, limit, ordered[:place], calendar, cutoff, None)
        if before is not None and before < stop.from_at:
            return before
    return _current(start, limit, ordered, calendar, cutoff, None)


def _held(new_date: NewDate | None, at: datetime) -> NewDate | None:
    """The new date, if it had been given by then."""
    return new_date if new_date is not None and new_date.given_at <= at else None


def counted_from(start: datetime, calendar: Calendar, cutoff: Cutoff | None = None) -> datetime:
    """The moment at which a file that came at `start` counts as received."""
    moment = calendar.next_working_moment(start)
    late = cutoff is not None and cutoff.effect is CutoffEffect.NEXT_DAY and moment.time() > cutoff.at
    return calendar.opening(calendar.next_working_day(moment.date())) if late else moment


def _current(
    start: datetime,
    limit: Limit,
    stops: list[Stop],
    calendar: Calendar,
    cutoff: Cutoff | None,
    new_date: NewDate | None,
) -> datetime | None:
    for stop in stops:
        if stop.effect is ClockEffect.RESTART:
            if stop.until_at is None:
                return None
            start = max(start, stop.until_at)
            new_date = None if _held(new_date, stop.from_at) else new_date
    counted = counted_from(start, calendar, cutoff)
    since = max(counted, new_date.given_at) if new_date else counted
    pauses = _apart((stop for stop in stops if stop.effect is ClockEffect.RESUME), since, calendar)
    if limit.unit is Unit.WORKING_HOURS:
        due = new_date.until if new_date else _without_stops(counted, limit, calendar)
        return _hours_with_pauses(due, calendar, pauses)
    last = new_date.until.astimezone(since.tzinfo).date() if new_date else _last_day(counted.date(), limit, calendar)
    return _days_with_pauses(last, limit, calendar, pauses)


def _apart(stops: Iterable[Stop], since: datetime, calendar: Calendar) -> Iterator[Pause]:
    """The pauses after `since`, in order and without overlap; nothing follows one that still lasts."""
    for stop in stops:
        begins = max(stop.from_at, since).astimezone(since.tzinfo)
        if stop.until_at is None:
            yield begins, None
            return
        ends = calendar.next_working_moment(stop.until_at)
        if ends > since:
            yield begins, ends
            since = ends


def _without_stops(counted: datetime, limit: Limit, calendar: Calendar) -> datetime:
    if limit.unit is Unit.WORKING_HOURS:
        return calendar.add_working_time(counted, timedelta(hours=limit.amount))
    return calendar.closing(calendar.this_or_next_working_day(_last_day(counted.date(), limit, calendar)))


def _hours_with_pauses(due: datetime, calendar: Calendar, pauses: Iterable[Pause]) -> datetime | None:
    for begins, ends in pauses:
        if begins >= due:
            break
        if ends is None:
            return None
        due = calendar.add_working_time(due, calendar.working_time_between(begins, ends))
    return due


def _days_with_pauses(last: date, limit: Limit, calendar: Calendar, pauses: Iterable[Pause]) -> datetime | None:
    for begins, ends in pauses:
        if begins >= calendar.closing(calendar.this_or_next_working_day(last)):
            break
        if ends is None:
            return None
        since, until = begins.date(), ends.date()
        if limit.unit is Unit.WORKING_DAYS:
            last = calendar.add_working_days(last, calendar.working_days_between(since, until))
        else:
            last = max(last + (until - since), until)
    return calendar.closing(calendar.this_or_next_working_day(last))


def _last_day(received: date, limit: Limit, calendar: Calendar) -> date:
    """The day with which the limit ends, which may be a day off where the limit is not in working days."""
    if limit.unit is Unit.WORKING_DAYS:
        return calendar.add_working_days(received, limit.amount)
    if limit.unit is Unit.CALENDAR_DAYS:
        return received + limit.amount * ONE_DAY
    return months_later(received, limit.amount)


def months_later(day: date, months: int) -> date:
    """The same date so many months on, or the last day of that month where it has no such date."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, gregorian.monthrange(year, month + 1)[1]))
