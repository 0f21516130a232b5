"""What happens to the history itself."""

from datetime import datetime

from camaug.kernel.events import Event, event


@event
class FactErased(Event):
    """A value of an event was erased for good; the subject is that event. `why` names the rule that asked for it."""

    key: str
    why: str


@event
class RowsBound(Event):
    """So many rows of a kind came within a span; `digest` is SHA-256 over them, as `kernel.binding` takes it."""

    kind: str
    since: datetime
    until: datetime
    rows: int
    digest: str
