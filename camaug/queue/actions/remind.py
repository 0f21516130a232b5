from datetime import datetime, timedelta

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.events import record
from camaug.queue.events import AppointmentReminded
from camaug.queue.lifecycle import AppointmentState
from camaug.queue.models import Appointment

AHEAD = timedelta(hours=24)
BATCH = 200


@transaction.atomic
def remind(*, by: Actor, at: datetime) -> int:
    """Mark those who are to be told of tomorrow's appointment, `BATCH` at a time; returns how many.

    Who booked within the last day knows, and is not told again.
    """
    due = Appointment.objects.filter(
        state=AppointmentState.BOOKED, reminded_at=None, slot_at__gt=at, slot_at__lte=at + AHEAD
    )
    rows = list(due.select_for_update(skip_locked=True).order_by("slot_at")[:BATCH])
    for row in rows:
        row.reminded_at = at
        if row.made_at <= row.slot_at - AHEAD:
            fact = AppointmentReminded(subject=row.id, hall=row.hall_id, slot_at=row.slot_at.isoformat())
            record(fact, by=by, at=at)
    Appointment.objects.bulk_update(rows, ["reminded_at"])
    return len(rows)
