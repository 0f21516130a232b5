"""How a case counts in reports (Biểu II.06a, TT 01/2020/TT-VPCP): the one definition of received, on time and late.

A case counts in the month in which reception took it in, and again in the month of its result (published, not handed
out) or its stop. One that reception refused counts as refused alone. On time means: the result not after the promised
time, from which stops are subtracted; the time promised first, not the new one that an apology asks for; what was late
when a stop began stays late (`Case.promised_at`). Two requests for a supplement make a case late; without a promised
time it counts as neither. Early means on an earlier day than promised. A case counts at the agency that decides it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from camaug.cases.lifecycle import State
from camaug.cases.models import Case, Satisfaction
from camaug.catalogue.definition.limits import Channel
from camaug.kernel.clock import LOCAL

MOST_SUPPLEMENTS = 1
RECEIVED_ONLINE, RECEIVED_DIRECT, REFUSED = "received_online", "received_direct", "refused"
EARLY, ON_TIME, LATE, UNDATED = "early", "on_time", "late", "undated"
RATED = {
    Satisfaction.VERY_SATISFIED: "very_satisfied",
    Satisfaction.SATISFIED: "satisfied",
    Satisfaction.NOT_SATISFIED: "not_satisfied",
}
COLUMNS = (RECEIVED_ONLINE, RECEIVED_DIRECT, REFUSED, EARLY, ON_TIME, LATE, UNDATED, *RATED.values())

type Key = tuple[date, UUID, str, str]

_READ = (
    "id",
    "state",
    "channel",
    "competent_agency_id",
    "procedure__code",
    "version__field_id",
    "received_at",
    "promised_at",
    "finished_at",
    "rating__satisfaction",
    "rating__rated_at",
)


@dataclass(frozen=True, slots=True)
class Counts:
    """What one case adds: one to each (month, column) of `entries`, at its agency, procedure and field."""

    case_id: UUID
    agency_id: UUID
    procedure: str
    field: str
    entries: frozenset[tuple[date, str]]

    def cells(self) -> Iterator[tuple[Key, str]]:
        """Row and column of each one that it adds."""
        for month, column in self.entries:
            yield (month, self.agency_id, self.procedure, self.field), column


def counts_of(case_ids: Iterable[UUID]) -> dict[UUID, Counts]:
    """What these cases add as they stand now; drafts add nothing and are left out."""
    return {found.case_id: found for found in _counts(Case.objects.submitted().filter(pk__in=list(case_ids)))}


def all_counts() -> Iterator[Counts]:
    """What every case adds, read as a stream."""
    return _counts(Case.objects.submitted())


def timeliness(finished_at: datetime, promised_at: datetime | None, supplements: int) -> str:
    """Whether a result came early, on time or late; undated where nothing was promised."""
    if supplements > MOST_SUPPLEMENTS:
        return LATE
    if promised_at is None:
        return UNDATED
    if finished_at > promised_at:
        return LATE
    return EARLY if _day(finished_at) < _day(promised_at) else ON_TIME


def _counts(cases: QuerySet[Case]) -> Iterator[Counts]:
    rows = cases.order_by().annotate(asked=Count("supplements")).values(*_READ, "asked")
    for row in rows.iterator(chunk_size=2000):
        yield Counts(
            case_id=row["id"],
            agency_id=row["competent_agency_id"],
            procedure=row["procedure__code"],
            field=row["version__field_id"],
            entries=frozenset(_entries(row)),
        )


def _entries(row: dict[str, Any]) -> Iterator[tuple[date, str]]:
    received, finished, rated = row["received_at"], row["finished_at"], row["rating__rated_at"]
    if received:
        yield _month(received), RECEIVED_ONLINE if row["channel"] == Channel.ONLINE else RECEIVED_DIRECT
    if received and finished:
        yield _month(finished), timeliness(finished, row["promised_at"], row["asked"])
    if row["state"] == State.REFUSED and finished and not received:
        yield _month(finished), REFUSED
    if rated:
        yield _month(rated), RATED[Satisfaction(row["rating__satisfaction"])]


def _day(at: datetime) -> date:
    return at.astimezone(LOCAL).date()


def _month(at: datetime) -> date:
    return _day(at).replace(day=1)
