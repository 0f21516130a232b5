from camaug.kernel.events import Event, event


@event
class DeliveryGivenUp(Event):
    """A message did not arrive by a channel in spite of every try; subject: the message."""

    channel: str
    reason: str
    attempts: int


@event
class MessageSentAgain(Event):
    """Somebody had a message sent once more; subject: the message."""

    channel: str


@event
class PreferenceSet(Event):
    """An account said whether it wants messages by a channel; subject: the account."""

    channel: str
    wanted: bool
