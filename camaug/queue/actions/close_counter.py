from datetime import datetime

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.events import record
from camaug.queue.actions.at_counter import CounterBusy, own_shift, person_at
from camaug.queue.events import CounterClosed
from camaug.queue.models import Ticket


@transaction.atomic
def close_counter(*, by: Actor, at: datetime) -> None:
    """Leave the counter; who was passed on to it waits for any. CounterBusy while somebody stands there, NotFound."""
    shift = own_shift(by=by)
    present = person_at(shift)
    if present is not None:
        raise CounterBusy(number=present.label)
    shift.closed_at = at
    shift.save(update_fields=["closed_at"])
    Ticket.objects.waiting().filter(wanted=shift.counter).update(wanted=None)
    counter = shift.counter
    record(CounterClosed(subject=counter.id, hall=counter.hall_id, counter=counter.number), by=by, at=at)
