from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from camaug.access.account_rules import AccountRules, rules_at
from camaug.access.events import AccessReviewOpened
from camaug.access.models import AccessReview, LineKind, ReviewLine
from camaug.access.policy import ADMINISTER
from camaug.access.reviewing import Held, by_agency
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.events import record
from camaug.people.queries import PositionView, directory, staff_of

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
    beside = by_agency(at=at)
    return sum(
        _open(one.id, beside.get(one.id, []), rules, day, by=by, at=at) for one in directory(day) if one.id not in had
    )


def _open(
    agency_id: UUID,
    beside: Sequence[tuple[LineKind, Held]],
    rules: AccountRules,
    day: date,
    *,
    by: Actor,
    at: datetime,
) -> bool:
    posts = [one.position for one in staff_of([agency_id], at)]
    if not posts and not beside:
        return False
    try:
        with transaction.atomic():
            review = AccessReview.objects.create(
                agency_id=agency_id, opened_at=at, due_date=day + timedelta(days=rules.review_days)
            )
            lines = [*_of_roles(review, posts), *(_beside(review, kind, held) for kind, held in beside)]
            ReviewLine.objects.bulk_create(lines)
            told = AccessReviewOpened(subject=review.id, agency_id=agency_id, lines=len(lines), due_on=review.due_date)
            record(told, by=by, at=at)
    except IntegrityError:  # somebody opened it at the same time
        return False
    return True


def _of_roles(review: AccessReview, posts: Iterable[PositionView]) -> Iterator[ReviewLine]:
    for one in posts:
        for role in sorted(one.roles):
            yield ReviewLine(
                review=review,
                position_id=one.id,
                officer_id=one.officer_id,
                officer_name=one.officer_name,
                title=one.title,
                role=role,
            )


def _beside(review: AccessReview, kind: LineKind, held: Held) -> ReviewLine:
    return ReviewLine(
        review=review,
        kind=kind,
        held_id=held.id,
        officer_id=held.officer_id,
        officer_name=held.officer_name,
        title=held.title,
        role=held.role,
        about=held.about,
        until_at=held.until_at,
    )
