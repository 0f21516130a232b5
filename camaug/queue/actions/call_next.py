from datetime import datetime

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.events import record
from camaug.queue.actions.at_counter import CounterBusy, end, own_shift, person_at
from camaug.queue.events import TicketCalled, TicketServed
from camaug.queue.lifecycle import LIFECYCLE, TicketState
from camaug.queue.models import Counter, Shift, Ticket


@transaction.atomic
def call_next(*, by: Actor, at: datetime) -> Ticket | None:
    """Call whoever's turn it is to the officer's counter; None where nobody waits. Who is being served there is done.

    CounterBusy while a called person has neither come nor been given up. Rows that another counter is just taking are
    passed over, so that one number never goes to two counters and no counter waits for another.
    """
    shift = own_shift(by=by)
    _finish_present(shift, by=by, at=at)
    counter = shift.counter
    day = at.astimezone(LOCAL).date()
    waiting = Ticket.objects.of_day(counter.hall_id, day).waiting().for_counter(counter.id, counter.letters)
    ticket = waiting.in_turn(at=at, counter=counter.id).select_for_update(skip_locked=True).first()
    if ticket is None:
        return None
    called: Ticket = ticket
    called.state = LIFECYCLE.after("call", TicketState(called.state))
    call_to(counter, called, by=by, at=at)
    return called


def call_to(counter: Counter, ticket: Ticket, *, by: Actor, at: datetime) -> None:
    """The inside of calling, for the first time or again."""
    again = ticket.calls > 0 and ticket.wanted_id is None
    ticket.counter, ticket.served_by_id, ticket.wanted = counter, by.account_id, None
    ticket.called_at, ticket.begun_at, ticket.ended_at, ticket.calls = at, None, None, ticket.calls + 1
    ticket.save()
    fact = TicketCalled(
        subject=ticket.id, hall=counter.hall_id, number=ticket.label, counter=counter.number, again=again
    )
    record(fact, by=by, at=at)


def _finish_present(shift: Shift, *, by: Actor, at: datetime) -> None:
    present = person_at(shift)
    if present is None:
        return
    if present.state == TicketState.CALLED:
        raise CounterBusy(number=present.label)
    present.state = TicketState.SERVED
    end(present, at)
    counter = shift.counter
    fact = TicketServed(subject=present.id, hall=counter.hall_id, number=present.label, counter=counter.number)
    record(fact, by=by, at=at)
