"""What an officer may do, and why; and who may do something."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from camaug.kernel.clock import LOCAL
from camaug.kernel.grants import ANY_POST, OfficeKind, Reach, RoleBook, apart, with_any_post
from camaug.kernel.models import EventRecord
from camaug.kernel.permissions import permissions
from camaug.kernel.text import sort_key
from camaug.people.models import Absence, Position, RoleTerm
from camaug.people.queries.directory import Directory, directory
from camaug.people.queries.officers import (
    PositionView,
    divisions,
    entrusted_now,
    holders,
    officer,
    standing_in_now,
)
from camaug.people.queries.role_book import role_book
from camaug.people.queries.words import role_words

MOST = 200
REACHES: dict[Reach, Promise] = {
    Reach.OWN: gettext_lazy("where it is their turn"),
    Reach.AGENCY: gettext_lazy("in the agency"),
    Reach.LED: gettext_lazy("in the agency and its divisions"),
    Reach.BELOW: gettext_lazy("in the agency and all below it"),
    Reach.PROVINCE: gettext_lazy("in the whole province"),
}


@dataclass(frozen=True, slots=True)
class Right:
    """A permission in words, how far it reaches, and the names of the roles that grant it."""

    code: str
    words: str
    reach: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostRights:
    """A post that is filled, why, since when and until when, by whose deed, and what it may do there."""

    title: str
    agency: str
    why: str
    roles: tuple[str, ...]
    since: datetime
    until: datetime | None
    given_by: str
    rights: tuple[Right, ...]


@dataclass(frozen=True, slots=True)
class Able:
    """One who may do something: in which post, as what, by which role, how far."""

    officer_id: UUID
    name: str
    title: str
    agency: str
    instead_of: str
    role: str
    reach: str


def rights_of(officer_id: UUID, *, at: datetime) -> tuple[PostRights, ...]:
    """Of each post that the officer fills at that instant: own ones, those stood in for, roles entrusted for a time.

    Raises NotFound.
    """
    kind, day = officer(officer_id).kind, at.astimezone(LOCAL).date()
    words = _Words(role_book(day), directory(day), kind)
    own = Position.objects.filter(officer_id=officer_id, valid_from__lte=day).exclude(valid_until__lte=day)
    deeds = _deeds(officer_id, at)
    return (
        *(words.own(row, deeds.get(str(row.id), "")) for row in own.order_by("-main", "valid_from", "id")),
        *(words.stood_in(row) for row in standing_in_now(officer_id, at)),
        *(words.entrusted(row) for row in entrusted_now(officer_id, at)),
    )


def who_may(code: str, agency_id: UUID, *, at: datetime) -> tuple[Able, ...]:
    """Who may do it for that agency at that instant, the widest reach first, at most `MOST`; nobody who is away."""
    day = at.astimezone(LOCAL).date()
    book, agencies = role_book(day), directory(day)
    names = role_names()
    found: dict[tuple[UUID, UUID, str], Able] = {}
    for role, reach in sorted(book.roles_granting(code).items(), key=lambda one: -one[1].rank):
        for one in _carriers(role, reach, agency_id, agencies, at):
            able = Able(
                officer_id=one.officer_id,
                name=one.officer_name,
                title=one.title,
                agency=agencies.get(one.agency_id).name if one.agency_id in agencies else "",
                instead_of=one.instead_of,
                role=names.get(role, role),
                reach=str(REACHES[reach]),
            )
            found.setdefault((one.officer_id, one.id, role), able)
    return tuple(found.values())[:MOST]


def role_names() -> dict[str, str]:
    """The names of all roles that stand in the book."""
    return {**dict(role_words()), ANY_POST: _("Every position")}


def _carriers(role: str, reach: Reach, agency_id: UUID, agencies: Directory, at: datetime) -> Iterator[PositionView]:
    for unit in _within(role, reach, agency_id, agencies, at):
        found = holders("" if role == ANY_POST else role, unit, at)
        yield from (one for one in found if not one.away)


def _within(role: str, reach: Reach, agency_id: UUID, agencies: Directory, at: datetime) -> Iterable[UUID]:
    if agency_id not in agencies:
        return ()
    above = [one.id for one in agencies.above(agency_id)]
    if reach == Reach.PROVINCE:
        day = at.astimezone(LOCAL).date()
        rows = Position.objects.filter(roles__contains=[role], valid_from__lte=day)
        return rows.exclude(valid_until__lte=day).values_list("agency_id", flat=True).distinct()
    if reach == Reach.BELOW:
        return (agency_id, *above)
    if reach == Reach.LED:
        return (agency_id, *(unit for unit in above[:1] if agency_id in divisions(unit, at)))
    return (agency_id,)


class _Words:
    def __init__(self, book: RoleBook, agencies: Directory, kind: OfficeKind) -> None:
        self._book, self._agencies, self._names = book, agencies, role_names()
        self._kind = kind

    def own(self, row: Position, given_by: str) -> PostRights:
        since, until = _midnight(row.valid_from), _midnight(row.valid_until) if row.valid_until else None
        given = given_by or _("the province's profile")
        return self._post(row, row.agency_id, frozenset(row.roles), _("own position"), since, until, given)

    def stood_in(self, row: Absence) -> PostRights:
        held = row.position
        why = _("stands in for {name}").format(name=held.officer.full_name)
        return self._post(held, held.agency_id, frozenset(held.roles), why, row.from_at, row.until_at, "")

    def entrusted(self, row: RoleTerm) -> PostRights:
        lender = row.delegated_from
        why = _("delegated by {name}, document {document}") if lender else _("given for a time")
        said = why.format(name=lender.officer.full_name if lender else "", document=row.document)
        unit = lender.agency_id if lender else row.position.agency_id
        return self._post(row.position, unit, frozenset({row.role}), said, row.from_at, row.until_at, row.given_by_name)

    def _post(
        self,
        row: Position,
        unit: UUID,
        roles: frozenset[str],
        why: str,
        since: datetime,
        until: datetime | None,
        given_by: str,
    ) -> PostRights:
        agency = self._agencies.get(unit).name if unit in self._agencies else ""
        named = tuple(sorted((self._names.get(role, role) for role in roles), key=sort_key))
        counted = apart(roles, kind=self._kind)
        if counted != roles:
            why = _("{why}; what does not belong to this kind of account rests").format(why=why)
        return PostRights(row.title, agency, why, named, since, until, given_by, tuple(self._rights(counted)))

    def _rights(self, roles: frozenset[str] | None) -> Iterator[Right]:
        if roles is None:
            return
        known, carried = permissions(), sorted(with_any_post(roles))
        for code, reach in sorted(self._book.of(roles).items()):
            if code in known:
                by = tuple(self._names.get(role, role) for role in carried if self._book.reach(role, code) == reach)
                yield Right(code, str(known[code].words), str(REACHES[reach]), by)


def _midnight(day: object) -> datetime:
    return datetime.fromisoformat(f"{day}T00:00").replace(tzinfo=LOCAL)


def _deeds(officer_id: UUID, at: datetime) -> dict[str, str]:
    """By whom each position, or its roles, were given last."""
    names = ("people.OfficerAppointed", "people.RolesChanged")
    rows = EventRecord.objects.filter(subject_id=officer_id, name__in=names, at__lte=at).order_by("at", "id")
    return {str(row.facts["position"]): row.actor_name for row in rows}
