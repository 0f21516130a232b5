"""Rows that are bound by the hour: whether those of each span are still what they were."""

from collections.abc import Iterator
from datetime import datetime

from camaug.audit.queries.bindings import Binding, bindings
from camaug.audit.verifying.findings import Finding, Kind, Rows
from camaug.kernel.binding import Bound, every_bound_kind


def rows(counted: Rows, *, at: datetime) -> Iterator[Finding]:
    """What does not hold of every kind of bound rows; `counted` is filled on the way."""
    for name, kind in every_bound_kind().items():
        erased, until = kind.erased_before(), None
        for one in bindings(name):
            if until is not None and one.since > until:
                yield from _between(one, kind, until)
            until = one.until
            yield from _span(one, kind, erased, counted)
        yield from (
            Finding(Kind.CHANGED, name=name, subject=str(row_id), what=("subject",)) for row_id in kind.strangers()
        )
        _wait(kind, until, at, counted)


def _span(one: Binding, kind: Bound, erased: datetime | None, counted: Rows) -> Iterator[Finding]:
    if erased is not None and one.since < erased:
        return
    there, digest = kind.digest(one.since, one.until)
    counted.compared += there
    if (there, digest) != (one.rows, one.digest):
        yield _finding(one, there)


def _between(after: Binding, kind: Bound, since: datetime) -> Iterator[Finding]:
    """Where nothing was bound nothing had come."""
    there, _digest = kind.digest(since, after.since)
    if there:
        yield Finding(Kind.INSERTED, name=after.kind, at=since.isoformat(), what=(f"{there} rows for 0",))


def _finding(one: Binding, there: int) -> Finding:
    sort = Kind.DELETED if there < one.rows else Kind.INSERTED if there > one.rows else Kind.CHANGED
    span = f"{one.since.isoformat()} to {one.until.isoformat()}"
    return Finding(sort, str(one.event), one.kind, at=span, what=(f"{there} rows for {one.rows}",))


def _wait(kind: Bound, until: datetime | None, at: datetime, counted: Rows) -> None:
    since = until or kind.first()
    waiting = kind.digest(since, at)[0] if since else 0
    counted.waiting += waiting
    if since and waiting:
        counted.waiting_since = min(since, counted.waiting_since or since)
