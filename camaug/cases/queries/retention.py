"""What will be erased, and when."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from camaug.cases.retention.terms import Kind as Kind
from camaug.cases.retention.terms import Term, term_of
from camaug.kernel.clock import LOCAL
from camaug.kernel.keeping import every_kind

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
    return every_kind()[kind].rows(term_of(kind, at).ends(at))


def outlook(*, at: datetime) -> tuple[Outlook, ...]:
    """Every kind of data that is erased by itself."""
    return tuple(
        Outlook(kind, term_of(kind, at), _oldest(kind, at), outlived(kind, at=at).values("pk")[:MOST].count())
        for kind in Kind
    )


def _oldest(kind: Kind, at: datetime) -> date | None:
    kept = every_kind()[kind]
    return _day(kept.rows(at).order_by(kept.order).values_list(kept.since, flat=True).first())


def _day(value: date | datetime | None) -> date | None:
    return value.astimezone(LOCAL).date() if isinstance(value, datetime) else value
