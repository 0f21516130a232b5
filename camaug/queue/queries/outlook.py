"""What somebody who thinks of going to an office is told of its hall, by two questions however much happens there."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Avg, Count, FloatField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from camaug.kernel.clock import LOCAL
from camaug.queue.estimate import mean_minutes, waiting_minutes
from camaug.queue.models import Counter, Hall, ServiceGroup, Ticket
from camaug.queue.queries.halls import USUAL, last_services
from camaug.queue.slots import is_open
from camaug.worktime.queries import calendar_of


@dataclass(frozen=True, slots=True)
class Outlook:
    """`waiting`: how many wait, None where no numbers are given now; `minutes`: about how long, None where no counter
    is open; `books`: it takes appointments.
    """

    waiting: int | None
    minutes: int | None
    books: bool


def outlook(agency_id: UUID, *, at: datetime) -> Outlook | None:
    """Of the agency's hall; None where it has none. It says the same as `hall`."""
    day = at.astimezone(LOCAL).date()
    tickets, of_hall = Ticket.objects.of_day(agency_id, day), {"hall_id": OuterRef("pk")}
    row = (
        Hall.objects.filter(pk=agency_id)
        .annotate(
            ahead=_number(tickets.waiting()),
            busy=_number(Counter.objects.filter(in_use=True, shifts__closed_at=None, shifts__isnull=False, **of_hall)),
            took=ArraySubquery(last_services(tickets)),
            usual=_usual(ServiceGroup.objects.filter(in_use=True, **of_hall)),
        )
        .first()
    )
    if row is None:
        return None
    if not (row.open and is_open(calendar_of(agency_id, at=at), at)):
        return Outlook(None, None, row.books)
    mean = mean_minutes(row.took[::-1], float(row.usual))
    return Outlook(row.ahead, waiting_minutes(row.ahead, row.busy, mean), row.books)


def _number(rows: "QuerySet[Ticket] | QuerySet[Counter]") -> Coalesce:
    return Coalesce(Subquery(rows.order_by().values("hall").annotate(number=Count("pk")).values("number")), 0)


def _usual(groups: "QuerySet[ServiceGroup]") -> Coalesce:
    mean = Subquery(groups.order_by().values("hall").annotate(mean=Avg("usual_minutes")).values("mean"))
    return Coalesce(mean, Value(float(USUAL)), output_field=FloatField())
