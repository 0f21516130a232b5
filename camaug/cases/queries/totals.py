"""Figures over all cases."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F

from camaug.cases.lifecycle import State
from camaug.cases.models import Case
from camaug.cases.queries.figures import by_month, total
from camaug.kernel.clock import LOCAL


@dataclass(frozen=True, slots=True)
class Today:
    """What the home page tells: cases sent today; percent decided on time this month (None: none decided), and the mean
    time from sending to reception this month (None: none received).
    """

    sent: int
    on_time_percent: float | None
    until_received: timedelta | None


def today(*, at: datetime) -> Today:
    """The province's figures of the day and the month; on time as all reports count it."""
    local = at.astimezone(LOCAL)
    midnight = datetime.combine(local.date(), time.min, LOCAL)
    month = midnight.replace(day=1)
    sent = Case.objects.filter(submitted_at__gte=midnight).count()
    this_month = total(by_month(month.date(), local.date() + timedelta(days=1)).values())
    waited = ExpressionWrapper(F("received_at") - F("submitted_at"), output_field=DurationField())
    until = Case.objects.filter(received_at__gte=month).aggregate(mean=Avg(waited))["mean"]
    share = this_month.timely_share
    return Today(sent=sent, on_time_percent=None if share is None else 100 * share, until_received=until)


def most_used(*, at: datetime, days: int = 30, limit: int = 5) -> tuple[str, ...]:
    """The codes of the procedures most asked for in the last days, the most frequent first."""
    recent = Case.objects.filter(submitted_at__gte=at - timedelta(days=days))
    counted = recent.values("procedure__code").annotate(n=Count("id")).order_by("-n", "procedure__code")
    return tuple(row["procedure__code"] for row in counted[:limit])


def stats() -> dict[str, int]:
    """How many cases stand in each state, every state named."""
    found = dict(Case.objects.values_list("state").annotate(n=Count("id")))
    return {state: int(found.get(state, 0)) for state in State}
