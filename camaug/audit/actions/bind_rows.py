"""Binding rows that are too many for an event each: who looked at whose data."""

from datetime import datetime, timedelta

from django.db import transaction

from camaug.audit.events import RowsBound
from camaug.audit.queries.bindings import bound_until, subject_of
from camaug.kernel.actors import SYSTEM
from camaug.kernel.binding import Bound, every_bound_kind
from camaug.kernel.events import record

LATEST = timedelta(hours=1)
"""A row may be there that long after the instant that it names: so long may a request take."""
_LONGEST = timedelta(days=1)


def bind_rows(*, at: datetime) -> int:
    """Bind all that came since it was last done, up to the last full hour but one; how many rows."""
    return sum(_bind(name, kind, at) for name, kind in every_bound_kind().items())


def _bind(name: str, kind: Bound, at: datetime) -> int:
    end, done = _hour(at - LATEST), 0
    since = bound_until(name, at=at) or _begun(kind)
    while since is not None and since < end:
        until = min(end, since + _LONGEST)
        with transaction.atomic():
            rows, digest = kind.digest((since, until))
            if rows or until < end:
                told = RowsBound(
                    subject=subject_of(name),
                    kind=name,
                    since=since,
                    until=until,
                    rows=rows,
                    digest=digest,
                )
                record(told, by=SYSTEM, at=at)
        since, done = until, done + rows
    return done


def _begun(kind: Bound) -> datetime | None:
    first = kind.first()
    return _hour(first) - LATEST if first else None


def _hour(at: datetime) -> datetime:
    return at.replace(minute=0, second=0, microsecond=0)
