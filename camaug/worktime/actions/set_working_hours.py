from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record
from camaug.worktime import revision
from camaug.worktime.actions.declare_day_off import SourceMissing
from camaug.worktime.book import book
from camaug.worktime.calendars import Period, Week
from camaug.worktime.events import WorkingHoursSet
from camaug.worktime.models import WorkingHours
from camaug.worktime.policy import CHANGE_CALENDAR


class WeekUnusable(DomainError):
    """A week has seven days, at least one of them worked; the periods of a day are in order and do not overlap."""

    sentence = _("The working hours of each day must be in order and may not overlap, and one day must be worked.")


@transaction.atomic
def set_working_hours(
    unit_id: UUID, *, week: Week, valid_from: date, source: str, by: Actor, at: datetime
) -> list[WorkingHours]:
    """Give an agency its own hours from a day on, Monday to Sunday; what held before ends on that day."""
    CHANGE_CALENDAR.check(by, unit_id)
    if len(week) != 7 or not any(week) or not all(map(_in_order, week)):
        raise WeekUnusable
    if not source.strip():
        raise SourceMissing
    before = book().of(unit_id).week_of(valid_from)
    own = WorkingHours.objects.filter(unit_id=unit_id)
    own.filter(valid_from__gte=valid_from).delete()
    own.filter(Q(valid_until__gt=valid_from) | Q(valid_until=None)).update(valid_until=valid_from)
    rows = [
        WorkingHours(
            unit_id=unit_id,
            weekday=weekday,
            opens=opens,
            closes=closes,
            valid_from=valid_from,
            source=source,
            confidence="H",
            set_at=at,
        )
        for weekday, periods in enumerate(week)
        for opens, closes in periods
    ]
    WorkingHours.objects.bulk_create(rows)
    fact = WorkingHoursSet(
        subject=unit_id, valid_from=valid_from.isoformat(), week=_plain(week), source=source, before=_plain(before)
    )
    record(fact, by=by, at=at)
    revision.renew(at=at)
    return rows


def _plain(week: Week) -> list[list[list[str]]]:
    return [[[opens.isoformat(), closes.isoformat()] for opens, closes in periods] for periods in week]


def _in_order(periods: tuple[Period, ...]) -> bool:
    marks = [mark for period in periods for mark in period]
    return marks == sorted(marks) and all(opens < closes for opens, closes in periods)
