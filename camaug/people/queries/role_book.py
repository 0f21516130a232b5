"""The role book as of a day, in memory: a process keeps its lines while the directory's revision holds."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from camaug.kernel.grants import Reach, RoleBook
from camaug.people.models import RoleGrant
from camaug.people.queries.directory import DATES_KEPT, revision


@dataclass(slots=True)
class _Kept:
    token: UUID | None
    lines: tuple[RoleGrant, ...]
    by_date: dict[date, RoleBook] = field(default_factory=dict)


_kept: _Kept | None = None


def role_book(day: date) -> RoleBook:
    """What each role grants on that day."""
    return book_by_revision(day, revision())


def book_by_revision(day: date, token: UUID | None) -> RoleBook:
    """The same, where the directory's revision has just come along with something else."""
    global _kept
    kept = _kept
    if kept is None or token is None or kept.token != token:
        _kept = kept = _Kept(token, tuple(RoleGrant.objects.all()))
    if day not in kept.by_date:
        while len(kept.by_date) >= DATES_KEPT:
            kept.by_date.pop(next(iter(kept.by_date)), None)
        kept.by_date[day] = RoleBook(
            (line.role, line.permission, Reach(line.reach)) for line in kept.lines if _holds(line, day)
        )
    return kept.by_date[day]


def _holds(line: RoleGrant, day: date) -> bool:
    return bool(line.reach) and line.valid_from <= day and (line.valid_until is None or day < line.valid_until)
