"""The role book as its pages show it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.kernel.grants import ADMINISTRATOR, ANY_POST, OPERATOR, RUNNING, Reach, kind_of
from camaug.kernel.permissions import permissions
from camaug.people.models import Position, RoleGrant
from camaug.people.queries.rights import REACHES, role_names

FIRST = 20


@dataclass(frozen=True, slots=True)
class GrantRow:
    """A permission with what the role grants of it: `reach` "" and no words where it does not."""

    code: str
    words: str
    reach: str
    reach_words: str
    since: date | None
    by: str
    casework: bool


@dataclass(frozen=True, slots=True)
class RolePage:
    """A role: what it grants, what it does not but could."""

    code: str
    name: str
    granted: tuple[GrantRow, ...]
    others: tuple[GrantRow, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """A line of the book as it was written: from when, how far, by whom, why."""

    from_date: date
    reach: str
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class GrantPage:
    """One permission of one role: how far it could be granted, how it was, and whom a change touches."""

    role: str
    role_name: str
    row: GrantRow
    choices: tuple[tuple[str, str], ...]
    past: tuple[Past, ...]
    holders: int
    names: tuple[str, ...]


def role_page(role: str, *, at: datetime) -> RolePage:
    """What the role grants today; NotFound."""
    names, today = role_names(), at.astimezone(LOCAL).date()
    if role not in names:
        raise NotFound
    lines = {line.permission: line for line in _now(role, today)}
    rows = [_row(code, lines.get(code)) for code, one in permissions().items() if one.reaches and _fits(role, code)]
    granted = tuple(row for row in rows if row.reach)
    return RolePage(role, names[role], granted, tuple(row for row in rows if not row.reach))


def grant_page(role: str, permission: str, *, at: datetime) -> GrantPage:
    """The permission as the role grants it, with its past and those who hold the role today; NotFound."""
    names, today, known = role_names(), at.astimezone(LOCAL).date(), permissions().get(permission)
    if role not in names or known is None or not known.reaches or not _fits(role, permission):
        raise NotFound
    now = next((line for line in _now(role, today) if line.permission == permission), None)
    lines = RoleGrant.objects.filter(role=role, permission=permission).order_by("-granted_at", "-id")
    held = Position.objects.filter(valid_from__lte=today, officer__left_date=None).exclude(valid_until__lte=today)
    held = held.filter(roles__contains=[] if role == ANY_POST else [role], officer__kind=kind_of(role))
    first = held.select_related("officer").order_by("officer__sort_key", "id")[:FIRST]
    return GrantPage(
        role=role,
        role_name=names[role],
        row=_row(permission, now),
        choices=(*((reach.value, str(REACHES[reach])) for reach in known.reaches), ("", _("not granted"))),
        past=tuple(_past(line) for line in lines),
        holders=held.count(),
        names=tuple(f"{one.officer.full_name}, {one.title}" for one in first),
    )


def _fits(role: str, code: str) -> bool:
    """Whether the book could ever hold it: administering, operating and casework do not meet in a role."""
    known = permissions()[code]
    if role == OPERATOR or code in RUNNING:
        return role == OPERATOR and code in RUNNING
    administers = known.reaches == (Reach.PROVINCE,)
    return not known.casework if role == ADMINISTRATOR else not administers


def _now(role: str, today: date) -> list[RoleGrant]:
    return list(RoleGrant.objects.filter(role=role, valid_from__lte=today).exclude(valid_until__lte=today))


def _row(code: str, line: RoleGrant | None) -> GrantRow:
    known, reach = permissions()[code], line.reach if line else ""
    return GrantRow(
        code=code,
        words=str(known.words),
        reach=reach,
        reach_words=reach_words(reach),
        since=line.valid_from if line else None,
        by=_by(line) if line else "",
        casework=known.casework,
    )


def reach_words(reach: str) -> str:
    """How far, in words."""
    return str(REACHES[Reach(reach)]) if reach else _("not granted")


def _by(line: RoleGrant) -> str:
    return line.granted_by_name or _("the province's profile")


def _past(line: RoleGrant) -> Past:
    return Past(line.valid_from, reach_words(line.reach), _by(line), line.granted_at, line.reason)
