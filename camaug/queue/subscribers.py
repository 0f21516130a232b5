"""Tells people about their appointments."""

from collections.abc import Sequence

from django.urls import reverse

from camaug.kernel.actors import SYSTEM
from camaug.kernel.dispatch import subscribe
from camaug.kernel.models import EventRecord
from camaug.notify.actions.tell import Recipient, tell
from camaug.notify.notices import Notice
from camaug.people.queries import directory
from camaug.queue.events import (
    AppointmentBooked,
    AppointmentCancelled,
    AppointmentCodeAsked,
    AppointmentMoved,
    AppointmentReminded,
)
from camaug.queue.models import Appointment
from camaug.queue.notices import BOOKED, CANCELLED, CODE, MOVED, REMINDER

_NEWS: dict[str, Notice] = {
    AppointmentBooked.name: BOOKED,
    AppointmentMoved.name: MOVED,
    AppointmentCancelled.name: CANCELLED,
    AppointmentReminded.name: REMINDER,
    AppointmentCodeAsked.name: CODE,
}


@subscribe("queue.tell", to=tuple(_NEWS))
def tell_people(rows: Sequence[EventRecord]) -> None:
    """Each event is told to the telephone and the account of its appointment; erased ones have none."""
    known = Appointment.objects.select_related("group").in_bulk([row.subject_id for row in rows])
    for row in rows:
        if row.subject_id in known:
            _tell(known[row.subject_id], row)


def _tell(appointment: Appointment, row: EventRecord) -> None:
    office = directory(appointment.day).get(appointment.hall_id)
    tell(
        _NEWS[row.name],
        fact=row.id,
        to=Recipient(account_id=appointment.account_id, phone=appointment.phone),
        words={
            "time": appointment.slot_at,
            "pin": f"{appointment.pin[:3]} {appointment.pin[3:]}",
            "key": appointment.code,
            "office": {"vi": office.name, "en": office.name_en or office.name},
            "service": {"vi": appointment.group.name, "en": appointment.group.name_en or appointment.group.name},
        },
        by=SYSTEM,
        at=row.at,
        link=reverse("queue:appointment", args=[appointment.code]),
        subject_id=appointment.id,
    )
