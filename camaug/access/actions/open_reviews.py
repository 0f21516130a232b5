from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from camaug.access.account_rules import AccountRules, rules_at
from camaug.access.events import AccessReviewOpened
from camaug.access.models import AccessReview, ReviewLine
from camaug.access.policy import ADMINISTER
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.events import record
from camaug.people.queries import directory, staff_of

_MONTH = timedelta(days=30.4375)


def open_reviews(*, by: Actor, at: datetime) -> int:
    """Open a review for each agency whose last one was opened so many months ago, or never; how many.

    An agency at a time, each in its own transaction; said again, it opens nothing more.
    """
    ADMINISTER.check(by, None)
    rules, day = rules_at(at), at.astimezone(LOCAL).date()
    lately = AccessReview.objects.filter(opened_at__gt=at - rules.review_months * _MONTH)
    had = {*lately.values_list("agency_id", flat=True)}
    had |= {*AccessReview.objects.filter(finished_at=None).values_list("agency_id", flat=True)}
    return sum(_open(one.id, rules, day, by, at) for one in directory(day) if one.id not in had)


def _open(agency_id: UUID, rules: AccountRules, day: date, by: Actor, at: datetime) -> bool:
    held = [one.position for one in staff_of([agency_id], at)]
    if not held:
        return False
    try:
        with transaction.atomic():
            review = AccessReview.objects.create(
                agency_id=agency_id, opened_at=at, due_date=day + timedelta(days=rules.review_days)
            )
            lines = [
                ReviewLine(
                    review=review,
                    position_id=one.id,
                    officer_id=one.officer_id,
                    officer_name=one.officer_name,
                    title=one.title,
                    role=role,
                )
                for one in held
                for role in sorted(one.roles)
            ]
            ReviewLine.objects.bulk_create(lines)
            told = AccessReviewOpened(subject=review.id, agency_id=agency_id, lines=len(lines), due_on=review.due_date)
            record(told, by=by, at=at)
    except IntegrityError:  # somebody opened it at the same time
        return False
    return True
