from datetime import datetime

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.events import record
from camaug.queue.actions.move_appointment import to_come
from camaug.queue.events import AppointmentCancelled
from camaug.queue.lifecycle import AppointmentState
from camaug.queue.models import Appointment


@transaction.atomic
def cancel_appointment(code: str, *, by: Actor, at: datetime) -> Appointment:
    """Give the place back; whoever holds the code may. NotFound, AppointmentOver."""
    appointment = to_come(code, at=at)
    appointment.state = AppointmentState.CANCELLED
    appointment.save(update_fields=["state"])
    fact = AppointmentCancelled(
        subject=appointment.id, hall=appointment.hall_id, slot_at=appointment.slot_at.isoformat()
    )
    record(fact, by=by, at=at)
    return appointment
