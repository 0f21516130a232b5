"""Brings the profile's `worktime.yaml` into the database; loading it again changes nothing."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Model, QuerySet

from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL
from camaug.kernel.events import record
from camaug.people.queries.directory import directory
from camaug.worktime import revision
from camaug.worktime.events import CalendarLoaded
from camaug.worktime.models import DayKind, DayOff, OpenQuestion, StopGround, WorkingHours
from camaug.worktime.profile import WEEKDAYS, Holiday, Hours, Sourced, WorktimeProfile, read_profile

type Row = dict[str, Any]


@transaction.atomic
def load_profile(profile: Path, *, at: datetime, progress: Callable[[int, int], None]) -> None:
    """Make hours, holidays, open questions and grounds what the profile's folder says.

    What an officer declared, withdrew or settled, and hours that an agency was given, stay. Records `CalendarLoaded`
    where anything differed. `progress` is called with (tables done, tables in all).
    """
    wanted = read_profile(profile)
    changed = False
    for done, load in enumerate(_LOADS):
        progress(done, len(_LOADS))
        changed = load(wanted, at) or changed
    progress(len(_LOADS), len(_LOADS))
    if changed:
        token = revision.renew(at=at)
        fact = CalendarLoaded(
            subject=token, profile=profile.name, days=len(wanted.days_off), grounds=len(wanted.stop_grounds)
        )
        record(fact, by=SYSTEM, at=at)


def _load_hours(profile: WorktimeProfile, at: datetime) -> bool:
    units = {row.agency: _unit(row, at.astimezone(LOCAL).date()) for row in profile.hours}
    rows = [
        {
            "unit_id": units[row.agency],
            "weekday": WEEKDAYS.index(weekday),
            "opens": opens,
            "closes": closes,
            "valid_from": row.valid_from,
            "valid_until": row.valid_until,
            **_provenance(row, profile),
        }
        for row in profile.hours
        for weekday in row.weekdays
        for opens, closes in row.periods
    ]
    set_by_officers = set(WorkingHours.objects.exclude(set_at=None).values_list("unit_id", flat=True))
    present = WorkingHours.objects.exclude(unit_id__in=set_by_officers)
    return _make_so(present, [row for row in rows if row["unit_id"] not in set_by_officers])


def _load_days(profile: WorktimeProfile, at: datetime) -> bool:  # noqa: ARG001 (one shape for all loads)
    touched = DayOff.objects.exclude(declared_at=None, withdrawn_at=None)
    kept = set(touched.filter(unit_id=None).values_list("date", flat=True))
    rows = [row for holiday in profile.days_off for row in _days(holiday, profile) if row["date"] not in kept]
    return _make_so(DayOff.objects.filter(declared_at=None, withdrawn_at=None), rows)


def _load_questions(profile: WorktimeProfile, at: datetime) -> bool:  # noqa: ARG001
    settled = set(OpenQuestion.objects.exclude(settled_at=None).values_list("code", flat=True))
    rows = [
        row.model_dump(exclude={"source"}) | _provenance(row, profile)
        for row in profile.open_questions
        if row.code not in settled
    ]
    return _make_so(OpenQuestion.objects.filter(settled_at=None), rows)


def _load_grounds(profile: WorktimeProfile, at: datetime) -> bool:  # noqa: ARG001
    rows = [row.model_dump() | _provenance(row, profile) for row in profile.stop_grounds]
    return _make_so(StopGround.objects.all(), rows)


_LOADS: tuple[Callable[[WorktimeProfile, datetime], bool], ...] = (
    _load_hours,
    _load_days,
    _load_questions,
    _load_grounds,
)


def _days(holiday: Holiday, profile: WorktimeProfile) -> Iterable[Row]:
    pair = [(holiday.day, DayKind.OFF, holiday.swapped_with)]
    if holiday.swapped_with:
        pair.append((holiday.swapped_with, DayKind.WORKED, holiday.day))
    for day, kind, other in pair:
        row = {"unit_id": None, "date": day, "kind": kind.value, "name": holiday.name, "swapped_with": other}
        yield row | _provenance(holiday, profile)


def _unit(hours: Hours, day: date) -> UUID | None:
    return directory(day).by_code(hours.agency).id if hours.agency else None


def _provenance(row: Sourced, profile: WorktimeProfile) -> Row:
    return {"source": profile.sources[row.source], "confidence": row.confidence, "verify": row.verify}


def _make_so[M: Model](present: QuerySet[M], wanted: list[Row]) -> bool:
    """Delete the rows that are not wanted, add those that are missing; says whether anything differed."""
    names = list(wanted[0]) if wanted else []
    missing = {tuple(row[name] for name in names): row for row in wanted}
    stale = []
    for row in present:
        if missing.pop(tuple(getattr(row, name) for name in names), None) is None:
            stale.append(row.pk)
    present.filter(pk__in=stale).delete()
    present.model._default_manager.bulk_create([present.model(**row) for row in missing.values()])
    return bool(stale or missing)
