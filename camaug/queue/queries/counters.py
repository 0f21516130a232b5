"""What an officer at a counter sees."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.people.queries import person
from camaug.queue.lifecycle import AT_COUNTER, TicketState
from camaug.queue.models import Appointment, PriorityGroup, Shift, Ticket
from camaug.queue.queries.halls import CounterView, HallView, hall, named

LISTED = 12


@dataclass(frozen=True, slots=True)
class InLine:
    """One who waits or has missed the call; `at` since when, or the time of the appointment kept."""

    id: UUID
    label: str
    group: str
    priority: str
    promised_at: datetime | None
    taken_at: datetime
    passed_on: bool


@dataclass(frozen=True, slots=True)
class Present:
    """Whoever is called or served: what the appointment says of them, and where their application begins."""

    id: UUID
    label: str
    state: str
    group: str
    priority: str
    calls: int
    taken_at: datetime
    called_at: datetime | None
    begun_at: datetime | None
    promised_at: datetime | None
    name: str
    phone: str
    person_id: UUID | None
    procedure: str


@dataclass(frozen=True, slots=True)
class Screen:
    """A counter with its officer's line. `counter` None: the officer sits nowhere yet."""

    hall: HallView
    counter: CounterView | None
    present: Present | None
    line: tuple[InLine, ...]
    waiting: int
    missed: tuple[InLine, ...]
    others: tuple[CounterView, ...]
    served: int


def screen(agency_id: UUID, *, by: Actor, at: datetime) -> Screen:
    """The screen of the officer in that hall; NotFound."""
    here = hall(agency_id, at=at)
    shifts = Shift.objects.filter(closed_at=None, counter__hall=agency_id)
    sits = shifts.filter(account_id=by.account_id).first() if by.account_id else None
    own = next((c for c in here.counters if sits and c.id == sits.counter_id), None)
    if own is None:
        return Screen(here, None, None, (), 0, (), here.counters, 0)
    tickets = Ticket.objects.of_day(agency_id, at.astimezone(LOCAL).date())
    names = {row.code: named(row) for row in PriorityGroup.objects.all()}
    mine = tickets.waiting().for_counter(own.id, own.letters)
    line = mine.in_turn(at=at, counter=own.id).select_related("group")
    missed = tickets.filter(state=TicketState.MISSED).select_related("group").order_by("-ended_at")
    present = tickets.filter(counter=own.id, state__in=AT_COUNTER).select_related("group", "appointment").first()
    return Screen(
        hall=here,
        counter=own,
        present=_present(present, names) if present else None,
        line=tuple(_in_line(row, names) for row in line[:LISTED]),
        waiting=mine.count(),
        missed=tuple(_in_line(row, names) for row in missed[:LISTED]),
        others=tuple(counter for counter in here.counters if counter.id != own.id),
        served=tickets.filter(state=TicketState.SERVED, served_by=by.account_id).count(),
    )


def _in_line(row: Ticket, names: dict[str, str]) -> InLine:
    return InLine(
        id=row.id,
        label=row.label,
        group=named(row.group),
        priority=names.get(row.priority, ""),
        promised_at=row.promised_at,
        taken_at=row.taken_at,
        passed_on=row.wanted_id is not None,
    )


def _present(row: Ticket, names: dict[str, str]) -> Present:
    booked: Appointment | None = row.appointment
    return Present(
        id=row.id,
        label=row.label,
        state=row.state,
        group=named(row.group),
        priority=names.get(row.priority, ""),
        calls=row.calls,
        taken_at=row.taken_at,
        called_at=row.called_at,
        begun_at=row.begun_at,
        promised_at=row.promised_at,
        name=_name(booked),
        phone=booked.phone if booked else "",
        person_id=booked.person_id if booked else None,
        procedure=row.procedure,
    )


def _name(booked: Appointment | None) -> str:
    if booked is None:
        return ""
    return booked.name or (person(booked.person_id).full_name if booked.person_id else "")
