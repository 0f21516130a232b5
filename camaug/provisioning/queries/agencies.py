"""Agencies as other systems are told of them, with those who fill a post there."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from camaug.kernel.prepared import planned
from camaug.provisioning.changes import DAY, OF_AGENCIES
from camaug.provisioning.queries.rows import AGENCIES, HELD_IN, Sought, Table, View, filled, ids

_ACTIVE = "(g.valid_until IS NULL OR g.valid_until > %(day)s::date)"
CREATED = DAY.format("g.valid_from")
_OF_PAGE = "g.id = ANY(%(ids)s::uuid[])"
_WHO = f"""who AS MATERIALIZED (
    SELECT g.id, n.parent_id, {CREATED} AS created_at, g.valid_until FROM {AGENCIES.format("")} AND {{0}})"""  # noqa: S608 (our own columns)
_FILLED = """FROM filled f JOIN access_account a ON a.officer_id = f.officer_id
    JOIN people_officer o ON o.id = f.officer_id"""
_MEMBERS = f"""WITH {filled(f"o.id IN ({HELD_IN.format('%(ids)s::uuid[]')})")}
SELECT DISTINCT f.agency_id, a.id, o.full_name {_FILLED} WHERE f.agency_id = ANY(%(ids)s::uuid[])
ORDER BY 1, 2"""
MEMBER = f"""g.id IN (SELECT f.agency_id {_FILLED}
    CROSS JOIN LATERAL (SELECT a.id::text AS value, o.full_name AS display, 'User' AS type) x WHERE {{0}})"""
"""Of an agency: one of those who fill a post there is so, as said of `x`."""
_TABLES = (
    Table("since.", f"{_WHO.format('true')}, {OF_AGENCIES}", "JOIN since ON since.id = g.id"),
    Table(" filled ", filled(), ""),
)
_DETAILS = f"""WITH {_WHO.format(_OF_PAGE)}, {OF_AGENCIES}
SELECT g.id, g.code, n.name, n.short_name, n.kind_id, n.level_id, n.parent_id,
    coalesce(h.code, ''), coalesce(m.name, ''),
    g.valid_from, g.valid_until, {_ACTIVE}, {CREATED}, since.changed
FROM {AGENCIES.format("JOIN since ON since.id = g.id")} AND {_OF_PAGE} ORDER BY g.id"""  # noqa: S608 (our own columns)


@dataclass(frozen=True, slots=True)
class Member:
    """An account whose officer fills a post in the agency."""

    account_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class AgencyTold:
    """An agency as it stands, or as it last stood; `parent` is None at the top and outside the system's part."""

    id: UUID
    code: str
    name: str
    short_name: str
    kind: str
    level: str
    parent_id: UUID | None
    parent_code: str
    parent: str
    valid_from: date
    valid_until: date | None
    active: bool
    created_at: datetime
    changed_at: datetime
    members: tuple[Member, ...]


def agencies_told(sought: Sought, view: View, *, members: bool) -> tuple[int, tuple[AgencyTold, ...]]:
    """How many there are, and those of the page, by id; three statements, however long the page."""
    total, page = ids("g.id", AGENCIES, _TABLES, sought, view)
    return total, _details(page, view, members=members) if page else ()


def agency_told(agency_id: UUID, view: View, *, members: bool) -> AgencyTold | None:
    """One; None where there is none, or it is none of the system's part."""
    return next(iter(_details([agency_id], view, members=members)), None)


def _details(page: list[UUID], view: View, *, members: bool) -> tuple[AgencyTold, ...]:
    asking = {**view.values(), "ids": page}
    there: defaultdict[UUID, list[Member]] = defaultdict(list)
    for agency_id, account_id, name in planned(_MEMBERS, asking) if members else ():
        there[agency_id].append(Member(account_id, name))
    return tuple(AgencyTold(*[*row, tuple(there[row[0]])]) for row in planned(_DETAILS, asking))
