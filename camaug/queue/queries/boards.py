"""What hangs on the wall."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Max

from camaug.kernel.clock import LOCAL
from camaug.people.queries import AgencyView
from camaug.queue.lifecycle import TicketState
from camaug.queue.models import Ticket
from camaug.queue.queries.halls import GroupView, hall

ROWS = 8
FRESH = timedelta(seconds=25)


@dataclass(frozen=True, slots=True)
class Call:
    """A number and where it goes. `fresh`: called just now; `serving`: already there; `calls`: how often called."""

    label: str
    counter: int
    fresh: bool
    serving: bool
    calls: int


@dataclass(frozen=True, slots=True)
class Board:
    """The calls, the latest first; those who wait; numbers that nobody came for.

    `mark` differs whenever somebody has been called, for the first time or again, and then alone.
    """

    agency: AgencyView
    taking: bool
    calls: tuple[Call, ...]
    groups: tuple[GroupView, ...]
    missed: tuple[str, ...]
    waiting: int
    minutes: int | None
    mark: str


def board(agency_id: UUID, *, at: datetime) -> Board:
    """The board of the hall at that instant; NotFound."""
    here = hall(agency_id, at=at)
    tickets = Ticket.objects.of_day(agency_id, at.astimezone(LOCAL).date())
    called = tickets.filter(state__in=[TicketState.CALLED, TicketState.SERVING]).select_related("counter")
    missed = tickets.filter(state=TicketState.MISSED).order_by("-ended_at")[:ROWS]
    latest = tickets.aggregate(latest=Max("called_at"))["latest"]
    return Board(
        agency=here.agency,
        taking=here.taking,
        calls=tuple(_call(row, at) for row in called.order_by("-called_at", "-id")[:ROWS]),
        groups=here.groups,
        missed=tuple(row.label for row in missed),
        waiting=here.waiting,
        minutes=here.minutes,
        mark=latest.isoformat() if latest else "",
    )


def _call(row: Ticket, at: datetime) -> Call:
    return Call(
        label=row.label,
        counter=row.counter.number if row.counter else 0,
        fresh=row.state == TicketState.CALLED and row.called_at is not None and at - row.called_at < FRESH,
        serving=row.state == TicketState.SERVING,
        calls=row.calls,
    )
