"""Reviews of who holds which role: what waits, what is late, what was decided."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from camaug.access.models import AccessReview, Account, ReviewLine
from camaug.access.policy import REVIEW
from camaug.access.queries.accounts import accounts_of_officers
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.people.queries import directory, holders, roles

HEADS = ("LEADER", "UNIT_HEAD")


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One review; `late`: its day is past and lines wait."""

    id: UUID
    agency: str
    opened_at: datetime
    due_date: date
    finished_at: datetime | None
    lines: int
    waiting: int
    late: bool


@dataclass(frozen=True, slots=True)
class LineView:
    """One role of one position; `decision` "" while it waits; `own`: the reader's, who does not decide it."""

    id: UUID
    officer_id: UUID
    officer: str
    title: str
    role: str
    decision: str
    reason: str
    by_name: str
    decided_at: datetime | None
    own: bool


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A review with all its lines, by officer."""

    row: ReviewRow
    lines: tuple[LineView, ...]


def reviews(*, at: datetime, agencies: Collection[UUID] | None = None, most: int = 200) -> tuple[ReviewRow, ...]:
    """Of these agencies (None: all): what waits first, by its day; then what is finished, the latest first."""
    some = AccessReview.objects.all() if agencies is None else AccessReview.objects.filter(agency__in=agencies)
    rows = _counted(some)
    waiting = list(rows.filter(finished_at=None).order_by("due_date", "id")[:most])
    finished = list(rows.exclude(finished_at=None).order_by("-finished_at", "id")[:most])
    return tuple(_row(one, at) for one in (*waiting, *finished))


def review_page(review_id: UUID, *, by: Actor, at: datetime) -> ReviewPage:
    """A review that the actor may read; raises NotFound."""
    row = _counted(AccessReview.objects.filter(pk=review_id)).first()
    if row is None or not REVIEW.allows(by, row.agency_id):
        raise NotFound
    names = {one.code: one.name for one in roles().values()}
    lines = ReviewLine.objects.filter(review=row).order_by("officer_name", "officer_id", "title", "role")
    own = Account.objects.filter(pk=by.account_id) if by.account_id else Account.objects.none()
    reader = own.values_list("officer_id", flat=True).first()
    return ReviewPage(_row(row, at), tuple(_line(one, names, reader) for one in lines))


def heads_of(agency_id: UUID, *, at: datetime) -> tuple[UUID, ...]:
    """The accounts of those who head the agency: its leaders or, where it has none, the heads of the unit."""
    for role in HEADS:
        found = {one.officer_id for one in holders(role, agency_id, at)}
        if found:
            return tuple(sorted(accounts_of_officers(found).values()))
    return ()


def _counted(rows: QuerySet[AccessReview]) -> QuerySet[AccessReview]:
    return rows.annotate(all_lines=Count("lines"), waiting=Count("lines", filter=Q(lines__decision="")))


def _row(row: AccessReview, at: datetime) -> ReviewRow:
    day = at.astimezone(LOCAL).date()
    there = directory(day)
    waiting: int = getattr(row, "waiting", 0)
    return ReviewRow(
        id=row.id,
        agency=there.get(row.agency_id).name if row.agency_id in there else "",
        opened_at=row.opened_at,
        due_date=row.due_date,
        finished_at=row.finished_at,
        lines=getattr(row, "all_lines", 0),
        waiting=waiting,
        late=row.finished_at is None and row.due_date < day,
    )


def _line(row: ReviewLine, names: dict[str, str], reader: UUID | None) -> LineView:
    return LineView(
        id=row.id,
        officer_id=row.officer_id,
        officer=row.officer_name,
        title=row.title,
        role=names.get(row.role, row.role),
        decision=row.decision,
        reason=row.reason,
        by_name=row.by_name,
        decided_at=row.decided_at,
        own=row.officer_id == reader,
    )
