"""The working time of one agency or of the province: pure, immutable, by day and never by minute."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from camaug.kernel.clock import LOCAL

type Period = tuple[time, time]
type Week = tuple[tuple[Period, ...], ...]

ONE_DAY = timedelta(days=1)
_LONGEST_REST = 366


class NothingWorked(ValueError):
    """The calendar has no working day within a year, so that no limit could ever end."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which hours are worked.

    `periods` are the working hours of Monday to Sunday (seven entries, empty where no work is done), each day's periods
    in order and apart. `changes` are later weeks with the day from which each holds, in order of the day. `off` are
    days not worked though their weekday is, `worked` days worked though their weekday is not. A worked day whose
    weekday has no hours is worked as the first weekday that has some, for it stands in for such a day.
    """

    periods: Week
    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()
    changes: tuple[tuple[date, Week], ...] = field(default=())

    def is_working_day(self, day: date) -> bool:
        """Whether any hour of the day is worked."""
        return bool(self.working_periods(day))

    def working_periods(self, day: date) -> tuple[Period, ...]:
        """The hours worked on that day, in order; empty on a day off."""
        if day in self.off:
            return ()
        week = self.week_of(day)
        own = week[day.weekday()]
        if own or day not in self.worked:
            return own
        return next((periods for periods in week if periods), ())

    def working_time_between(self, start: datetime, end: datetime) -> timedelta:
        """The working time from `start` to `end`; zero where `end` is not later."""
        start, end = _local(start), _local(end)
        day, total = start.date(), timedelta()
        while day <= end.date():
            for opens, closes in self._moments(day):
                total += max(min(closes, end) - max(opens, start), timedelta())
            day += ONE_DAY
        return total

    def add_working_time(self, start: datetime, amount: timedelta) -> datetime:
        """The first instant at which `amount` of working time has passed since `start`; `start` itself for nothing."""
        start = _local(start)
        if amount <= timedelta():
            return start
        day = start.date()
        while True:
            for opens, closes in self._moments(day):
                begins = max(opens, start)
                if begins < closes:
                    if amount <= closes - begins:
                        return begins + amount
                    amount -= closes - begins
            day = self.next_working_day(day)

    def take_working_time(self, end: datetime, amount: timedelta) -> datetime:
        """The last instant from which `amount` of working time still passes before `end`; `end` itself for nothing."""
        end = _local(end)
        if amount <= timedelta():
            return end
        day = end.date()
        for _ in range(_LONGEST_REST):
            for opens, closes in reversed(tuple(self._moments(day))):
                ends = min(closes, end)
                if opens < ends:
                    if amount <= ends - opens:
                        return ends - amount
                    amount -= ends - opens
            day -= ONE_DAY
        raise NothingWorked(f"less working time than that in {_LONGEST_REST} days before {end}")

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        for ahead in range(1, _LONGEST_REST + 1):
            if self.is_working_day(day + ahead * ONE_DAY):
                return day + ahead * ONE_DAY
        raise NothingWorked(f"no working day within {_LONGEST_REST} days after {day}")

    def this_or_next_working_day(self, day: date) -> date:
        """The day itself where it is worked, else the next working day."""
        return day if self.is_working_day(day) else self.next_working_day(day)

    def add_working_days(self, day: date, amount: int) -> date:
        """The `amount`-th working day after `day`, `day` itself not counted."""
        for _ in range(amount):
            day = self.next_working_day(day)
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """How many working days lie after `start`, up to and including `end`."""
        return sum(self.is_working_day(start + ahead * ONE_DAY) for ahead in range(1, (end - start).days + 1))

    def next_working_moment(self, at: datetime) -> datetime:
        """`at` itself within working hours, else the next opening; a closing instant is no longer within."""
        local = _local(at)
        for opens, closes in self._moments(local.date()):
            if local < closes:
                return max(local, opens)
        return self.opening(self.next_working_day(local.date()))

    def opening(self, day: date) -> datetime:
        """When a working day begins."""
        return datetime.combine(day, self.working_periods(day)[0][0], LOCAL)

    def closing(self, day: date) -> datetime:
        """When a working day ends."""
        return datetime.combine(day, self.working_periods(day)[-1][1], LOCAL)

    def week_of(self, day: date) -> Week:
        """The week that holds on that day, Monday to Sunday."""
        week = self.periods
        for since, later in self.changes:
            if since > day:
                break
            week = later
        return week

    def _moments(self, day: date) -> Iterator[tuple[datetime, datetime]]:
        for opens, closes in self.working_periods(day):
            yield datetime.combine(day, opens, LOCAL), datetime.combine(day, closes, LOCAL)


def _local(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"{at} says no time zone")
    return at.astimezone(LOCAL)
