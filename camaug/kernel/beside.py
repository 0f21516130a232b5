"""What lies beside an event and belongs to it: words, documents. The event names them by id: they can be erased.

Who keeps a history provable asks for them once, soon after the event: from then on they may be erased, not changed.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

from camaug.kernel.encryption import NotDecrypted
from camaug.kernel.models import EventRecord

type Beside = Callable[[Sequence[EventRecord]], Mapping[UUID, Mapping[str, Any]]]

type Eraser = Callable[[EventRecord], None]


class Unreadable:
    """Stands for what lies encrypted beside an event and does not open: no JSON, so that it is never sealed."""


UNREADABLE: Final = Unreadable()
_KNOWN: dict[str, Beside] = {}
_ERASERS: dict[str, Eraser] = {}


def read(row: Any, column: str) -> Any:
    """What the row says there; UNREADABLE where that was changed, put in another's place, or its key is not held."""
    try:
        return getattr(row, column)
    except NotDecrypted:
        return UNREADABLE


def beside_events(kind: str) -> Callable[[Beside], Beside]:
    """Function decorator: gives, for those of the events that have it, what lies beside them, as JSON by name."""

    def register(found: Beside) -> Beside:
        _KNOWN[kind] = found
        return found

    return register


def erases_beside(key: str) -> Callable[[Eraser], Eraser]:
    """Function decorator: takes out of the row that lies beside an event what the key `beside.kind.name` stands for."""

    def register(taken: Eraser) -> Eraser:
        _ERASERS[key] = taken
        return taken

    return register


def erasable_beside() -> frozenset[str]:
    """Keys of what lies beside events and may be erased: words of somebody, not papers that were issued."""
    return frozenset(_ERASERS)


def erase_beside(key: str, row: EventRecord) -> None:
    """Take it out for good, in the transaction that also takes it out of the proofs."""
    _ERASERS[key](row)


def what_lies_beside(rows: Sequence[EventRecord]) -> dict[UUID, dict[str, Any]]:
    """By the event's id, then by `kind.name`: what is there now, UNREADABLE where it does not open."""
    together: dict[UUID, dict[str, Any]] = defaultdict(dict)
    for kind in sorted(_KNOWN):
        for event_id, named in _KNOWN[kind](rows).items():
            together[event_id] |= {f"{kind}.{name}": value for name, value in named.items()}
    return together
