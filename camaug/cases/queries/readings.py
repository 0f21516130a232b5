"""Who looked at one's data."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from camaug.behalf.queries import helper_names
from camaug.cases.models import Case, How, ListReading, Reading, Why
from camaug.cases.sought import prints_of
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.queries import definition
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.paging import Page, page_of
from camaug.people.queries import directory, person, post_titles

ROWS = 50
SEARCHES = 20


@dataclass(frozen=True, slots=True)
class ReadingView:
    """An officer's look: in which agency and post, on which day first, why and how; at which case, None: at what the
    register says of the person. A helper's: his name and the mandate.
    """

    at: datetime
    agency: str
    post: str
    why: Why
    how: How
    case_id: UUID | None
    code: str
    procedure: Definition | None
    helper: str = ""
    mandate_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class SearchView:
    """An officer searched for exactly the citizen's personal number or telephone: in which agency and post, when."""

    at: datetime
    agency: str
    post: str


def searches_of(actor: Actor, *, count: int = SEARCHES) -> tuple[SearchView, ...]:
    """Who searched for the citizen's own numbers, the latest first: found by keyed hashes, the words are closed."""
    if actor.proven_id is None:
        return ()
    own = person(actor.proven_id)
    prints = prints_of(own.personal_number, own.phone)
    rows = ListReading.objects.filter(number_print__in=prints).order_by("-at", "-id")[:count] if prints else ()
    titles: dict[UUID | None, str] = dict(post_titles({row.post_id for row in rows}).items())
    return tuple(SearchView(row.at, _agency(row.unit_id, _day(row.at)), titles.get(row.post_id, "")) for row in rows)


def readings_of(actor: Actor, *, token: str = "", size: int = ROWS) -> Page[ReadingView]:
    """Who looked at the citizen's cases and at the citizen's entry in the register, the latest first."""
    own = Q(subject_id__in=Case.objects.visible_to(actor).values("pk"))
    about = own | Q(subject_id=actor.proven_id) if actor.proven_id else own
    page = page_of(Reading.objects.filter(about), key="at", token=token, size=size, descending=True)
    return Page(_views(page.rows), page.older, page.newer)


def _views(rows: tuple[Reading, ...]) -> tuple[ReadingView, ...]:
    cases = Case.objects.only("id", "code", "version_id").in_bulk({row.subject_id for row in rows})
    titles: dict[UUID | None, str] = dict(post_titles({row.post_id for row in rows if row.post_id}).items())
    helpers = helper_names({row.mandate_id for row in rows if row.mandate_id})
    return tuple(
        _view(row, cases.get(row.subject_id), titles.get(row.post_id, ""), helpers.get(row.mandate_id, ""))
        for row in rows
    )


def _view(row: Reading, case: Case | None, post: str, helper: str) -> ReadingView:
    return ReadingView(
        at=row.at,
        agency=_agency(row.unit_id, row.day),
        post=post,
        why=Why(row.why),
        how=How(row.how),
        case_id=case.id if case else None,
        code=(case.code or "") if case else "",
        procedure=definition(case.version_id) if case else None,
        helper=helper,
        mandate_id=row.mandate_id,
    )


def _agency(unit_id: UUID | None, day: date) -> str:
    agencies = directory(day)
    return agencies.get(unit_id).name if unit_id and unit_id in agencies else ""


def _day(at: datetime) -> date:
    return at.astimezone(LOCAL).date()
