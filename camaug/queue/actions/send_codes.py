from datetime import datetime

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.events import record
from camaug.queue.events import AppointmentCodeAsked
from camaug.queue.lifecycle import AppointmentState
from camaug.queue.models import Appointment


@transaction.atomic
def send_codes(phone: str, *, by: Actor, at: datetime) -> None:
    """Have the codes of the appointments to come sent to the telephone with which they were booked; none: nothing."""
    coming = Appointment.objects.filter(phone=phone, state=AppointmentState.BOOKED, slot_at__gt=at)
    for row in coming.order_by("slot_at"):
        record(AppointmentCodeAsked(subject=row.id, hall=row.hall_id, slot_at=row.slot_at.isoformat()), by=by, at=at)
