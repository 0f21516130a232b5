"""The token that tells every process that the calendar changed."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db.models import Subquery

from camaug.kernel.ids import uuid7
from camaug.kernel.prepared import asked
from camaug.worktime.models import CalendarRevision

AS_IT_STANDS = "(SELECT token FROM worktime_calendarrevision WHERE id = 1)"
"""The token as a column of a statement written by hand."""
_told: ContextVar[tuple[UUID | None] | None] = ContextVar("calendar_told", default=None)


def renew(*, at: datetime) -> UUID:
    """Give the calendar a new token, in the transaction that changes it; returns the token."""
    token = uuid7()
    CalendarRevision.objects.update_or_create(id=1, defaults={"token": token, "changed_at": at})
    return token


@contextmanager
def calendar_told(token: UUID | None) -> Iterator[None]:
    """Within it the token is not asked for: it came along with something else."""
    mark = _told.set((token,))
    try:
        yield
    finally:
        _told.reset(mark)


def calendar_revision() -> Subquery:
    """The token as a column of another question."""
    return Subquery(CalendarRevision.objects.filter(id=1).values("token"))


def calendar_as_it_stands() -> AbstractContextManager[None]:
    """Within it the token of now holds: for work during which nobody changes the calendar."""
    return calendar_told(current())


def current() -> UUID | None:
    """The token as this transaction sees it; None before anything was loaded."""
    if known := _told.get():
        return known[0]
    ((token,),) = asked(f"SELECT {AS_IT_STANDS}")
    return cast(UUID | None, token)
