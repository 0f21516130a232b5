from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.queue.actions.book import free_pin, free_place, locked_hall
from camaug.queue.events import AppointmentMoved
from camaug.queue.lifecycle import AppointmentState
from camaug.queue.models import Appointment


class AppointmentOver(DomainError):
    """Only an appointment that is still to come can be changed."""

    sentence = _("This appointment can no longer be changed.")


@transaction.atomic
def move_appointment(code: str, *, slot_at: datetime, by: Actor, at: datetime) -> Appointment:
    """Move it to another half hour; its code stays, the digits for the kiosk change with the day.

    Whoever holds the code may. NotFound, AppointmentOver, SlotTaken.
    """
    appointment = to_come(code, at=at)
    before, day = appointment.slot_at, slot_at.astimezone(LOCAL).date()
    if before == slot_at:
        return appointment
    appointment.place = free_place(appointment.hall, appointment.group, slot_at, at=at)
    if day != appointment.day:
        appointment.pin = free_pin(appointment.hall, slot_at)
    appointment.slot_at, appointment.day, appointment.reminded_at = slot_at, day, None
    appointment.save(update_fields=["place", "pin", "slot_at", "day", "reminded_at"])
    fact = AppointmentMoved(
        subject=appointment.id, hall=appointment.hall_id, before=before.isoformat(), slot_at=slot_at.isoformat()
    )
    record(fact, by=by, at=at)
    return appointment


def to_come(code: str, *, at: datetime) -> Appointment:
    """The appointment with its hall, both locked, while it can still be changed; NotFound, AppointmentOver."""
    known = Appointment.objects.filter(code=code).first()
    if known is None:
        raise NotFound
    hall = locked_hall(known.hall_id)
    appointment = Appointment.objects.select_for_update(of=("self",)).select_related("group").get(pk=known.pk)
    if appointment.state != AppointmentState.BOOKED or appointment.slot_at <= at:
        raise AppointmentOver
    appointment.hall = hall
    return appointment
