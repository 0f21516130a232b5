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
class ReplayBegun(Event):
    """Somebody has all cases told again that changed since an instant; subject: the replay."""

    since: str


@event
class CasesReplayed(Event):
    """So many cases were told again; subject: the replay, or made for the occasion where it was one case."""

    since: str
    cases: int


@event
class NationalCatalogueRead(Event):
    """The national catalogue and its lists were read; subject: made for the occasion."""

    procedures: int
    changed: int
    agencies: int = 0
    fields: int = 0
