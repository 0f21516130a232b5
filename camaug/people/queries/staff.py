"""Officers as administrators see them: with everything they held, hold and will hold."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.kernel.grants import OfficeKind
from camaug.kernel.history import revision_of
from camaug.kernel.paging import Page, page_by_text
from camaug.kernel.text import fold, sort_key
from camaug.people.models import Absence, AgencyTerm, Officer, Position, Role
from camaug.people.numbers import display_phone
from camaug.people.queries.directory import directory
from camaug.people.queries.matching import searchable

ROWS = 50


class NumberKnown(StrEnum):
    """Whether anybody knows an officer's personal number: nobody, nobody but himself says so, or it is confirmed."""

    UNKNOWN = "UNKNOWN"
    SAID = "SAID"
    CONFIRMED = "CONFIRMED"


_KNOWN = {
    NumberKnown.UNKNOWN: Q(person=None, own_numbers=[]),
    NumberKnown.SAID: Q(person=None) & ~Q(own_numbers=[]),
    NumberKnown.CONFIRMED: Q(person__isnull=False),
}


@dataclass(frozen=True, slots=True)
class OfficerRow:
    """One line of the list, with the main position of today, and whether his own cases can be recognised."""

    id: UUID
    name: str
    email: str
    title: str
    agency: str
    more: int
    left_date: date | None
    kind: OfficeKind
    number: NumberKnown


@dataclass(frozen=True, slots=True)
class AbsenceRow:
    """A time away; `is_on` while it lasts, `is_open` until it ends."""

    id: UUID
    from_at: datetime
    until_at: datetime
    stand_in: str
    reason: str
    is_on: bool
    is_open: bool


@dataclass(frozen=True, slots=True)
class PositionRow:
    """A position with its roles by code and by name; `state` is now, coming or over."""

    id: UUID
    title: str
    agency_id: UUID
    agency: str
    roles: tuple[str, ...]
    role_names: tuple[str, ...]
    main: bool
    valid_from: date
    valid_until: date | None
    state: str
    absences: tuple[AbsenceRow, ...]


@dataclass(frozen=True, slots=True)
class OfficerPage:
    """All about one officer. `number`: the last digits of his personal number, "" where nobody knows who he is.

    `confirmed`: it is not only his own word.
    """

    id: UUID
    name: str
    email: str
    phone: str
    number: str
    confirmed: bool
    left_date: date | None
    is_serving: bool
    positions: tuple[PositionRow, ...]
    revision: int
    kind: OfficeKind

    @property
    def is_settled(self) -> bool:
        """Whether it is said what the account is for; else the first position says it."""
        return bool(self.positions) or self.kind != OfficeKind.OFFICER

    def position(self, position_id: UUID) -> PositionRow:
        """One of the positions; raises NotFound."""
        found = next((one for one in self.positions if one.id == position_id), None)
        if found is None:
            raise NotFound
        return found


@dataclass(frozen=True, slots=True)
class RoleRow:
    """A role with what it may do and how many hold it today."""

    code: str
    name: str
    description: str
    duties: tuple[str, ...]
    holders: int


def staff_list(
    *,
    at: datetime,
    words: str = "",
    agency_id: UUID | None = None,
    role: str = "",
    number: NumberKnown | None = None,
    left: bool = False,
    token: str = "",
) -> Page[OfficerRow]:
    """A page of officers by name: whose name or address holds the words, who work there, who hold the role, of whom the
    personal number is known so.
    """
    today = at.astimezone(LOCAL).date()
    rows = Officer.objects.filter(left_date__lte=today) if left else Officer.objects.filter(_serving(today))
    for word in fold(searchable(words)).split()[:8]:
        rows = rows.filter(Q(folded__contains=word) | Q(official_email__contains=word))
    held = Position.objects.filter(_running(today), officer=OuterRef("pk"), valid_from__lte=today)
    if agency_id:
        rows = rows.filter(Exists(held.filter(agency_id=agency_id)))
    if role:
        rows = rows.filter(Exists(held.filter(roles__contains=[role])))
    if number:
        rows = rows.filter(_KNOWN[number])
    now = Position.objects.filter(_running(today), valid_from__lte=today).order_by("-main", "valid_from", "id")
    rows = rows.prefetch_related(Prefetch("positions", queryset=now, to_attr="held_now"))
    page = page_by_text(rows, key="sort_key", token=token, size=ROWS)
    return Page(tuple(_row(officer, today) for officer in page.rows), page.older, page.newer)


def staff_member(officer_id: UUID, *, at: datetime) -> OfficerPage:
    """The officer; raises NotFound."""
    today = at.astimezone(LOCAL).date()
    officer = Officer.objects.select_related("person").filter(id=officer_id).first()
    if officer is None:
        raise NotFound
    absences = Prefetch("absences", queryset=Absence.objects.select_related("stand_in").order_by("-from_at"))
    held = list(Position.objects.filter(officer=officer).prefetch_related(absences).order_by("valid_from", "id"))
    names, roles = _agency_names(held), {role.code: role.name for role in Role.objects.all()}
    rows = [_position(position, names, roles, today=today, at=at) for position in held]
    return OfficerPage(
        id=officer.id,
        name=officer.full_name,
        email=officer.official_email,
        phone=display_phone(officer.phone) if officer.phone else "",
        number=last_digits(officer.person.personal_number if officer.person else next(iter(officer.own_numbers), "")),
        confirmed=officer.person is not None,
        left_date=officer.left_date,
        is_serving=officer.left_date is None or officer.left_date > today,
        positions=tuple(sorted(rows, key=lambda row: (_ORDER[row.state], not row.main))),
        revision=revision_of(officer_id),
        kind=OfficeKind(officer.kind),
    )


def own_number(actor: Actor) -> str:
    """The last digits of the officer's own personal number; "" where nobody knows it."""
    own = [post.id for post in actor.posts if not post.instead_of]
    officer = Officer.objects.select_related("person").filter(positions__in=own).first()
    if officer is None:
        return ""
    return last_digits(officer.person.personal_number if officer.person else next(iter(officer.own_numbers), ""))


def last_digits(number: str | None) -> str:
    """What is shown of a personal number to those who need not read it."""
    return f"•••• {number[-4:]}" if number else ""


def role_rows(*, at: datetime) -> tuple[RoleRow, ...]:
    """Every role of the profile with the number of its holders."""
    today = at.astimezone(LOCAL).date()
    held = Position.objects.filter(_running(today), valid_from__lte=today)
    counts: dict[str, int] = {}
    for roles, count in held.values_list("roles").annotate(Count("id")):
        for code in roles:
            counts[code] = counts.get(code, 0) + count
    return tuple(
        RoleRow(role.code, role.name, role.description, tuple(role.duties), counts.get(role.code, 0))
        for role in sorted(Role.objects.all(), key=lambda role: (sort_key(role.name), role.code))
    )


_ORDER = {"now": 0, "coming": 1, "over": 2}


def _serving(day: date) -> Q:
    return Q(left_date=None) | Q(left_date__gt=day)


def _running(day: date) -> Q:
    return Q(valid_until=None) | Q(valid_until__gt=day)


def _row(officer: Officer, today: date) -> OfficerRow:
    held: list[Position] = officer.held_now  # type: ignore[attr-defined]
    main, now = (held[0] if held else None), directory(today)
    agency = now.get(main.agency_id).name if main and main.agency_id in now else ""
    return OfficerRow(
        id=officer.id,
        name=officer.full_name,
        email=officer.official_email,
        title=main.title if main else "",
        agency=agency,
        more=max(0, len(held) - 1),
        left_date=officer.left_date,
        kind=OfficeKind(officer.kind),
        number=_number_known(officer),
    )


def _number_known(officer: Officer) -> NumberKnown:
    if officer.person_id:
        return NumberKnown.CONFIRMED
    return NumberKnown.SAID if officer.own_numbers else NumberKnown.UNKNOWN


def _agency_names(held: list[Position]) -> dict[UUID, str]:
    """The latest name of each agency, also where it has ended."""
    rows = AgencyTerm.objects.filter(agency_id__in={position.agency_id for position in held})
    return dict(rows.order_by("valid_from").values_list("agency_id", "name"))


def _position(
    row: Position, names: dict[UUID, str], roles: dict[str, str], *, today: date, at: datetime
) -> PositionRow:
    over = row.valid_until is not None and row.valid_until <= today
    return PositionRow(
        id=row.id,
        title=row.title,
        agency_id=row.agency_id,
        agency=names[row.agency_id],
        roles=tuple(row.roles),
        role_names=tuple(roles.get(code, code) for code in row.roles),
        main=row.main,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        state="over" if over else "coming" if row.valid_from > today else "now",
        absences=tuple(_absence(absence, at) for absence in row.absences.all()),
    )


def _absence(row: Absence, at: datetime) -> AbsenceRow:
    return AbsenceRow(
        id=row.id,
        from_at=row.from_at,
        until_at=row.until_at,
        stand_in=row.stand_in.full_name if row.stand_in else "",
        reason=row.reason,
        is_on=row.from_at <= at < row.until_at,
        is_open=row.until_at > at,
    )
