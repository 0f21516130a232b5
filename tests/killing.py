"""A process of our own that is killed with SIGKILL in the middle of what it does to the database."""

import os
import signal
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

from django.db import connection

_HELD: list[Any] = []  # the parent's connection: a child that let go of it would end it for the parent too


def killed_at(statement: int, deed: Callable[[], object]) -> bool:
    """Do it in a process that is killed before its statement of that number; False where it came to its end first.

    The process has a connection of its own, so that the deed must stand on what is committed.
    """
    child = os.fork()
    if child == 0:
        _live_and_die(statement, deed)
    _child, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL:
        return True
    assert os.waitstatus_to_exitcode(status) == 0, "the deed failed by itself"
    return False


def kills(deed: Callable[[], object], *, step: int = 1) -> Iterator[int]:
    """Do it again and again, each time killed some statements later, until it comes to its end; yields after each."""
    for number in count(1, step):
        if not killed_at(number, deed):
            return
        yield number


def _live_and_die(statement: int, deed: Callable[[], object]) -> None:
    _HELD.append(connection.connection)
    connection.connection = None
    asked = count(1)

    def ask(execute: Callable[..., object], *words: Any) -> object:
        if next(asked) == statement:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(*words)

    try:
        with connection.execute_wrapper(ask):
            deed()
    except BaseException:
        import traceback

        traceback.print_exc()
        os._exit(1)
    os._exit(0)
