from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from camaug.kernel.actors import Post
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.kernel.grants import OfficeKind, apart, kind_of
from camaug.kernel.text import fold
from camaug.people.models import Absence, Officer, Position, RoleTerm
from camaug.people.queries.directory import directory
from camaug.people.queries.matching import MOST_WORDS, matching, searchable
from camaug.people.queries.role_book import role_book

LEADER = "LEADER"


@dataclass(frozen=True, slots=True)
class OfficerView:
    """One who works for agencies."""

    id: UUID
    full_name: str
    official_email: str
    phone: str
    synthetic: bool
    kind: OfficeKind


@dataclass(frozen=True, slots=True)
class PositionView:
    """A position that an officer fills at an instant: own, or for an absent holder, whose name `instead_of` gives.

    `own_title` is the stand-in's own title, where it was asked for; `kind` is of the account of who fills it.
    """

    id: UUID
    officer_id: UUID
    officer_name: str
    agency_id: UUID
    title: str
    roles: frozenset[str]
    main: bool
    instead_of: str = ""
    away: bool = False
    own_title: str = ""
    kind: OfficeKind = OfficeKind.OFFICER

    def post(self, at: datetime) -> Post:
        """The position as the kernel's actors carry it; a leader also leads the divisions of the agency."""
        return Post(
            id=self.id,
            unit_id=self.agency_id,
            title=self.title,
            roles=self.roles,
            instead_of=self.instead_of,
            leads=divisions(self.agency_id, at) if LEADER in self.roles else frozenset(),
            grants=role_book(at.astimezone(LOCAL).date()).of(self.roles),
        )


@dataclass(frozen=True, slots=True)
class AbsenceView:
    """An absence that has not ended; `stand_in` is a name, "" where nobody acts meanwhile; `now`: it has begun."""

    id: UUID
    from_at: datetime
    until_at: datetime
    stand_in: str
    now: bool


@dataclass(frozen=True, slots=True)
class StaffView:
    """A position with its holder's absence of now, or the next one."""

    position: PositionView
    absence: AbsenceView | None


def officer(officer_id: UUID) -> OfficerView:
    """The officer; raises NotFound."""
    return _one(Officer.objects.filter(id=officer_id))


def officer_by_email(official_email: str) -> OfficerView:
    """The officer with that official address, whatever its letter case; raises NotFound."""
    return _one(Officer.objects.filter(official_email=official_email.strip().lower()))


def every_officer(at: datetime, *, only: Collection[UUID] | None = None) -> Iterator[OfficerView]:
    """All officers (of `only`) in service at that instant, by name."""
    rows = _in_service(at) if only is None else _in_service(at).filter(id__in=only)
    return (_officer(row) for row in rows.order_by("sort_key", "id").iterator())


def find_officers(words: str, *, at: datetime, limit: int = 20) -> tuple[OfficerView, ...]:
    """Officers in service whose names hold every word, best match first."""
    today = at.astimezone(LOCAL).date()
    rows = matching(Officer.objects.filter(Q(left_date=None) | Q(left_date__gt=today)), words, then=("sort_key", "id"))
    return tuple(_officer(row) for row in rows[:limit])


def positions_of(officer_id: UUID, at: datetime) -> tuple[PositionView, ...]:
    """What the officer fills at that instant: own positions first (the main one leading), then those stood in for and
    the roles entrusted for a time. What does not belong to the kind of the account rests, and is left out.
    """
    own = [_own(row, at) for row in _held(at).filter(officer_id=officer_id).order_by("-main", "valid_from", "id")]
    rows: list[Absence | RoleTerm] = [*standing_in_now(officer_id, at), *entrusted_now(officer_id, at)]
    rows.sort(key=lambda row: (row.from_at, row.id))
    found = (*own, *(_stood_in(row) if isinstance(row, Absence) else _lent(row) for row in rows))
    return tuple(_counted(found))


def _counted(found: Iterable[PositionView]) -> Iterator[PositionView]:
    """Those in which the account does something, with the roles that count in an account of its kind."""
    for one in found:
        roles = apart(one.roles, kind=one.kind)
        if roles is not None:
            yield replace(one, roles=roles)


def standing_in_now(officer_id: UUID, at: datetime) -> tuple[Absence, ...]:
    """The absences of others in which the officer acts at that instant."""
    rows = _absences(at).filter(stand_in_id=officer_id, stand_in__in=_in_service(at))
    return tuple(rows.select_related("position__officer", "stand_in").order_by("from_at", "id"))


def entrusted_now(officer_id: UUID, at: datetime) -> tuple[RoleTerm, ...]:
    """The roles that the officer's positions carry for a time at that instant."""
    return tuple(_entrusted(at).filter(position__officer=officer_id).order_by("from_at", "id"))


def post_titles(positions: Collection[UUID]) -> dict[UUID, str]:
    """What these positions are called, also those that have ended."""
    return dict(Position.objects.filter(pk__in=positions).values_list("pk", "title"))


def position(position_id: UUID) -> PositionView:
    """A position with its holder, whether it still runs or has ended; raises NotFound."""
    row = Position.objects.select_related("officer").filter(pk=position_id).first()
    if row is None:
        raise NotFound
    return PositionView(
        id=row.id,
        officer_id=row.officer_id,
        officer_name=row.officer.full_name,
        agency_id=row.agency_id,
        title=row.title,
        roles=frozenset(row.roles),
        main=row.main,
    )


def holder_names(position_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The holders' names of many positions, running or ended."""
    wanted = set(position_ids)
    return dict(Position.objects.filter(pk__in=wanted).values_list("id", "officer__full_name")) if wanted else {}


def standing_in(position_id: UUID, own_id: UUID) -> PositionView:
    """The position as filled by the holder of another one, `own_id`; raises NotFound."""
    absent, own = position(position_id), position(own_id)
    return replace(
        absent,
        officer_id=own.officer_id,
        officer_name=own.officer_name,
        instead_of=absent.officer_name,
        own_title=own.title,
    )


def holders(role: str, agency_id: UUID, at: datetime) -> tuple[PositionView, ...]:
    """Who can act in that role in that agency at that instant: holders, stand-ins of absent holders, the entrusted.

    An absent holder is listed too, with `away`; a stand-in who is away as well is not. Role "": everybody who works
    there. Whose account is of another kind than the role can do nothing by it.
    """
    wanted, kind = [role] if role else [], kind_of(role)
    rows = _held(at).filter(agency_id=agency_id, roles__contains=wanted, officer__kind=kind)
    own = [_own(row, at) for row in rows.order_by("-main", "officer__sort_key", "id")]
    absences = (
        _absences(at)
        .filter(position__agency_id=agency_id, position__roles__contains=wanted, stand_in__in=_in_service(at))
        .filter(stand_in__kind=kind)
    )
    stood_in = [_stood_in(row) for row in absences.select_related("position__officer", "stand_in")]
    terms = _entrusted(at).filter(role=role, position__officer__kind=kind).order_by("from_at", "id")
    lent = [_lent(row) for row in terms] if role else []
    return tuple(_counted((*own, *stood_in, *(one for one in lent if one.agency_id == agency_id))))


def officers_under(agency_id: UUID | None, *, at: datetime, words: str = "") -> frozenset[UUID]:
    """The officers in service who hold a position in the agency or one below it at that instant; None: anywhere.

    `words`: whose name or address holds them all.
    """
    held = _held(at).filter(officer__in=_in_service(at)).prefetch_related(None)
    for word in fold(searchable(words)).split()[:MOST_WORDS]:
        held = held.filter(Q(officer__folded__contains=word) | Q(officer__official_email__contains=word))
    if agency_id is not None:
        there = directory(at.astimezone(LOCAL).date())
        below = [one.id for one in there.below(agency_id)] if agency_id in there else []
        held = held.filter(agency_id__in=[agency_id, *below])
    return frozenset(held.values_list("officer_id", flat=True))


def officers_with(role: str, at: datetime) -> frozenset[UUID]:
    """The officers in service one of whose own positions carries the role, in accounts of its kind."""
    held = _held(at).filter(roles__contains=[role], officer__in=_in_service(at), officer__kind=kind_of(role))
    held = held.prefetch_related(None)
    return frozenset(held.values_list("officer_id", flat=True))


def attended(found: Iterable[PositionView]) -> tuple[PositionView, ...]:
    """Of those found, each position once with who acts in it now; what nobody acts in is left out."""
    return tuple({one.id: one for one in found if not one.away}.values())


def unattended(at: datetime) -> frozenset[UUID]:
    """The positions in which nobody acts now: ended, or the holder is away and nobody able stands in."""
    today = at.astimezone(LOCAL).date()
    ended = Q(valid_until__lte=today) | Q(officer__left_date__lte=today)
    gone = Position.objects.filter(ended).values_list("id", flat=True)
    away = Absence.objects.filter(from_at__lte=at, until_at__gt=at)
    covered = _absences(at).filter(stand_in__in=_in_service(at)).values("position_id")
    uncovered = away.exclude(position_id__in=covered).values_list("position_id", flat=True)
    return frozenset((*gone, *uncovered))


def lapsed(at: datetime) -> frozenset[tuple[UUID, str, UUID]]:
    """What positions carried for a time and carry no more at that instant: position, role, agency for which it held."""
    running = _entrusted(at)
    begun = RoleTerm.objects.filter(from_at__lte=at).select_related("position", "delegated_from")
    over = list(begun.exclude(pk__in=running.values("pk")))
    own = {(row.position_id, role, row.position.agency_id) for row in over for role in row.position.roles}
    return frozenset({_carried(row) for row in over} - own - {_carried(row) for row in running})


def _carried(row: RoleTerm) -> tuple[UUID, str, UUID]:
    lender = row.delegated_from or row.position
    return row.position_id, row.role, lender.agency_id


def staff_of(agency_ids: Iterable[UUID], at: datetime) -> tuple[StaffView, ...]:
    """The positions with a role in these agencies, by agency and name, with the absence of now or the next one."""
    units = list(agency_ids)
    coming: dict[UUID, AbsenceView] = {}
    every = Absence.objects.filter(position__agency_id__in=units, until_at__gt=at).order_by("from_at", "id")
    for position_id, *told in every.values_list(*_ABSENCE):
        coming.setdefault(position_id, _absence(*told, at=at))
    rows = _held(at).filter(agency_id__in=units).exclude(roles=[]).prefetch_related(None)
    found = rows.order_by("agency_id", "officer__sort_key", "id").values_list(*_POST)
    return tuple(_at_post(coming.get(row[0]), *row) for row in found)


_ABSENCE = ("position_id", "id", "from_at", "until_at", "stand_in__full_name")
_POST = ("id", "officer_id", "officer__full_name", "agency_id", "title", "roles", "main", "officer__kind")
"""Columns read as they are: there are thousands of rows, and a row of a model each costs more than its question."""


def _absence(key: UUID, from_at: datetime, until_at: datetime, stand_in: str | None, *, at: datetime) -> AbsenceView:
    return AbsenceView(key, from_at, until_at, stand_in or "", now=from_at <= at)


def _at_post(absence: AbsenceView | None, *columns: Any) -> StaffView:
    key, officer_id, name, agency_id, title, roles, main, kind = columns
    away = absence is not None and absence.now
    told = PositionView(
        key, officer_id, name, agency_id, title, frozenset(roles), main, away=away, kind=OfficeKind(kind)
    )
    return StaffView(told, absence)


def divisions(agency_id: UUID, at: datetime) -> frozenset[UUID]:
    """The divisions of an agency, which its leader leads too."""
    agencies = directory(at.astimezone(LOCAL).date())
    if agency_id not in agencies:
        return frozenset()
    level = agencies.get(agency_id).level
    return frozenset(child.id for child in agencies.children(agency_id) if child.level == level)


def _one(rows: QuerySet[Officer]) -> OfficerView:
    row = rows.first()
    if row is None:
        raise NotFound
    return _officer(row)


def _officer(row: Officer) -> OfficerView:
    return OfficerView(row.id, row.full_name, row.official_email, row.phone, row.synthetic, kind=OfficeKind(row.kind))


def _in_service(at: datetime) -> QuerySet[Officer]:
    today = at.astimezone(LOCAL).date()
    return Officer.objects.filter(Q(left_date=None) | Q(left_date__gt=today))


def _held(at: datetime) -> QuerySet[Position]:
    today = at.astimezone(LOCAL).date()
    running = Q(valid_until=None) | Q(valid_until__gt=today)
    rows = Position.objects.filter(running, valid_from__lte=today)
    return rows.select_related("officer").prefetch_related("absences")


def _absences(at: datetime) -> QuerySet[Absence]:
    today = at.astimezone(LOCAL).date()
    running = Q(position__valid_until=None) | Q(position__valid_until__gt=today)
    now = Absence.objects.filter(running, position__valid_from__lte=today, from_at__lte=at, until_at__gt=at)
    away_too = Absence.objects.filter(
        position__officer=OuterRef("stand_in"), position__main=True, from_at__lte=at, until_at__gt=at
    )
    return now.exclude(stand_in=F("position__officer")).exclude(Exists(away_too))


def _entrusted(at: datetime) -> QuerySet[RoleTerm]:
    """Roles that hold for a time, now: while both posts run and the delegating one carries the role itself."""
    today = at.astimezone(LOCAL).date()
    running = Q(position__valid_until=None) | Q(position__valid_until__gt=today)
    lender_runs = Q(delegated_from__valid_until=None) | Q(delegated_from__valid_until__gt=today)
    lending = lender_runs & Q(
        delegated_from__valid_from__lte=today,
        delegated_from__officer__in=_in_service(at),
        delegated_from__roles__contains=[F("role")],
    )
    rows = RoleTerm.objects.filter(running, position__valid_from__lte=today, position__officer__in=_in_service(at))
    rows = rows.filter(Q(revoked_at=None) | Q(revoked_at__gt=at), from_at__lte=at, until_at__gt=at)
    return rows.filter(Q(delegated_from=None) | lending).select_related("position__officer", "delegated_from__officer")


def _own(row: Position, at: datetime) -> PositionView:
    return PositionView(
        id=row.id,
        officer_id=row.officer_id,
        officer_name=row.officer.full_name,
        agency_id=row.agency_id,
        title=row.title,
        roles=frozenset(row.roles),
        main=row.main,
        away=any(absence.from_at <= at < absence.until_at for absence in row.absences.all()),
        kind=OfficeKind(row.officer.kind),
    )


def _stood_in(row: Absence) -> PositionView:
    position = row.position
    stand_in = row.stand_in
    assert stand_in is not None
    return PositionView(
        id=position.id,
        officer_id=stand_in.id,
        officer_name=stand_in.full_name,
        agency_id=position.agency_id,
        title=position.title,
        roles=frozenset(position.roles),
        main=False,
        instead_of=position.officer.full_name,
        kind=OfficeKind(stand_in.kind),
    )


def _lent(row: RoleTerm) -> PositionView:
    position = row.position
    return PositionView(
        id=position.id,
        officer_id=position.officer_id,
        officer_name=position.officer.full_name,
        agency_id=row.delegated_from.agency_id if row.delegated_from else position.agency_id,
        title=position.title,
        roles=frozenset({row.role}),
        main=False,
        kind=OfficeKind(row.position.officer.kind),
    )
