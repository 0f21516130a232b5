"""What happens to the history itself."""

from camaug.kernel.events import Event, event


@event
class FactErased(Event):
    """A value of an event was erased for good; the subject is that event. `why` names the rule that asked for it."""

    key: str
    why: str
