"""What applicants said in a period, by agency and by officer; who said it is never told.

A rating counts at the agency that decided the case, and with every officer of the agencies asked who moved the case in
that post, so that the lines of officers do not add up to those of agencies.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet

from camaug.cases.lifecycle import RATEABLE
from camaug.cases.models import Case, Rating, Satisfaction
from camaug.cases.queries.reports.asked import Asked
from camaug.cases.queries.reports.window import Window
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor
from camaug.kernel.models import EventRecord
from camaug.kernel.paging import Page, page_of
from camaug.kernel.text import name_sort_key
from camaug.people.queries import holder_names

BATCH = 2000
ROWS = 50


@dataclass(frozen=True, slots=True)
class Said:
    """How many said what."""

    very_satisfied: int = 0
    satisfied: int = 0
    not_satisfied: int = 0

    @property
    def total(self) -> int:
        """How many rated."""
        return self.very_satisfied + self.satisfied + self.not_satisfied

    @property
    def content(self) -> float | None:
        """The share of the satisfied and very satisfied; None where nobody rated."""
        return (self.very_satisfied + self.satisfied) / self.total if self.total else None


@dataclass(frozen=True, slots=True)
class OfficerSaid:
    """A post with its holder's name, and what was said of the cases that were moved in it."""

    post: UUID
    name: str
    said: Said


@dataclass(frozen=True, slots=True)
class RatedRow:
    """A rating without who gave it; `words` only where the reader takes part in the case and nobody hid them."""

    code: str
    procedure: str
    agency_id: UUID | None
    satisfaction: Satisfaction
    rated_at: datetime
    words: str
    visible: bool


def ratings_in(asked: Asked, window: Window, *, said: str = "", post: UUID | None = None) -> QuerySet[Rating]:
    """The ratings of a period: those that a number counts, and those that its list shows."""
    found = Rating.objects.filter(rated_at__gte=window.start, rated_at__lt=window.end, case__state__in=list(RATEABLE))
    if said:
        found = found.filter(satisfaction=said)
    if asked.field:
        found = found.filter(case__version__field_id=asked.field)
    if asked.procedure:
        found = found.filter(case__procedure__code=asked.procedure)
    if post is not None:
        moved = EventRecord.objects.filter(post_id=post, subject_id__in=found.values("case_id"), **_units(asked))
        return found.filter(case_id__in=moved.values("subject_id"))
    return found if asked.agencies is None else found.filter(case__competent_agency_id__in=asked.agencies)


def said_by_agency(asked: Asked, window: Window) -> dict[UUID, Said]:
    """By the agency that decided."""
    rows = ratings_in(asked, window).order_by().values_list("case__competent_agency_id", "satisfaction")
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    for agency, said, number in rows.annotate(n=Count("pk")):
        found[agency][said] = number
    return {agency: _said(numbers) for agency, numbers in found.items()}


def said_by_officer(asked: Asked, window: Window) -> tuple[OfficerSaid, ...]:
    """By the post in which an officer of these agencies moved the case; four queries, whatever the number of cases."""
    found: dict[UUID, dict[str, int]] = defaultdict(dict)
    everywhere = Asked(None, asked.field, asked.procedure)
    for said in Satisfaction:
        cases = ratings_in(everywhere, window, said=said).values("case_id")
        moved = EventRecord.objects.filter(post_id__isnull=False, subject_id__in=cases, **_units(asked))
        for post, number in moved.order_by().values_list("post_id").annotate(n=Count("subject_id", distinct=True)):
            found[post][said] = number
    names = holder_names(found)
    lines = (OfficerSaid(post, names.get(post, ""), _said(numbers)) for post, numbers in found.items())
    return tuple(sorted(lines, key=lambda one: (-one.said.total, name_sort_key(one.name))))


def ratings_listed(
    asked: Asked, window: Window, *, said: str, post: UUID | None, actor: Actor, token: str = ""
) -> Page[RatedRow]:
    """One screen of ratings, the newest first."""
    found = ratings_in(asked, window, said=said, post=post).select_related("case")
    page = page_of(found, key="rated_at", token=token, size=ROWS, descending=True)
    return Page(tuple(_rows(page.rows, actor)), page.older, page.newer)


def _rows(ratings: Sequence[Rating], actor: Actor) -> Iterator[RatedRow]:
    ids = [rating.case_id for rating in ratings]
    seen = set(Case.objects.visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True))
    for rating in ratings:
        shown = rating.case_id in seen and rating.hidden_at is None
        yield RatedRow(
            code=rating.case.code or "",
            procedure=definition(rating.case.version_id).plain_name,
            agency_id=rating.case.competent_agency_id,
            satisfaction=Satisfaction(rating.satisfaction),
            rated_at=rating.rated_at,
            words=rating.words if shown else "",
            visible=rating.case_id in seen,
        )


def _units(asked: Asked) -> dict[str, Any]:
    return {} if asked.agencies is None else {"unit_id__in": asked.agencies}


def _said(numbers: dict[str, int]) -> Said:
    return Said(**{str(value).lower(): numbers.get(value, 0) for value in Satisfaction})
