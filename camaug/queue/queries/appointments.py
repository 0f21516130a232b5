"""Appointments as their holders see them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from camaug.kernel.errors import NotFound
from camaug.people.queries import AgencyView, directory
from camaug.queue.lifecycle import APPOINTMENT_LABELS, AppointmentState
from camaug.queue.models import Appointment, Ticket
from camaug.queue.queries.halls import named
from camaug.queue.slots import SLOT

SHOWN = 20
RECENT = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AppointmentView:
    """An appointment. `open`: it can still be moved or cancelled; `ticket`: the code of its ticket, "" before."""

    id: UUID
    code: str
    pin: str
    state: str
    state_label: str
    agency: AgencyView
    letter: str
    group: str
    procedure: str
    slot_at: datetime
    until: datetime
    name: str
    phone: str
    open: bool
    ticket: str


def appointment(code: str, *, at: datetime) -> AppointmentView:
    """The appointment of that code; NotFound."""
    row = Appointment.objects.select_related("group").filter(code=code).first()
    if row is None:
        raise NotFound
    return _view(row, at)


def appointments_of(account_id: UUID, *, at: datetime) -> tuple[AppointmentView, ...]:
    """What somebody booked with an account and is still to come, or was yesterday; the next first."""
    rows = Appointment.objects.select_related("group").filter(account_id=account_id, slot_at__gt=at - RECENT)
    return tuple(_view(row, at) for row in rows.order_by("slot_at")[:SHOWN])


def _view(row: Appointment, at: datetime) -> AppointmentView:
    ticket = Ticket.objects.filter(appointment=row).values_list("code", flat=True).first()
    return AppointmentView(
        id=row.id,
        code=row.code,
        pin=f"{row.pin[:3]} {row.pin[3:]}",
        state=row.state,
        state_label=str(APPOINTMENT_LABELS[AppointmentState(row.state)]),
        agency=directory(row.day).get(row.hall_id),
        letter=row.group.letter,
        group=named(row.group),
        procedure=row.procedure,
        slot_at=row.slot_at,
        until=row.slot_at + SLOT,
        name=row.name,
        phone=row.phone,
        open=row.state == AppointmentState.BOOKED and row.slot_at > at,
        ticket=ticket or "",
    )
