from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record
from camaug.queue.actions.at_counter import moved
from camaug.queue.events import TicketTransferred
from camaug.queue.models import Counter, Ticket


class NoSuchCounter(DomainError):
    """A person is passed on to another counter of the hall that is in use."""

    sentence = _("Choose another counter of this hall.")


@transaction.atomic
def transfer(ticket_id: UUID, *, to: int, by: Actor, at: datetime) -> Ticket:
    """Pass the person on to the counter of that number, which calls them next. NoSuchCounter, WrongState."""
    shift, ticket = moved(ticket_id, "transfer", by=by)
    counter = shift.counter
    wanted = Counter.objects.filter(hall_id=counter.hall_id, number=to, in_use=True).exclude(pk=counter.pk).first()
    if wanted is None:
        raise NoSuchCounter
    ticket.counter, ticket.wanted, ticket.served_by, ticket.begun_at = None, wanted, None, None
    ticket.save(update_fields=["state", "counter", "wanted", "served_by", "begun_at"])
    fact = TicketTransferred(subject=ticket.id, hall=ticket.hall_id, number=ticket.label, counter=counter.number, to=to)
    record(fact, by=by, at=at)
    return ticket
