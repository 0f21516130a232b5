"""The connections of a web process that no request uses: the one that rested last is taken first.

A backend knows its tables, plans and pages the better the less lies between two of its statements. Where each thread
keeps a connection of its own, few requests go to each of many backends; so they go to few.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import abc


@dataclass(frozen=True, slots=True)
class Rested:
    """A connection with nothing under way, and until when it is kept (monotonic seconds; None: for good)."""

    connection: "psycopg.Connection[Any]"
    close_at: float | None
    turning: abc.Transformer | None

    def is_over(self) -> bool:
        """Whether it was kept long enough; a network forgets one that says nothing for hours."""
        return self.close_at is not None and time.monotonic() >= self.close_at


class Resting:
    """A process's own, shared by its threads."""

    def __init__(self) -> None:
        self.begun = False
        self._stack: list[Rested] = []

    def begin(self) -> None:
        """From here on connections rest between requests: for a process that serves them with its threads."""
        self.begun = True

    def end(self) -> None:
        """Close what rests."""
        self.begun = False
        for one in self.taken():
            one.connection.close()

    def put(self, one: Rested) -> None:
        """No request uses it any more."""
        self._stack.append(one)

    def taken(self) -> Iterator[Rested]:
        """One after the other, as long as they are wanted, the last one first; each belongs to whoever took it."""
        while self._stack:
            try:
                one = self._stack.pop()
            except IndexError:  # another thread was quicker
                return
            yield one


resting = Resting()
