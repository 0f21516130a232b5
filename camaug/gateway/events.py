from camaug.kernel.events import Event, event


@event
class ShipmentGivenUp(Event):
    """The national portal did not take a message in spite of every try; subject: the message."""

    service: str
    problem: str
    attempts: int


@event
class ShipmentResent(Event):
    """Somebody had a message sent once more; subject: the message."""

    service: str


@event
class CasesReplayed(Event):
    """Somebody had all cases told again that changed since an instant; subject: made for the occasion."""

    since: str
    cases: int


@event
class NationalCatalogueRead(Event):
    """The national catalogue was read; subject: made for the occasion."""

    procedures: int
    changed: int
