"""What other parts ask: calendars, grounds of a stop, days, and what is left of a limit in working time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, NotFound
from camaug.worktime.book import book, province_of
from camaug.worktime.book import note_calendars as note_calendars
from camaug.worktime.book import same_calendars as same_calendars
from camaug.worktime.calendars import Calendar, Week
from camaug.worktime.deadlines import ClockEffect
from camaug.worktime.models import DayOff, OpenQuestion, StopGround, WorkingHours
from camaug.worktime.profile import read_profile
from camaug.worktime.revision import AS_IT_STANDS as AS_IT_STANDS
from camaug.worktime.revision import calendar_as_it_stands as calendar_as_it_stands
from camaug.worktime.revision import calendar_revision as calendar_revision
from camaug.worktime.revision import calendar_told as calendar_told
from camaug.worktime.wording import remaining_words as remaining_words


class HoursUnknown(DomainError):
    """No working hours are known for that day, so that no limit can be counted."""

    sentence = _("No working hours are known for {day}.")


class GroundUnknown(DomainError):
    """No law lets the clock stop on this ground on that day."""

    sentence = _("The clock may not stop on the ground “{ground}” on {day}.")


@dataclass(frozen=True, slots=True)
class Ground:
    """A ground of a stop as it holds on a day; `name` is the profile's text."""

    code: str
    name: str
    effect: ClockEffect
    source: str
    confidence: str
    verify: bool


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A holiday or swapped day; `unit_id` None: of the province. `kind` is OFF or WORKED."""

    id: UUID
    day: date
    kind: str
    name: str
    swapped_with: date | None
    unit_id: UUID | None
    source: str
    confidence: str
    verify: bool


@dataclass(frozen=True, slots=True)
class Uncertainty:
    """Days [from_date, until_date) on which the calendar may still change, and why."""

    code: str
    question: str
    from_date: date
    until_date: date
    source: str


@dataclass(frozen=True, slots=True)
class OwnWeek:
    """The hours that one calendar has of its own from a day on."""

    valid_from: date
    week: Week
    source: str


def calendar_of(unit_id: UUID | None, *, at: datetime | date) -> Calendar:
    """The agency's own calendar, or the province's where it has none; HoursUnknown where none is known for `at`.

    The calendar holds all its dated hours, so that a limit may run across a change of hours.
    """
    return calendars_of([unit_id], at=at)[unit_id]


def calendars_of(unit_ids: Iterable[UUID | None], *, at: datetime | date) -> dict[UUID | None, Calendar]:
    """The same for many agencies at once, for lists: one query whatever their number."""
    day = at.astimezone(LOCAL).date() if isinstance(at, datetime) else at
    now = book()
    found = {unit_id: now.of(unit_id) for unit_id in unit_ids}
    if not all(any(calendar.week_of(day)) for calendar in found.values()):
        raise HoursUnknown(day=f"{day:%d/%m/%Y}")
    return found


def calendar_of_profile(folder: Path) -> Calendar:
    """The province's calendar as a profile's folder has it; asks no database."""
    return province_of(read_profile(folder))


def remaining(calendar: Calendar, due: datetime, at: datetime) -> timedelta:
    """The working time left until `due`; negative: the working time by which it is late."""
    return calendar.working_time_between(at, due) - calendar.working_time_between(due, at)


def stop_ground(code: str, *, on: date) -> Ground:
    """The ground as it holds on the day on which a stop begins; GroundUnknown where the law names none."""
    row = _grounds(on).filter(code=code).first()
    if row is None:
        raise GroundUnknown(ground=code, day=f"{on:%d/%m/%Y}")
    return _ground(row)


def stop_grounds(*, on: date) -> tuple[Ground, ...]:
    """All grounds that hold on that day, by code."""
    return tuple(_ground(row) for row in _grounds(on).order_by("code"))


def special_days(since: date, until: date, *, unit_id: UUID | None = None) -> tuple[SpecialDay, ...]:
    """Holidays and swapped days of [since, until) in order: the province's, with the agency's own in their place."""
    rows = DayOff.objects.filter(Q(unit_id=None) | Q(unit_id=unit_id), date__gte=since, date__lt=until)
    by_date = {row.date: row for row in rows.filter(withdrawn_at=None).order_by(F("unit_id").asc(nulls_first=True))}
    return tuple(_special_day(by_date[day]) for day in sorted(by_date))


def uncertainties(since: date, until: date) -> tuple[Uncertainty, ...]:
    """The open questions that touch [since, until), so that a page can say that a deadline may still move."""
    rows = OpenQuestion.objects.filter(settled_at=None, from_date__lt=until, until_date__gt=since)
    return tuple(
        Uncertainty(row.code, row.question, row.from_date, row.until_date, row.source)
        for row in rows.order_by("from_date")
    )


def open_questions() -> tuple[Uncertainty, ...]:
    """All questions that are not settled, by their days."""
    return uncertainties(date.min, date.max)


def declared_day(day_id: UUID) -> SpecialDay:
    """A declared day that holds; NotFound."""
    row = DayOff.objects.filter(pk=day_id, withdrawn_at=None).first()
    if row is None:
        raise NotFound
    return _special_day(row)


def own_weeks(unit_id: UUID | None) -> tuple[OwnWeek, ...]:
    """The weeks that an agency (None: the province) has of its own, the latest first; empty where it has none."""
    found: dict[date, list[WorkingHours]] = {}
    for row in WorkingHours.objects.filter(unit_id=unit_id).order_by("-valid_from", "weekday", "opens"):
        found.setdefault(row.valid_from, []).append(row)
    return tuple(
        OwnWeek(
            valid_from=since,
            week=tuple(
                tuple((row.opens, row.closes) for row in rows if row.weekday == weekday) for weekday in range(7)
            ),
            source=rows[0].source,
        )
        for since, rows in found.items()
    )


def _grounds(on: date) -> QuerySet[StopGround]:
    return StopGround.objects.filter(Q(valid_until=None) | Q(valid_until__gt=on), valid_from__lte=on)


def _ground(row: StopGround) -> Ground:
    return Ground(row.code, row.name, ClockEffect(row.effect), row.source, row.confidence, row.verify)


def _special_day(row: DayOff) -> SpecialDay:
    return SpecialDay(
        row.id,
        row.date,
        row.kind,
        row.name,
        row.swapped_with,
        row.unit_id,
        row.source,
        row.confidence,
        row.verify,
    )


def has_own_hours(unit_id: UUID, *, on: date) -> bool:
    """Whether the agency has hours of its own on that day, instead of the province's."""
    rows = WorkingHours.objects.filter(unit_id=unit_id, valid_from__lte=on)
    return rows.filter(Q(valid_until=None) | Q(valid_until__gt=on)).exists()
