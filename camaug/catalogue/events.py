from datetime import date
from typing import Any

from camaug.kernel.events import Event, event


@event
class VersionPublished(Event):
    """A version of a procedure (`subject`) was published; `closes` is the version that it ends, or 0."""

    code: str
    number: int
    valid_from: date
    valid_until: date | None
    digest: str
    closes: int = 0


@event
class VocabularyArranged(Event):
    """The fields of work and the life events were set as the profile has them."""

    fields: tuple[str, ...]
    life_events: tuple[str, ...]


@event
class VersionWithdrawn(Event):
    """A version of a procedure (`subject`) ends on a day; `taken_back`: it never held, `reopens` is the one before."""

    code: str
    number: int
    until: date
    taken_back: bool
    reopens: int = 0


@event
class DraftBegun(Event):
    """The next version of a procedure (`subject`) is being written; `origin` is NOTHING, VERSION or FILE."""

    code: str
    origin: str
    copied_code: str = ""
    copied_number: int = 0


@event
class DraftChanged(Event):
    """A draft was changed: PUT, ADDED, REMOVED or MOVED at a place; `changes` are values before and after."""

    code: str
    what: str
    place: str
    heading: str
    changes: dict[str, Any]


@event
class DraftDiscarded(Event):
    """A draft was thrown away."""

    code: str
