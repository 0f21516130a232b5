from datetime import datetime

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record
from camaug.queue.events import TicketLeft
from camaug.queue.lifecycle import LIFECYCLE, TicketState
from camaug.queue.models import Ticket


@transaction.atomic
def leave_queue(code: str, *, by: Actor, at: datetime) -> Ticket:
    """Give the number up; whoever holds its code may. NotFound, WrongState."""
    ticket = Ticket.objects.select_for_update().filter(code=code).first()
    if ticket is None:
        raise NotFound
    ticket.state = LIFECYCLE.after("leave_queue", TicketState(ticket.state))
    ticket.ended_at = at
    ticket.save(update_fields=["state", "ended_at"])
    record(TicketLeft(subject=ticket.id, hall=ticket.hall_id, number=ticket.label), by=by, at=at)
    return ticket
