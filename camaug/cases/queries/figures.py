"""The figures of a period, from the kept tallies; what is overdue, from the cases that are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, F, IntegerField, Min, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from camaug.cases.models import Case, Tally
from camaug.cases.queries.counting import COLUMNS
from camaug.kernel.clock import LOCAL

INSTANT = timedelta(microseconds=1)
GROUPS: dict[str, dict[str, str]] = {
    "agency": {"agency_id": "competent_agency_id"},
    "agency and field": {"agency_id": "competent_agency_id", "field": "version__field_id"},
    "field": {"field": "version__field_id"},
    "procedure": {"field": "version__field_id", "procedure": "procedure__code"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The columns of Biểu II.06a for a period, with refusals and ratings. `carried` were open when it began."""

    carried: int = 0
    received_online: int = 0
    received_direct: int = 0
    refused: int = 0
    early: int = 0
    on_time: int = 0
    late: int = 0
    undated: int = 0
    overdue: int = 0
    very_satisfied: int = 0
    satisfied: int = 0
    not_satisfied: int = 0

    @property
    def received(self) -> int:
        """Taken in during the period."""
        return self.received_online + self.received_direct

    @property
    def all(self) -> int:
        """What there was to do: carried over and received."""
        return self.carried + self.received

    @property
    def resolved(self) -> int:
        """Brought to a result or a stop during the period."""
        return self.early + self.on_time + self.late + self.undated

    @property
    def open(self) -> int:
        """Still under way when the period ends, or now."""
        return self.all - self.resolved

    @property
    def in_time(self) -> int:
        """Under way and not past the promised time."""
        return max(0, self.open - self.overdue)

    @property
    def timely_share(self) -> float | None:
        """Early and on time among the results that a time was promised for; None where there are none."""
        dated = self.early + self.on_time + self.late
        return (self.early + self.on_time) / dated if dated else None

    @property
    def rated(self) -> int:
        """How many said how satisfied they are."""
        return self.very_satisfied + self.satisfied + self.not_satisfied

    @property
    def content_share(self) -> float | None:
        """Satisfied and very satisfied among those who rated; None where nobody did."""
        return (self.very_satisfied + self.satisfied) / self.rated if self.rated else None


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures: one agency's, one field's, or everything."""

    agency_id: UUID | None = None
    field: str = ""


WHOLE = Scope()


def total(parts: Iterable[Figures]) -> Figures:
    """The sum of figures."""
    some = list(parts)
    return Figures(**{field.name: sum(getattr(part, field.name) for part in some) for field in fields(Figures)})


def figures(by: str, first: date, until: date, *, at: datetime, scope: Scope = WHOLE) -> dict[Any, Figures]:
    """Figures from the month of `first` up to that of `until` (exclusive), by "agency" (its id), "field" (its code),
    "agency and field" or "procedure" (codes of field and procedure).

    Three queries, whatever the number of cases; what has no figure is left out.
    """
    names = tuple(GROUPS[by])
    inside = Q(month__gte=first)
    sums = {f"sum_{column}": _sum(F(column), inside) for column in COLUMNS}
    left = F("received_online") + F("received_direct") - F("early") - F("on_time") - F("late") - F("undated")
    rows = _tallies(scope).filter(month__lt=until).values_list(*names).order_by()
    end = min(at + INSTANT, datetime.combine(until, time.min, LOCAL))
    overdue = _overdue(by, end, scope)
    found = dict[Any, Figures]()
    for row in rows.annotate(sum_carried=_sum(left, Q(month__lt=first)), **sums):
        key, (carried, *numbers) = _key(row[: len(names)]), row[len(names) :]
        if carried or any(numbers):
            columns = dict(zip(COLUMNS, numbers, strict=True))
            found[key] = Figures(carried=carried, overdue=overdue.get(key, 0), **columns)
    return found


def by_month(first: date, until: date, *, scope: Scope = WHOLE) -> dict[date, Figures]:
    """What was received, resolved and rated in each month, in order; months without anything are left out."""
    rows = _tallies(scope).filter(month__gte=first, month__lt=until).values_list("month").order_by("month")
    summed = rows.annotate(**{f"sum_{column}": Sum(column) for column in COLUMNS})
    return {month: Figures(**dict(zip(COLUMNS, sums, strict=True))) for month, *sums in summed}


def first_month() -> date | None:
    """The month of the oldest figure."""
    found: date | None = Tally.objects.aggregate(oldest=Min("month"))["oldest"]
    return found


def _tallies(scope: Scope) -> QuerySet[Tally]:
    rows = Tally.objects.all()
    if scope.agency_id:
        rows = rows.filter(agency_id=scope.agency_id)
    return rows.filter(field=scope.field) if scope.field else rows


def _overdue(by: str, end: datetime, scope: Scope) -> dict[Any, int]:
    """Cases that were past the promised time just before `end`: open ones, and those finished late since.

    Found by partial indices that hold nothing else. A case that is late stays late whatever stops and apologies follow,
    so that the time it was promised for tells of the past too.
    """
    past = Case.objects.filter(received_at__lt=end)
    if scope.agency_id:
        past = past.filter(competent_agency_id=scope.agency_id)
    if scope.field:
        past = past.filter(version__field_id=scope.field)
    names, found = tuple(GROUPS[by].values()), dict[Any, int]()
    promised = Q(promised_at__lt=end - INSTANT)
    still = (
        promised & Q(finished_at__isnull=True),
        promised & Q(finished_at__gt=F("promised_at"), finished_at__gte=end),
    )
    for condition in still:
        for *group, number in past.filter(condition).values_list(*names).order_by().annotate(n=Count("pk")):
            found[_key(group)] = found.get(_key(group), 0) + number
    return found


def _sum(expression: Any, condition: Q) -> Any:
    return Coalesce(Sum(expression, filter=condition), 0, output_field=IntegerField())


def _key(group: Sequence[Any]) -> Any:
    return tuple(group) if len(group) > 1 else group[0]
