from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, Q

from camaug.access.events import AccessReviewReminded
from camaug.access.models import AccessReview
from camaug.access.policy import ADMINISTER
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.events import record

SOON, PAUSE = timedelta(days=7), timedelta(days=7)


def remind_of_reviews(*, by: Actor, at: datetime) -> int:
    """Remind of reviews whose day comes within a week or is past, once a week; how many."""
    ADMINISTER.check(by, None)
    day = at.astimezone(LOCAL).date()
    due = AccessReview.objects.filter(finished_at=None, due_date__lte=day + SOON)
    due = due.filter(Q(reminded_at=None) | Q(reminded_at__lte=at - PAUSE))
    with transaction.atomic():
        rows = list(due.select_for_update(skip_locked=True))
        waiting = dict(
            AccessReview.objects.filter(pk__in=[row.pk for row in rows])
            .annotate(n=Count("lines", filter=Q(lines__decision="")))
            .values_list("pk", "n")
        )
        AccessReview.objects.filter(pk__in=list(waiting)).update(reminded_at=at)
        for row in rows:
            told = AccessReviewReminded(
                subject=row.pk, agency_id=row.agency_id, waiting=waiting[row.pk], due_on=row.due_date
            )
            record(told, by=by, at=at)
    return len(rows)
