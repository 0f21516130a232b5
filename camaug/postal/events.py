"""What happens to orders. Subject: the order; `about`: what it is about; `kind`: COLLECT or DELIVER."""

from datetime import datetime
from uuid import UUID

from camaug.kernel.events import Event, event


@event
class OrderAsked(Event):
    """A leg was asked for; the carrier does not know of it yet."""

    about: UUID
    kind: str


@event
class OrderPlaced(Event):
    """The carrier took the order, and knows it by its own number."""

    about: UUID
    kind: str
    carrier_number: str


@event
class OrderMoved(Event):
    """The parcel came further: `state` is where the order stands now, since `scanned_at`."""

    about: UUID
    kind: str
    state: str
    scanned_at: datetime


@event
class OrderDelivered(Event):
    """The parcel is in the receiver's hands; `scan` says in whose."""

    about: UUID
    kind: str
    scan: UUID
    scanned_at: datetime


@event
class OrderReturned(Event):
    """The parcel could not be brought and is back with its sender."""

    about: UUID
    kind: str
    scanned_at: datetime


@event
class OrderCancelled(Event):
    """Nobody carries it: it was taken back before the parcel was on its way."""

    about: UUID
    kind: str


@event
class CancellationRefused(Event):
    """The carrier did not cancel: the parcel travels on."""

    about: UUID
    kind: str
    problem: str


@event
class OrderGivenUp(Event):
    """The carrier refused the order, could not be reached in spite of every try, or lost sight of the parcel."""

    about: UUID
    kind: str
    problem: str
