"""What will be erased, and when."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Min, QuerySet

from camaug.cases.models import Case, ListReading, Reading
from camaug.cases.retention.terms import Kind as Kind
from camaug.cases.retention.terms import Term, term_of
from camaug.kernel.clock import LOCAL

MOST = 10_000
"""So many are counted."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """One kind: its term, the day of the oldest that is kept, how many go with the next run (`MOST` at most)."""

    kind: Kind
    term: Term
    oldest: date | None
    due: int


def outlived(kind: Kind, *, at: datetime) -> QuerySet[Any]:
    """The rows that have outlived their term at that instant."""
    ends = term_of(kind, at).ends(at)
    if kind == Kind.DRAFTS:
        return Case.objects.drafts().filter(saved_at__lt=ends)
    if kind == Kind.READINGS:
        return Reading.objects.filter(day__lt=ends.astimezone(LOCAL).date())
    return ListReading.objects.filter(at__lt=ends)


def outlook(*, at: datetime) -> tuple[Outlook, ...]:
    """Every kind of data that is erased by itself."""
    oldest = {
        Kind.DRAFTS: Case.objects.drafts().aggregate(first=Min("saved_at"))["first"],
        Kind.READINGS: Reading.objects.aggregate(first=Min("day"))["first"],
        Kind.LIST_READINGS: ListReading.objects.aggregate(first=Min("at"))["first"],
    }
    return tuple(
        Outlook(kind, term_of(kind, at), _day(oldest[kind]), outlived(kind, at=at).values("pk")[:MOST].count())
        for kind in Kind
    )


def _day(value: date | datetime | None) -> date | None:
    return value.astimezone(LOCAL).date() if isinstance(value, datetime) else value
