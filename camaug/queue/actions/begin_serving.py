from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.events import record
from camaug.queue.actions.at_counter import moved
from camaug.queue.events import ServingBegun
from camaug.queue.models import Ticket


@transaction.atomic
def begin_serving(ticket_id: UUID, *, by: Actor, at: datetime) -> Ticket:
    """The called person has come. NotFound, WrongState, NotAtThisCounter."""
    shift, ticket = moved(ticket_id, "begin_serving", by=by)
    ticket.begun_at = at
    ticket.save(update_fields=["state", "begun_at"])
    counter = shift.counter
    fact = ServingBegun(subject=ticket.id, hall=ticket.hall_id, number=ticket.label, counter=counter.number)
    record(fact, by=by, at=at)
    return ticket
