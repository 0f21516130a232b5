"""Rows that are bound by the hour: whether those of each span are still what they were."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db import connection, transaction

from camaug.audit.queries.bindings import Binding, bindings
from camaug.audit.verifying.findings import Finding, Kind, Rows
from camaug.kernel.binding import Bound, every_bound_kind

_READ_AT_ONCE = timedelta(days=1)


def rows(counted: Rows, *, at: datetime) -> Iterator[Finding]:
    """What does not hold of every kind of bound rows; `counted` is filled on the way.

    All is read as it stood at one instant: what is erased or joined meanwhile is seen with its event or not at all.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        for name, kind in every_bound_kind().items():
            yield from _of(name, kind, at, counted)


def _of(name: str, kind: Bound, at: datetime, counted: Rows) -> Iterator[Finding]:
    found, broken = bindings(name)
    yield from (Finding(Kind.CHANGED, str(event), "audit.RowsBound", what=("facts",)) for event in broken)
    yield from _erased(name, kind, at, counted)
    gone, until = counted.erased_before.get(name), kind.first()
    for group in _groups(found):
        for one in group:
            yield from _between(one, kind, until, gone)
            until = max(until or one.span[1], one.span[1])
        kept = [one for one in group if gone is None or one.span[0] >= gone]
        for one, (there, digest) in zip(kept, kind.digests([one.span for one in kept]) if kept else (), strict=True):
            counted.compared += there
            if (there, digest) != (one.rows, one.digest):
                yield _finding(one, there)
    yield from (Finding(Kind.CHANGED, name=name, subject=str(row), what=("subject",)) for row in kind.strangers())
    if until is not None:
        _wait(kind, until, at, counted)


def _erased(name: str, kind: Bound, at: datetime, counted: Rows) -> Iterator[Finding]:
    """Which erasures go too far; up to where those reach that may be is counted."""
    for one in kind.erasures():
        if one.before is None or one.at > at or one.before > one.at - kind.least:
            yield Finding(Kind.ERASED, str(one.event), "cases.ReadingsErased", at=one.at.isoformat(), what=("before",))
        else:
            counted.erased_before[name] = max(one.before, counted.erased_before.get(name, one.before))


def _groups(found: Sequence[Binding]) -> Iterator[list[Binding]]:
    """Those that one reading serves: within a day, none before the one ahead has ended."""
    group = list[Binding]()
    for one in found:
        if group and (one.span[0] < group[-1].span[1] or one.span[1] - group[0].span[0] > _READ_AT_ONCE):
            yield group
            group = []
        group.append(one)
    if group:
        yield group


def _between(one: Binding, kind: Bound, since: datetime | None, gone: datetime | None) -> Iterator[Finding]:
    """Where nothing was bound nothing had come."""
    if since is None or (gone is not None and one.span[0] <= gone):
        return
    since = max(since, gone) if gone else since
    if since < one.span[0] and (there := kind.digest((since, one.span[0]))[0]):
        yield Finding(Kind.INSERTED, name=one.kind, at=since.isoformat(), what=(f"{there} rows for 0",))


def _finding(one: Binding, there: int) -> Finding:
    sort = Kind.DELETED if there < one.rows else Kind.INSERTED if there > one.rows else Kind.CHANGED
    span = " to ".join(end.isoformat() for end in one.span)
    return Finding(sort, str(one.event), one.kind, at=span, what=(f"{there} rows for {one.rows}",))


def _wait(kind: Bound, since: datetime, at: datetime, counted: Rows) -> None:
    for came, _row, _said in kind.rows((since, at)) if since < at else ():
        counted.waiting += 1
        counted.waiting_since = min(came, counted.waiting_since or came)
