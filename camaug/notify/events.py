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


@event
class TextChanged(Event):
    """A notice has other words; texts are {language: {title, body, sms}}. `subject` is made of the notice's code.

    `restored` is the version whose words hold again, 0 the profile's.
    """

    notice: str
    number: int
    before: dict[str, dict[str, str]]
    after: dict[str, dict[str, str]]
    restored: int | None = None
