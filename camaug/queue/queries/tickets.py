"""One ticket as its holder sees it."""

from dataclasses import dataclass
from datetime import datetime

from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.people.queries import AgencyView, directory
from camaug.queue.estimate import waiting_minutes
from camaug.queue.lifecycle import LIFECYCLE, TicketState
from camaug.queue.models import PriorityGroup, Ticket
from camaug.queue.queries.halls import mean_of, named, open_counters, sharing


@dataclass(frozen=True, slots=True)
class TicketView:
    """A ticket. `before`: how many are called earlier; `minutes`: about how long yet, None where no counter is open."""

    code: str
    label: str
    state: str
    state_label: str
    agency: AgencyView
    group: str
    priority: str
    promised_at: datetime | None
    taken_at: datetime
    called_at: datetime | None
    counter: int | None
    before: int
    minutes: int | None
    today: bool


def ticket(code: str, *, at: datetime) -> TicketView:
    """The ticket of that code; NotFound."""
    row = Ticket.objects.select_related("group", "counter").filter(code=code).first()
    if row is None:
        raise NotFound
    day = at.astimezone(LOCAL).date()
    before, minutes = _ahead(row, at) if row.state == TicketState.WAITING and row.day == day else (0, None)
    first = PriorityGroup.objects.filter(code=row.priority).first() if row.priority else None
    return TicketView(
        code=row.code,
        label=row.label,
        state=row.state,
        state_label=str(LIFECYCLE.labels[TicketState(row.state)]),
        agency=directory(row.day).get(row.hall_id),
        group=named(row.group),
        priority=named(first) if first else "",
        promised_at=row.promised_at,
        taken_at=row.taken_at,
        called_at=row.called_at,
        counter=row.counter.number if row.counter else None,
        before=before,
        minutes=minutes,
        today=row.day == day,
    )


def _ahead(row: Ticket, at: datetime) -> tuple[int, int | None]:
    """Those whom the counters that serve this letter call earlier, and about how long that takes."""
    busy = [counter for counter in open_counters(row.hall_id) if counter.officer]
    if row.wanted_id:
        busy = [counter for counter in busy if counter.id == row.wanted_id]
    counters, letters = sharing(row.letter, busy)
    waiting = Ticket.objects.of_day(row.hall_id, row.day).waiting()
    in_line = waiting if letters is None else waiting.filter(letter__in=letters)
    order = list(in_line.in_turn(at=at, counter=row.wanted_id).values_list("id", flat=True))
    before = order.index(row.id) if row.id in order else 0
    groups = row.hall.groups.filter(in_use=True)
    return before, waiting_minutes(before, counters, mean_of(row.hall_id, row.day, groups))
