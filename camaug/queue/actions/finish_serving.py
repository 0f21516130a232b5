from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.events import record
from camaug.queue.actions.at_counter import end, moved
from camaug.queue.events import TicketServed
from camaug.queue.models import Ticket


@transaction.atomic
def finish_serving(ticket_id: UUID, *, by: Actor, at: datetime) -> Ticket:
    """The person is done. NotFound, WrongState, NotAtThisCounter."""
    shift, ticket = moved(ticket_id, "finish_serving", by=by)
    end(ticket, at)
    counter = shift.counter
    fact = TicketServed(subject=ticket.id, hall=ticket.hall_id, number=ticket.label, counter=counter.number)
    record(fact, by=by, at=at)
    return ticket
