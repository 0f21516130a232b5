"""Reviews of access: what waits, what is late, what was decided."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q

from camaug.access.models import AccessReview, Account, LineKind, ReviewLine
from camaug.access.policy import REVIEW
from camaug.access.queries.accounts import accounts_of_officers
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.kernel.paging import Page, page_of
from camaug.kernel.text import name_sort_key, sort_key
from camaug.people.queries import Directory, directory, holders, roles
from camaug.people.queries.matching import NO_MATCH, match_rank

HEADS = ("LEADER", "UNIT_HEAD")
OPEN, LATE, FINISHED = "open", "late", "finished"
ROWS = 50


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
    """One line; `decision` "" while it waits; `own`: the reader's, who does not decide it.

    `officer` "" where nobody answers for it; `role` is the role's name, "" where the line is about none.
    """

    id: UUID
    kind: LineKind
    officer: str
    title: str
    role: str
    about: str
    until_at: datetime | None
    decision: str
    reason: str
    by_name: str
    decided_at: datetime | None
    own: bool


@dataclass(frozen=True, slots=True)
class ReviewPage:
    """A review with all its lines, by officer; last those for which no officer answers."""

    row: ReviewRow
    lines: tuple[LineView, ...]


def reviews(
    *,
    at: datetime,
    state: str = OPEN,
    agencies: Collection[UUID] | None = None,
    words: str = "",
    token: str = "",
) -> Page[ReviewRow]:
    """A page of those of these agencies (None: all) whose names hold the words: the open ones, those overdue among
    them, both by the day on which they were opened; or the finished ones, the latest first.
    """
    day = at.astimezone(LOCAL).date()
    there, rows = directory(day), AccessReview.objects.filter(finished_at__isnull=state != FINISHED)
    if state == LATE:
        rows = rows.filter(due_date__lt=day)
    if agencies is not None:
        rows = rows.filter(agency__in=agencies)
    if words.strip():
        rows = rows.filter(agency__in=_named(there, words))
    key, last_first = ("finished_at", True) if state == FINISHED else ("opened_at", False)
    page = page_of(rows, key=key, token=token, size=ROWS, descending=last_first)
    counted = _counted(page.rows)
    return Page(tuple(_row(one, counted[one.pk], there, day) for one in page.rows), page.older, page.newer)


def review_page(review_id: UUID, *, by: Actor, at: datetime) -> ReviewPage:
    """A review that the actor may read; raises NotFound."""
    row = AccessReview.objects.filter(pk=review_id).first()
    if row is None or not REVIEW.allows(by, row.agency_id):
        raise NotFound
    names = {one.code: one.name for one in roles().values()}
    lines = sorted(ReviewLine.objects.filter(review=row), key=_place)
    own = Account.objects.filter(pk=by.account_id) if by.account_id else Account.objects.none()
    reader = own.values_list("officer_id", flat=True).first()
    day = at.astimezone(LOCAL).date()
    shown = _row(row, _counted([row])[row.pk], directory(day), day)
    return ReviewPage(shown, tuple(_line(one, names, reader) for one in lines))


def heads_of(agency_id: UUID, *, at: datetime) -> tuple[UUID, ...]:
    """The accounts of those who head the agency: its leaders or, where it has none, the heads of the unit."""
    for role in HEADS:
        found = {one.officer_id for one in holders(role, agency_id, at)}
        if found:
            return tuple(sorted(accounts_of_officers(found).values()))
    return ()


def _named(there: Directory, words: str) -> list[UUID]:
    """The agencies whose names hold the words, whole ones; where there are none, those that hold their letters."""
    ranked = {one.id: match_rank(f"{one.name} {one.short_name} {one.code}", words) for one in there}
    whole = [agency_id for agency_id, rank in ranked.items() if rank < NO_MATCH - 1]
    return whole or [agency_id for agency_id, rank in ranked.items() if rank < NO_MATCH]


def _counted(rows: Iterable[AccessReview]) -> dict[UUID, tuple[int, int]]:
    """How many lines each has, and how many of them wait."""
    lines = ReviewLine.objects.filter(review__in=[row.pk for row in rows]).values_list("review").order_by()
    found = {row.pk: (0, 0) for row in rows}
    for review_id, every, waiting in lines.annotate(n=Count("pk"), w=Count("pk", filter=Q(decision=""))):
        found[review_id] = (every, waiting)
    return found


def _row(row: AccessReview, counted: tuple[int, int], there: Directory, day: date) -> ReviewRow:
    return ReviewRow(
        id=row.id,
        agency=there.get(row.agency_id).name if row.agency_id in there else "",
        opened_at=row.opened_at,
        due_date=row.due_date,
        finished_at=row.finished_at,
        lines=counted[0],
        waiting=counted[1],
        late=row.finished_at is None and row.due_date < day,
    )


def _place(row: ReviewLine) -> tuple[object, ...]:
    """Officers as a list of people has them, each with all that is his; then what nobody answers for."""
    kind = list(LineKind).index(LineKind(row.kind))
    who = (not row.officer_name, name_sort_key(row.officer_name), str(row.officer_id or ""))
    return (*who, kind, sort_key(row.title), row.role, row.id)


def _line(row: ReviewLine, names: dict[str, str], reader: UUID | None) -> LineView:
    return LineView(
        id=row.id,
        kind=LineKind(row.kind),
        officer=row.officer_name,
        title=row.title,
        role=names.get(row.role, row.role),
        about=row.about,
        until_at=row.until_at,
        decision=row.decision,
        reason=row.reason,
        by_name=row.by_name,
        decided_at=row.decided_at,
        own=reader is not None and row.officer_id == reader,
    )
