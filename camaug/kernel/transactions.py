"""Actions within a greater transaction that stands or falls as one."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction

_as_one: ContextVar[bool] = ContextVar("as_one", default=False)


@contextmanager
def as_one() -> Iterator[None]:
    """A transaction that whatever is refused inside undoes whole: its parts need no savepoints, a round trip each way.

    After a refusal nothing more can be asked in it.
    """
    with transaction.atomic():
        before = _as_one.set(True)
        try:
            yield
        finally:
            _as_one.reset(before)


def part() -> transaction.Atomic:
    """An action's transaction; within a greater one a savepoint, unless that falls as one."""
    return transaction.atomic(savepoint=not _as_one.get())
