"""What became of letters: the part that sends them stands above this one and cannot be called by name.

letters.register(unsent_letters)
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Protocol
from uuid import UUID


class Fate(StrEnum):
    """Of a letter that has not arrived: it waits for its turn or a next try, or will not be tried again."""

    WAITING = "WAITING"
    LOST = "LOST"


class Unsent(Protocol):
    """The invitations whose letters have not arrived, with what is to be expected of them."""

    def __call__(self) -> Mapping[UUID, Fate]: ...


_TOLD_BY: list[Unsent] = []


def register(told_by: Unsent) -> None:
    """Have it asked."""
    _TOLD_BY.append(told_by)


def unsent() -> dict[UUID, Fate]:
    """All letters that have not arrived."""
    return {letter: fate for told_by in _TOLD_BY for letter, fate in told_by().items()}
