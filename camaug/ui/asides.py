"""Facts that one part knows of another part's things, on that other part's page.

A page of an officer belongs to `people`, which stands below `access`; the state of his account is told by access:

    asides.register("officer", account_facts)
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Aside:
    """A line of a summary list; `href` leads to where it is changed."""

    label: str
    value: str
    href: str = ""


type Tell = Callable[[UUID, datetime], Iterable[Aside]]

_TELLERS: dict[str, list[Tell]] = {}


def register(kind: str, tell: Tell) -> None:
    """Let `tell(id, at)` add to the page of every thing of that kind."""
    _TELLERS.setdefault(kind, []).append(tell)


def asides(kind: str, thing_id: UUID, *, at: datetime) -> tuple[Aside, ...]:
    """All that the other parts know of it."""
    return tuple(fact for tell in _TELLERS.get(kind, ()) for fact in tell(thing_id, at))
