from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.queue.actions.at_counter import CounterBusy, moved, person_at
from camaug.queue.actions.call_next import call_to
from camaug.queue.models import Ticket


@transaction.atomic
def call_again(ticket_id: UUID, *, by: Actor, at: datetime) -> Ticket:
    """Call the person once more, or one who missed the call and has come after all. CounterBusy, WrongState."""
    shift, ticket = moved(ticket_id, "call_again", by=by)
    present = person_at(shift)
    if present is not None and present.pk != ticket.pk:
        raise CounterBusy(number=present.label)
    call_to(shift.counter, ticket, by=by, at=at)
    return ticket
