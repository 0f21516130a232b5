from datetime import date

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
