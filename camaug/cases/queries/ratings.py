"""Ratings as the office reads them: only of cases that have ended, so that no word weighs on one still under way."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from camaug.cases.lifecycle import FINISHED
from camaug.cases.models import Case, Rating, Satisfaction
from camaug.cases.policy import PERMISSIONS, READ_RATINGS
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.models import EventRecord
from camaug.kernel.paging import Page, page_of

RECENT = timedelta(days=90)
ROWS = 25


@dataclass(frozen=True, slots=True)
class RatingRow:
    """What was said of a case, without who said it. `hidden` says why the words are not shown; then they are empty.

    `moderated`: the reader may hide them or show them again.
    """

    code: str
    procedure: str
    satisfaction: Satisfaction
    words: str
    rated_at: datetime
    hidden: str = ""
    moderated: bool = False


@dataclass(frozen=True, slots=True)
class Ratings:
    """One page of ratings, the newest first, and how many said what in the last 90 days."""

    page: Page[RatingRow]
    recent: dict[Satisfaction, int]


def ratings(actor: Actor, *, at: datetime, said: str = "", token: str = "") -> Ratings:
    """The ratings of the agencies that the actor heads, and of cases that they had in their own hands."""
    seen = _readable(actor)
    listed = seen.filter(satisfaction=said) if said in Satisfaction else seen
    found = page_of(listed.select_related("case"), key="rated_at", token=token, size=ROWS, descending=True)
    counted = seen.filter(rated_at__gt=at - RECENT).order_by().values_list("satisfaction").annotate(n=Count("pk"))
    recent = dict(counted)
    return Ratings(
        page=Page(tuple(_row(rating, actor) for rating in found.rows), found.older, found.newer),
        recent={value: recent.get(value, 0) for value in Satisfaction},
    )


def _readable(actor: Actor) -> QuerySet[Rating]:
    headed = list(actor.units_of(READ_RATINGS.code))
    own = Q(case__competent_agency_id__in=headed) | Q(case__receiving_agency_id__in=headed)
    handled = EventRecord.objects.filter(subject_id=OuterRef("case_id"), actor_id=actor.account_id)
    seen = Case.objects.visible_to(actor).filter(state__in=list(FINISHED))
    return Rating.objects.filter(own | Exists(handled), case__in=seen)


def rating_of(actor: Actor, code: str) -> RatingRow:
    """The rating of one case; NotFound where there is none, where it has no words, or the actor may not read it."""
    rating = _readable(actor).exclude(words="").filter(case__code=code).select_related("case").first()
    if rating is None:
        raise NotFound
    return _row(rating, actor)


def _row(rating: Rating, actor: Actor) -> RatingRow:
    hidden = rating.hidden_at is not None
    may = bool(rating.words) and PERMISSIONS["cases.moderate_rating"].allows(actor, rating.case)
    return RatingRow(
        code=rating.case.code or "",
        procedure=definition(rating.case.version_id).plain_name,
        satisfaction=Satisfaction(rating.satisfaction),
        words="" if hidden else rating.words,
        rated_at=rating.rated_at,
        hidden=rating.hidden_note,
        moderated=may,
    )
