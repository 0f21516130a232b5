from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record
from camaug.worktime import revision
from camaug.worktime.actions.settle_question import answer
from camaug.worktime.events import DayOffDeclared
from camaug.worktime.models import DayKind, DayOff
from camaug.worktime.policy import CHANGE_CALENDAR


class SourceMissing(DomainError):
    """A day off needs the decision that grants it."""

    sentence = _("Name the decision or notice that this day rests on.")


class OccasionMissing(DomainError):
    """Everybody reads why the day is off."""

    sentence = _("Say what the day is: people read it beside their new date.")


class SwappedWithItself(DomainError):
    """A swap needs two days."""

    sentence = _("The other day of the swap must be another day.")


@transaction.atomic
def declare_day_off(
    day: date,
    *,
    name: str,
    source: str,
    unit_id: UUID | None = None,
    kind: DayKind = DayKind.OFF,
    swapped_with: date | None = None,
    settles: str = "",
    by: Actor,
    at: datetime,
) -> DayOff:
    """Declare a day off (or, as WORKED, a swapped day worked) for one agency or, without `unit_id`, the province.

    With `swapped_with` the other day of the pair is declared too, as the opposite kind. `settles` is the code of the
    open question that this answers. What was declared for the day before is replaced.
    """
    CHANGE_CALENDAR.check(by, unit_id)
    if not name.strip():
        raise OccasionMissing
    if not source.strip():
        raise SourceMissing
    if swapped_with == day:
        raise SwappedWithItself
    opposite = DayKind.WORKED if kind == DayKind.OFF else DayKind.OFF
    pair = [(day, kind, swapped_with)] + ([(swapped_with, opposite, day)] if swapped_with else [])
    rows = [_write(*each, unit_id=unit_id, name=name, source=source, by=by, at=at) for each in pair]
    if settles:
        answer(settles, f"{name} ({source})", by=by, at=at)
    revision.renew(at=at)
    return rows[0]


def _write(
    day: date,
    kind: DayKind,
    other: date | None,
    *,
    unit_id: UUID | None,
    name: str,
    source: str,
    by: Actor,
    at: datetime,
) -> DayOff:
    values = {"kind": kind, "name": name, "source": source, "confidence": "H", "verify": False, "swapped_with": other}
    before = DayOff.objects.filter(unit_id=unit_id, date=day, withdrawn_at=None).values_list("name", flat=True).first()
    row, _created = DayOff.objects.update_or_create(
        unit_id=unit_id, date=day, defaults={**values, "declared_at": at, "withdrawn_at": None}
    )
    fact = DayOffDeclared(
        subject=row.id,
        unit_id=str(unit_id) if unit_id else None,
        date=day.isoformat(),
        kind=kind,
        occasion=name,
        source=source,
        swapped_with=other.isoformat() if other else None,
        before=before or "",
    )
    record(fact, by=by, at=at)
    return row
