from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError
from camaug.queue.actions.take_number import give_number, open_group
from camaug.queue.codes import read_typed
from camaug.queue.lifecycle import AppointmentState
from camaug.queue.models import Appointment, Ticket
from camaug.queue.slots import EARLY, keeps_turn


class NoSuchAppointment(DomainError):
    """One answer for every wrong code, cancelled and foreign ones too."""

    sentence = _("There is no appointment with this code here today. Take a number instead.")


class TooEarly(DomainError):
    """Whoever comes much too early would hold a number that nobody calls."""

    sentence = _("Your appointment is at {time}. Check in from {hour} on.")


@transaction.atomic
def check_in(hall_id: UUID, typed: str, *, priority: str = "", by: Actor, at: datetime) -> Ticket:
    """Turn an appointment of today into a ticket, by its six digits, its code or its address; twice gives the same one.

    Who is late by more than the time of grace gets a number in the order of coming. NoSuchAppointment, TooEarly,
    HallClosed, NoNumbersHere.
    """
    appointment = _of_today(hall_id, typed, at)
    if appointment.state == AppointmentState.ARRIVED:
        return appointment.ticket
    if at < appointment.slot_at - EARLY:
        slot_at = appointment.slot_at.astimezone(LOCAL)
        raise TooEarly(time=f"{slot_at:%H:%M}", hour=f"{slot_at - EARLY:%H:%M}")
    group = open_group(hall_id, appointment.group.letter, at=at)
    appointment.state = AppointmentState.ARRIVED
    appointment.save(update_fields=["state"])
    promised_at = appointment.slot_at if keeps_turn(appointment.slot_at, at) else None
    return give_number(
        group,
        appointment=appointment,
        promised_at=promised_at,
        priority=priority,
        procedure=appointment.procedure,
        by=by,
        at=at,
    )


def _of_today(hall_id: UUID, typed: str, at: datetime) -> Appointment:
    code, pin = read_typed(typed)
    day = at.astimezone(LOCAL).date()
    rows = Appointment.objects.select_for_update(of=("self",)).select_related("group").filter(hall_id=hall_id, day=day)
    known = (AppointmentState.BOOKED, AppointmentState.ARRIVED)
    found = rows.filter(**({"code": code} if code else {"pin": pin}), state__in=known).first() if code or pin else None
    if found is None:
        raise NoSuchAppointment
    return found
