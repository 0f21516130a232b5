"""Actions within a greater transaction that stands or falls as one."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar

from django.db import transaction

_as_one: ContextVar[list[Callable[[], object]] | None] = ContextVar("as_one", default=None)
"""What is to be done once it has fallen; None: nothing falls as one."""


@contextmanager
def as_one() -> Iterator[None]:
    """A transaction that whatever is refused inside undoes whole: its parts need no savepoints, a round trip each way.

    After a refusal nothing more can be asked in it.
    """
    afterwards: list[Callable[[], object]] = []
    try:
        with transaction.atomic():
            before = _as_one.set(afterwards)
            try:
                yield
            finally:
                _as_one.reset(before)
    finally:
        with ExitStack() as each:  # one that fails keeps no other from being done
            for one in reversed(afterwards):
                each.callback(one)


def part() -> transaction.Atomic:
    """An action's transaction; within a greater one a savepoint, unless that falls as one."""
    return transaction.atomic(savepoint=_as_one.get() is None)


def once_undone(do: Callable[[], object]) -> None:
    """For an action that refuses and yet leaves something behind: now; within a greater transaction that falls with the
    refusal, when it has fallen.
    """
    afterwards = _as_one.get()
    if afterwards is None:
        do()
    else:
        afterwards.append(do)
