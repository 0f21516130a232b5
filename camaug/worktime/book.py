"""All calendars of the installation, remembered by each process until the revision's token changes."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from camaug.worktime import revision
from camaug.worktime.calendars import Calendar, Week
from camaug.worktime.models import DayKind, DayOff, WorkingHours
from camaug.worktime.profile import WEEKDAYS, WorktimeProfile

NO_WORK: Week = ((),) * 7


@dataclass(frozen=True, slots=True)
class Book:
    """The province's calendar, and those of the agencies that have hours or days of their own."""

    token: UUID | None
    province: Calendar
    own: Mapping[UUID, Calendar]

    def of(self, unit_id: UUID | None) -> Calendar:
        """The agency's own calendar, or the province's."""
        return self.province if unit_id is None else self.own.get(unit_id, self.province)


def province_of(profile: WorktimeProfile) -> Calendar:
    """The province's calendar as the profile has it, without a database."""
    hours = [
        WorkingHours(
            weekday=WEEKDAYS.index(weekday),
            opens=opens,
            closes=closes,
            valid_from=row.valid_from,
            valid_until=row.valid_until,
        )
        for row in profile.hours
        if row.agency is None
        for weekday in row.weekdays
        for opens, closes in row.periods
    ]
    days: dict[date, str] = {row.day: DayKind.OFF for row in profile.days_off}
    days |= {row.swapped_with: DayKind.WORKED for row in profile.days_off if row.swapped_with}
    return _calendar(sorted(hours, key=lambda row: (row.weekday, row.opens)), [], days)


_remembered: Book | None = None
_open: ContextVar[list[Book] | None] = ContextVar("calendars_open", default=None)


def book() -> Book:
    """The book as it stands now: one small query, and a reading of everything only after a change."""
    opened = _open.get()
    if opened:
        return opened[0]
    found = _as_of(revision.current())
    if opened is not None:
        opened.append(found)
    return found


@contextmanager
def same_calendars() -> Iterator[None]:
    """Within it all limits are counted by the same calendars, asked for at most once: for one move of a case."""
    mark = _open.set([])
    try:
        yield
    finally:
        _open.reset(mark)


def note_calendars(token: UUID | None) -> None:
    """The revision came along with something else; within `same_calendars` it need not be asked for any more."""
    opened = _open.get()
    if opened is not None and not opened:
        opened.append(_as_of(token))


def _as_of(token: UUID | None) -> Book:
    global _remembered  # a memory of this process only, checked against the database at each call
    kept = _remembered
    if kept is None or token is None or kept.token != token:
        kept = _remembered = _read(token)
    return kept


def _read(token: UUID | None) -> Book:
    hours: defaultdict[UUID | None, list[WorkingHours]] = defaultdict(list)
    for row in WorkingHours.objects.order_by("weekday", "opens"):
        hours[row.unit_id].append(row)
    days: defaultdict[UUID | None, dict[date, str]] = defaultdict(dict)
    for unit_id, day, kind in DayOff.objects.filter(withdrawn_at=None).values_list("unit_id", "date", "kind"):
        days[unit_id][day] = kind
    units = {unit_id for unit_id in [*hours, *days] if unit_id is not None}
    return Book(
        token=token,
        province=_calendar(hours[None], [], days[None]),
        own={unit: _calendar(hours[unit], hours[None], {**days[None], **days[unit]}) for unit in units},
    )


def _calendar(own: list[WorkingHours], common: list[WorkingHours], days: Mapping[date, str]) -> Calendar:
    turns = sorted(
        {row.valid_from for row in [*own, *common]}
        | {row.valid_until for row in [*own, *common] if row.valid_until is not None}
    )
    return Calendar(
        periods=NO_WORK,
        off=frozenset(day for day, kind in days.items() if kind == DayKind.OFF),
        worked=frozenset(day for day, kind in days.items() if kind == DayKind.WORKED),
        changes=tuple((day, _week(_on(day, own) or _on(day, common))) for day in turns),
    )


def _on(day: date, rows: Iterable[WorkingHours]) -> list[WorkingHours]:
    return [row for row in rows if row.valid_from <= day and (row.valid_until is None or day < row.valid_until)]


def _week(rows: list[WorkingHours]) -> Week:
    return tuple(tuple((row.opens, row.closes) for row in rows if row.weekday == weekday) for weekday in range(7))
