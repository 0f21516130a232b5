from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.events import record
from camaug.queue.actions.at_counter import end, moved
from camaug.queue.events import TicketMissed
from camaug.queue.models import Ticket


@transaction.atomic
def miss(ticket_id: UUID, *, by: Actor, at: datetime) -> Ticket:
    """Nobody came. Whoever comes later may be called again. NotFound, WrongState, NotAtThisCounter."""
    shift, ticket = moved(ticket_id, "miss", by=by)
    end(ticket, at)
    counter = shift.counter
    fact = TicketMissed(subject=ticket.id, hall=ticket.hall_id, number=ticket.label, counter=counter.number)
    record(fact, by=by, at=at)
    return ticket
