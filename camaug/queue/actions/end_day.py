from datetime import date, datetime

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.events import record_all
from camaug.queue.events import AppointmentMissed, CounterClosed, TicketLeft, TicketServed
from camaug.queue.lifecycle import AppointmentState, TicketState
from camaug.queue.models import Appointment, Shift, Ticket


@transaction.atomic
def end_day(day: date, *, by: Actor, at: datetime) -> None:
    """Close what is left open of a day and those before: counters, numbers, appointments nobody came to."""
    _end_tickets(day, by=by, at=at)
    _close_counters(day, by=by, at=at)
    missed = list(Appointment.objects.select_for_update().filter(day__lte=day, state=AppointmentState.BOOKED))
    record_all(
        [AppointmentMissed(subject=a.id, hall=a.hall_id, slot_at=a.slot_at.isoformat()) for a in missed], by=by, at=at
    )
    Appointment.objects.filter(pk__in=[a.pk for a in missed]).update(state=AppointmentState.MISSED)


def _end_tickets(day: date, *, by: Actor, at: datetime) -> None:
    left = list(Ticket.objects.select_for_update().waiting().filter(day__lte=day))
    present = Ticket.objects.select_for_update(of=("self",)).select_related("counter")
    served = list(present.filter(day__lte=day, state__in=[TicketState.CALLED, TicketState.SERVING]))
    events = [TicketLeft(subject=one.id, hall=one.hall_id, number=one.label) for one in left]
    done = [
        TicketServed(subject=one.id, hall=one.hall_id, number=one.label, counter=one.counter.number)
        for one in served
        if one.counter
    ]
    record_all([*events, *done], by=by, at=at)
    Ticket.objects.filter(pk__in=[one.pk for one in left]).update(state=TicketState.LEFT, ended_at=at)
    Ticket.objects.filter(pk__in=[one.pk for one in served]).update(state=TicketState.SERVED, ended_at=None)


def _close_counters(day: date, *, by: Actor, at: datetime) -> None:
    open_ones = Shift.objects.select_for_update(of=("self",)).select_related("counter")
    rows = list(open_ones.filter(closed_at=None, opened_at__date__lte=day))
    facts = [CounterClosed(subject=s.counter.id, hall=s.counter.hall_id, counter=s.counter.number) for s in rows]
    record_all(facts, by=by, at=at)
    Shift.objects.filter(pk__in=[row.pk for row in rows]).update(closed_at=at)
