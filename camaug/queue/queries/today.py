"""A hall's day as its head sees it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Avg, Count, F, Max, Q
from django.db.models.functions import Coalesce

from camaug.kernel.clock import LOCAL
from camaug.queue.lifecycle import AppointmentState, TicketState
from camaug.queue.models import Appointment, Ticket
from camaug.queue.queries.halls import CounterView, HallView, hall


@dataclass(frozen=True, slots=True)
class CounterDay:
    """A counter today: whom it has now, how many it served, how many minutes each took (None: nobody yet)."""

    counter: CounterView
    now: str
    served: int
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Today:
    """Numbers of the day by state; waits in minutes: the mean until the call, the longest, of those still waiting."""

    hall: HallView
    taken: int
    waiting: int
    served: int
    missed: int
    left: int
    mean_wait: int | None
    longest_wait: int | None
    waiting_since: datetime | None
    counters: tuple[CounterDay, ...]
    booked: int
    arrived: int


def today(agency_id: UUID, *, at: datetime) -> Today:
    """The day of the hall so far; NotFound."""
    day = at.astimezone(LOCAL).date()
    tickets = Ticket.objects.of_day(agency_id, day)
    states = dict(tickets.values_list("state").annotate(Count("id")))
    wait = tickets.filter(called_at__isnull=False).aggregate(
        mean=Avg(F("called_at") - F("taken_at")), longest=Max(F("called_at") - F("taken_at"))
    )
    oldest = tickets.waiting().order_by("taken_at").values_list("taken_at", flat=True).first()
    here = hall(agency_id, at=at)
    booked = Appointment.objects.filter(hall_id=agency_id, day=day).exclude(state=AppointmentState.CANCELLED)
    return Today(
        hall=here,
        taken=sum(states.values()),
        waiting=states.get(TicketState.WAITING, 0),
        served=states.get(TicketState.SERVED, 0),
        missed=states.get(TicketState.MISSED, 0),
        left=states.get(TicketState.LEFT, 0),
        mean_wait=_minutes(wait["mean"]),
        longest_wait=_minutes(wait["longest"]),
        waiting_since=oldest,
        counters=_counters(agency_id, here, at),
        booked=booked.count(),
        arrived=booked.filter(state=AppointmentState.ARRIVED).count(),
    )


def _counters(agency_id: UUID, here: HallView, at: datetime) -> tuple[CounterDay, ...]:
    tickets = Ticket.objects.of_day(agency_id, at.astimezone(LOCAL).date())
    took = F("ended_at") - Coalesce("begun_at", "called_at")
    served = Q(state=TicketState.SERVED)
    rows = tickets.values("counter").annotate(count=Count("id", filter=served), mean=Avg(took, filter=served))
    done = {row["counter"]: (row["count"], row["mean"]) for row in rows}
    present = {row.counter_id: row.label for row in tickets.filter(state__in=[TicketState.CALLED, TicketState.SERVING])}
    return tuple(
        CounterDay(
            one, present.get(one.id, ""), done.get(one.id, (0, None))[0], _minutes(done.get(one.id, (0, None))[1])
        )
        for one in here.counters
    )


def _minutes(span: object) -> int | None:
    return round(span.total_seconds() / 60) if hasattr(span, "total_seconds") else None
