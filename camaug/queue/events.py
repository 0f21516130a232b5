"""Facts about halls, counters, tickets and appointments. None says who the person is."""

from uuid import UUID

from camaug.kernel.events import Event, event


@event
class TicketTaken(Event):
    """A number was given. `subject` is the ticket; `appointment` where it was booked."""

    hall: UUID
    number: str
    priority: str = ""
    appointment: UUID | None = None


@event
class TicketCalled(Event):
    """A ticket was called to a counter, for the first time or again."""

    hall: UUID
    number: str
    counter: int
    again: bool = False


@event
class ServingBegun(Event):
    """The person stands at the counter."""

    hall: UUID
    number: str
    counter: int


@event
class TicketServed(Event):
    """The person was served."""

    hall: UUID
    number: str
    counter: int


@event
class TicketMissed(Event):
    """Nobody came when the number was called."""

    hall: UUID
    number: str
    counter: int


@event
class TicketTransferred(Event):
    """The person was passed on to another counter."""

    hall: UUID
    number: str
    counter: int
    to: int


@event
class TicketLeft(Event):
    """The person went away before being called, or the day ended."""

    hall: UUID
    number: str


@event
class CounterOpened(Event):
    """An officer sat down. `subject` is the counter."""

    hall: UUID
    counter: int


@event
class CounterClosed(Event):
    """The officer left the counter."""

    hall: UUID
    counter: int


@event
class AppointmentBooked(Event):
    """A place in a half hour was booked. `subject` is the appointment."""

    hall: UUID
    slot_at: str


@event
class AppointmentMoved(Event):
    """The appointment stands at another time."""

    hall: UUID
    before: str
    slot_at: str


@event
class AppointmentCancelled(Event):
    """The appointment was given up."""

    hall: UUID
    slot_at: str


@event
class AppointmentReminded(Event):
    """The person was reminded the day before."""

    hall: UUID
    slot_at: str


@event
class AppointmentMissed(Event):
    """The day passed and nobody came."""

    hall: UUID
    slot_at: str


@event
class HallArranged(Event):
    """The rules of a hall were changed. `subject` is the agency; `before` and `after` hold what differs."""

    before: dict[str, object]
    after: dict[str, object]


@event
class CounterArranged(Event):
    """A counter was set up or changed. `subject` is the agency."""

    counter: int
    before: dict[str, object]
    after: dict[str, object]


@event
class GroupArranged(Event):
    """A group of services was set up or changed. `subject` is the agency."""

    letter: str
    before: dict[str, object]
    after: dict[str, object]


@event
class AppointmentCodeAsked(Event):
    """Somebody asked for the code again; it goes to the telephone of the appointment."""

    hall: UUID
    slot_at: str
