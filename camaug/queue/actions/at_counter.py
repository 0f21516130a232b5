"""What all moves at a counter share: the shift that is locked, the ticket that is locked, who may."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.queue.lifecycle import AT_COUNTER, LIFECYCLE, TicketState
from camaug.queue.models import Shift, Ticket
from camaug.queue.policy import SERVE


class NotAtThisCounter(DomainError):
    """The number is being served by somebody else."""

    sentence = _("Number {number} is at another counter.")


class CounterBusy(DomainError):
    """One person at a time stands at a counter."""

    sentence = _("Number {number} is still at your counter. Finish with it first.")


def own_shift(*, by: Actor) -> Shift:
    """The officer's open shift, locked, so that two presses of one key follow one another; NotFound where none is."""
    shifts = Shift.objects.select_for_update(of=("self",)).select_related("counter")
    shift = shifts.filter(account_id=by.account_id, closed_at=None).first() if by.account_id else None
    if shift is None:
        raise NotFound
    SERVE.check(by, shift.counter.hall_id)
    return shift


def person_at(shift: Shift) -> Ticket | None:
    """Whoever is called to or served at the counter, locked."""
    return Ticket.objects.select_for_update().filter(counter=shift.counter, state__in=AT_COUNTER).first()


def moved(ticket_id: UUID, move: str, *, by: Actor) -> tuple[Shift, Ticket]:
    """The officer's shift and the ticket, locked, with its new state set but not saved.

    NotFound for a ticket of another hall, WrongState, NotAtThisCounter.
    """
    shift = own_shift(by=by)
    ticket = Ticket.objects.select_for_update().filter(pk=ticket_id, hall_id=shift.counter.hall_id).first()
    if ticket is None:
        raise NotFound
    here = ticket.counter_id == shift.counter_id
    if ticket.state in AT_COUNTER and not here:
        raise NotAtThisCounter(number=ticket.label)
    ticket.state = LIFECYCLE.after(move, TicketState(ticket.state))
    return shift, ticket


def end(ticket: Ticket, at: datetime) -> None:
    """Save a ticket whose way has ended."""
    ticket.ended_at = at
    ticket.save(update_fields=["state", "ended_at"])
