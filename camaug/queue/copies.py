"""What people may take away of the waiting hall: appointments that they made with their account, and their numbers."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.copying import Line, Section, joined, owner
from camaug.people.queries import directory
from camaug.queue.models import Appointment, Ticket


def _appointments(actor: Actor, _at: datetime) -> Iterator[Line]:
    for row in Appointment.objects.filter(account_id=owner(actor)).order_by("slot_at", "id"):
        agencies = directory(row.day)
        agency = agencies.get(row.hall_id).name if row.hall_id in agencies else ""
        told = {
            "code": row.code,
            "agency": agency,
            "procedure": row.procedure,
            "state": row.state,
            "name": row.name,
            "phone": row.phone,
            "made_at": row.made_at,
        }
        yield Line(row.slot_at, joined(agency, row.code, row.name, row.phone), told)


def _tickets(actor: Actor, _at: datetime) -> Iterator[Line]:
    for row in Ticket.objects.filter(appointment__account_id=owner(actor)).order_by("taken_at", "id"):
        told = {"number": row.label, "state": row.state, "called_at": row.called_at, "ended_at": row.ended_at}
        yield Line(row.taken_at, row.label, told)


COPIES = {
    "appointments": Section(_("Appointments"), ("queue.Appointment",), _appointments),
    "queue_numbers": Section(_("Queue numbers"), ("queue.Ticket",), _tickets),
}
