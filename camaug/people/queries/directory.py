"""The directory: every agency as of a day, in memory.

A process keeps the terms of all agencies (some hundreds of rows) and asks one row, the revision, whether they hold.
"""

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import F, Subquery

from camaug.kernel import prepared
from camaug.kernel.errors import NotFound
from camaug.people.models import AgencyTerm, DirectoryRevision, Place
from camaug.people.queries.matching import NO_MATCH, match_rank

DATES_KEPT = 16


@dataclass(frozen=True, slots=True)
class AgencyView:
    """An agency as of a day. `valid_from` and `valid_until` (exclusive) are the agency's, not the term's.

    `heading`, `motto` and `star` make the head of its papers.
    """

    id: UUID
    code: str
    code_is_placeholder: bool
    synthetic: bool
    name: str
    short_name: str
    name_en: str
    parent_id: UUID | None
    kind: str
    kind_name: str
    heading: str
    motto: str
    star: str
    level: str
    level_name: str
    level_rank: int
    place_id: UUID | None
    place_code: str
    place_name: str
    address: str
    phone: str
    email: str
    hours: str
    valid_from: date
    valid_until: date | None


class Directory:
    """All agencies of one day, and of those before and after on which no term begins or ends. Lists are ordered by
    level, then code.
    """

    def __init__(self, agencies: list[AgencyView]) -> None:
        self._ordered = tuple(sorted(agencies, key=lambda a: (a.level_rank, a.code)))
        self._by_id = {a.id: a for a in self._ordered}
        self._by_code = {a.code: a for a in self._ordered}
        self._children: dict[UUID | None, list[AgencyView]] = defaultdict(list)
        self._at_place: dict[tuple[str, UUID | None], list[AgencyView]] = defaultdict(list)
        for agency in self._ordered:
            self._children[agency.parent_id].append(agency)
            self._at_place[agency.kind, agency.place_id].append(agency)

    def __len__(self) -> int:
        return len(self._ordered)

    def __iter__(self) -> Iterator[AgencyView]:
        return iter(self._ordered)

    def __contains__(self, agency_id: object) -> bool:
        return agency_id in self._by_id

    def get(self, agency_id: UUID) -> AgencyView:
        """The agency; raises NotFound where it is not there on that day."""
        if agency_id not in self._by_id:
            raise NotFound
        return self._by_id[agency_id]

    def by_code(self, code: str) -> AgencyView:
        """The agency with that identity code; raises NotFound."""
        if code not in self._by_code:
            raise NotFound
        return self._by_code[code]

    def top(self) -> tuple[AgencyView, ...]:
        """The agencies under no other."""
        return tuple(self._children.get(None, ()))

    def children(self, agency_id: UUID) -> tuple[AgencyView, ...]:
        """The agencies right under this one."""
        return tuple(self._children.get(agency_id, ()))

    def below(self, agency_id: UUID) -> tuple[AgencyView, ...]:
        """All agencies under this one, level by level, without itself."""
        found: list[AgencyView] = []
        wave = list(self._children.get(agency_id, ()))
        while wave:
            found.extend(wave)
            wave = [child for agency in wave for child in self._children.get(agency.id, ())]
        return tuple(found)

    def above(self, agency_id: UUID) -> tuple[AgencyView, ...]:
        """The agencies above this one, nearest first."""
        found: list[AgencyView] = []
        parent_id = self.get(agency_id).parent_id
        while parent_id is not None and parent_id in self._by_id:
            found.append(self._by_id[parent_id])
            parent_id = found[-1].parent_id
        return tuple(found)

    def of_kind(self, kind: str) -> tuple[AgencyView, ...]:
        """The agencies of that kind."""
        return tuple(a for a in self._ordered if a.kind == kind)

    def of_level(self, level: str) -> tuple[AgencyView, ...]:
        """The agencies of that level."""
        return tuple(a for a in self._ordered if a.level == level)

    def serving(self, kind: str, agency_id: UUID) -> AgencyView | None:
        """The agency of that kind that serves the place of this one, else the nearest place above that has one.

        Two of the kind at one place: one below this agency comes first, then the order of the codes.
        """
        for agency in (self.get(agency_id), *self.above(agency_id)):
            near = self._at_place.get((kind, agency.place_id))
            if near and agency.place_id is not None:
                return next((a for a in near if a.parent_id == agency.id), near[0])
        return None

    def search(self, words: str, *, limit: int = 20) -> tuple[AgencyView, ...]:
        """Agencies whose names or code hold every word, best match first."""
        ranked = [(match_rank(f"{a.name} {a.short_name} {a.name_en} {a.code}", words), a) for a in self._ordered]
        found = sorted((pair for pair in ranked if pair[0] < NO_MATCH), key=lambda pair: pair[0])
        return tuple(agency for _rank, agency in found[:limit])


@dataclass(slots=True)
class _Kept:
    token: UUID
    terms: tuple[AgencyTerm, ...]
    turns: list[date]
    by_period: dict[int, Directory]


@dataclass(slots=True)
class _Asked:
    token: UUID | None = None
    known: bool = False


_kept: _Kept | None = None
_asked: ContextVar[_Asked | None] = ContextVar("directory_asked", default=None)


def directory(at: date) -> Directory:
    """The agencies as they stand on the day `at`, which may be long past."""
    global _kept
    token = revision()
    kept = _kept
    if kept is None or token is None or kept.token != token:
        terms = _all_terms()
        kept = _Kept(token or UUID(int=0), terms, _turns(terms), {})
        _kept = kept if token else None
    period = bisect(kept.turns, at)
    found = kept.by_period.get(period)
    if found is None:
        while len(kept.by_period) >= DATES_KEPT:
            kept.by_period.pop(next(iter(kept.by_period)), None)
        found = kept.by_period[period] = Directory([_view(term) for term in kept.terms if _holds(term, at)])
    return found


class _Once:
    """A way of its own instead of a generator's: every request passes it."""

    __slots__ = ("_before",)

    def __enter__(self) -> None:
        self._before = _asked.set(_Asked())

    def __exit__(self, *_raised: object) -> None:
        _asked.reset(self._before)


def asked_once() -> AbstractContextManager[None]:
    """Within it the revision is asked at most once: for one request or one job."""
    return _Once()


def ask_again() -> None:
    """Forget what was asked: an action has just changed agencies."""
    if asked := _asked.get():
        asked.known = False


def note_revision(token: UUID | None) -> None:
    """The revision came along with something else; within `asked_once` it need not be asked for any more."""
    asked = _asked.get()
    if asked and not asked.known:
        asked.token, asked.known = token, True


def directory_revision() -> Subquery:
    """The revision as a column of another question, to be noted."""
    return Subquery(DirectoryRevision.objects.filter(pk=1).values("token"))


def revision() -> UUID | None:
    """The token that changes with every change to agencies or the role book; None where there is none yet."""
    asked = _asked.get()
    if asked and asked.known:
        return asked.token
    found = prepared.asked("SELECT token FROM people_directoryrevision WHERE id = 1")
    token: UUID | None = found[0][0] if found else None
    if asked:
        asked.token, asked.known = token, True
    return token


def _all_terms() -> tuple[AgencyTerm, ...]:
    rows = AgencyTerm.objects.select_related("agency", "kind", "level").annotate(
        place_code=F("place__code"), place_name=F("place__name")
    )
    return tuple(rows.order_by("agency__code", "valid_from"))


def _turns(terms: tuple[AgencyTerm, ...]) -> list[date]:
    """The days on which a term or a place begins or ends: between two of them one directory is right."""
    places = Place.objects.order_by().values_list("valid_from", "valid_until").distinct()
    found = {day for bounds in places for day in bounds} | {term.valid_from for term in terms}
    found |= {term.valid_until for term in terms}
    return sorted(day for day in found if day is not None)


def _holds(term: AgencyTerm, day: date) -> bool:
    return term.valid_from <= day and (term.valid_until is None or day < term.valid_until)


def _view(term: AgencyTerm) -> AgencyView:
    agency = term.agency
    return AgencyView(
        id=agency.id,
        code=agency.code,
        code_is_placeholder=agency.code_is_placeholder,
        synthetic=agency.synthetic,
        name=term.name,
        short_name=term.short_name,
        name_en=term.name_en,
        parent_id=term.parent_id,
        kind=term.kind_id,
        kind_name=term.kind.name,
        heading=term.kind.heading,
        motto=term.kind.motto,
        star=term.kind.star,
        level=term.level_id,
        level_name=term.level.name,
        level_rank=term.level.rank,
        place_id=term.place_id,
        place_code=getattr(term, "place_code", None) or "",
        place_name=getattr(term, "place_name", None) or "",
        address=term.address,
        phone=term.phone,
        email=term.email,
        hours=term.hours,
        valid_from=agency.valid_from,
        valid_until=agency.valid_until,
    )
