"""Agencies as administrators see them: also those that have ended or are still to come."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.kernel.history import revision_of
from camaug.kernel.paging import Page, page_by_text
from camaug.kernel.text import fold
from camaug.people.models import Agency, AgencyTerm, Position
from camaug.people.numbers import display_phone
from camaug.people.queries.directory import AgencyView, directory
from camaug.people.queries.matching import searchable

ROWS = 50
OFFICERS_SHOWN = 100
STATES = ("now", "coming", "closed")


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """One line of the list; `units` and `officers` are what it has today."""

    id: UUID
    code: str
    name: str
    kind: str
    level: str
    parent: str
    units: int
    officers: int
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class TermView:
    """What held, holds or will hold of an agency from a day on."""

    valid_from: date
    valid_until: date | None
    name: str
    short_name: str
    name_en: str
    kind: str
    kind_code: str
    level: str
    level_code: str
    parent_id: UUID | None
    parent: str
    place_code: str
    place: str
    address: str
    phone: str
    email: str
    hours: str


@dataclass(frozen=True, slots=True)
class HolderRow:
    """A position in the agency and who holds it."""

    officer_id: UUID
    name: str
    title: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfficePage:
    """All about one agency. `term` is what holds today, else the next, else the last; `state` one of STATES."""

    id: UUID
    code: str
    code_is_placeholder: bool
    state: str
    valid_from: date
    valid_until: date | None
    term: TermView
    terms: tuple[TermView, ...]
    above: tuple[AgencyView, ...]
    units: tuple[AgencyView, ...]
    holders: tuple[HolderRow, ...]
    officers: int
    revision: int


def offices(
    *,
    at: datetime,
    words: str = "",
    kind: str = "",
    state: str = "now",
    under: UUID | None = None,
    top: bool = False,
    token: str = "",
) -> Page[OfficeRow]:
    """A page of agencies by code: right under one (or none: `top`), of a kind, that ever had such a name."""
    today = at.astimezone(LOCAL).date()
    rows = Agency.objects.filter(_in_state(state, today))
    terms = AgencyTerm.objects.filter(agency=OuterRef("pk"))
    typed = fold(searchable(words)).split()[:8]
    for number, word in enumerate(typed, start=1):
        # Whole words, but for the last one, which may still be being typed.
        pattern = rf"\m{re.escape(word)}" + (r"\M" if number < len(typed) else "")
        rows = rows.filter(Exists(terms.filter(folded__regex=pattern)) | Q(code__istartswith=word))
    running = terms.filter(Q(valid_until=None) | Q(valid_until__gt=today))
    if kind:
        rows = rows.filter(Exists(running.filter(kind_id=kind)))
    if under:
        rows = rows.filter(Exists(running.filter(parent_id=under)))
    elif top:
        rows = rows.filter(Exists(running.filter(parent_id=None)))
    page = page_by_text(rows, key="code", token=token, size=ROWS)
    return Page(_rows(page.rows, today), page.older, page.newer)


def office(agency_id: UUID, *, at: datetime) -> OfficePage:
    """One agency with all its times; raises NotFound."""
    today = at.astimezone(LOCAL).date()
    agency = Agency.objects.filter(id=agency_id).first()
    if agency is None:
        raise NotFound
    terms = list(_terms([agency_id]))
    shown = tuple(_term(term, today) for term in terms)
    now = directory(today)
    held = Position.objects.filter(_running(today), agency=agency, valid_from__lte=today)
    holders = held.select_related("officer").order_by("-main", "officer__sort_key", "id")[:OFFICERS_SHOWN]
    return OfficePage(
        id=agency.id,
        code=agency.code,
        code_is_placeholder=agency.code_is_placeholder,
        state="coming" if agency.valid_from > today else "closed" if _ended(agency, today) else "now",
        valid_from=agency.valid_from,
        valid_until=agency.valid_until,
        term=shown[terms.index(_chosen(terms, today))],
        terms=shown,
        above=tuple(reversed(now.above(agency_id))) if agency_id in now else (),
        units=now.children(agency_id),
        holders=tuple(HolderRow(p.officer_id, p.officer.full_name, p.title, tuple(p.roles)) for p in holders),
        officers=held.count(),
        revision=revision_of(agency_id),
    )


def _in_state(state: str, today: date) -> Q:
    if state == "coming":
        return Q(valid_from__gt=today)
    if state == "closed":
        return Q(valid_until__lte=today)
    return Q(valid_from__lte=today) & _running(today)


def _running(day: date) -> Q:
    return Q(valid_until=None) | Q(valid_until__gt=day)


def _ended(agency: Agency, today: date) -> bool:
    return agency.valid_until is not None and agency.valid_until <= today


def _terms(agency_ids: Sequence[UUID]) -> QuerySet[AgencyTerm]:
    rows = AgencyTerm.objects.filter(agency_id__in=agency_ids).select_related("kind", "level", "place")
    return rows.order_by("agency_id", "valid_from")


def _chosen(terms: Sequence[AgencyTerm], today: date) -> AgencyTerm:
    """What holds today, else what comes next, else what held last."""
    running = [term for term in terms if term.valid_until is None or term.valid_until > today]
    return running[0] if running else terms[-1]


def _rows(agencies: Sequence[Agency], today: date) -> tuple[OfficeRow, ...]:
    ids = [agency.id for agency in agencies]
    terms: dict[UUID, list[AgencyTerm]] = {}
    for term in _terms(ids):
        terms.setdefault(term.agency_id, []).append(term)
    held = Position.objects.filter(_running(today), agency_id__in=ids, valid_from__lte=today)
    officers = dict(held.values_list("agency_id").annotate(Count("id")))
    now, rows = directory(today), []
    for agency in agencies:
        term = _chosen(terms[agency.id], today)
        rows.append(
            OfficeRow(
                id=agency.id,
                code=agency.code,
                name=term.name,
                kind=term.kind.name,
                level=term.level.name,
                parent=_name(term.parent_id, today),
                units=len(now.children(agency.id)),
                officers=officers.get(agency.id, 0),
                valid_from=agency.valid_from,
                valid_until=agency.valid_until,
            )
        )
    return tuple(rows)


def _name(agency_id: UUID | None, today: date) -> str:
    now = directory(today)
    return now.get(agency_id).name if agency_id and agency_id in now else ""


def _term(term: AgencyTerm, today: date) -> TermView:
    return TermView(
        valid_from=term.valid_from,
        valid_until=term.valid_until,
        name=term.name,
        short_name=term.short_name,
        name_en=term.name_en,
        kind=term.kind.name,
        kind_code=term.kind_id,
        level=term.level.name,
        level_code=term.level_id,
        parent_id=term.parent_id,
        parent=_name(term.parent_id, today),
        place_code=term.place.code if term.place else "",
        place=term.place.full_name if term.place else "",
        address=term.address,
        phone=display_phone(term.phone) if term.phone else "",
        email=term.email,
        hours=term.hours,
    )
