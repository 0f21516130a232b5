"""Agencies as other systems are told of them, with those who fill a post there."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from camaug.kernel.prepared import asked
from camaug.provisioning.changes import DAY
from camaug.provisioning.queries.rows import ACCOUNTS, AGENCIES, CHANGED_AGENCY, HELD_IN, POSTS, Sought, View, ids

_ACTIVE = "(g.valid_until IS NULL OR g.valid_until > %(day)s::date)"
CREATED = DAY.format("g.valid_from")
_MEMBERS = f"""SELECT DISTINCT (f.post->>'agency')::uuid, a.id, o.full_name
FROM {ACCOUNTS} {POSTS} CROSS JOIN LATERAL jsonb_array_elements(filled.posts) AS f(post)
WHERE o.id IN ({HELD_IN.format("%(ids)s::uuid[]")}) AND (f.post->>'agency')::uuid = ANY(%(ids)s::uuid[])
ORDER BY 1, 2"""  # noqa: S608 (our own columns)
MEMBER = f"""g.id IN (SELECT (f.post->>'agency')::uuid
    FROM {ACCOUNTS} {POSTS} CROSS JOIN LATERAL jsonb_array_elements(filled.posts) AS f(post)
    CROSS JOIN LATERAL (SELECT a.id::text AS value, o.full_name AS display, 'User' AS type) x WHERE {{0}})"""  # noqa: S608 (our own columns)
"""Of an agency: one of those who fill a post there is so, as said of `x`."""
_JOINS = (("since.", CHANGED_AGENCY),)
_DETAILS = f"""SELECT g.id, g.code, n.name, n.short_name, n.kind_id, n.level_id, n.parent_id,
    coalesce(h.code, ''), coalesce(m.name, ''),
    g.valid_from, g.valid_until, {_ACTIVE}, {CREATED}, since.changed
FROM {AGENCIES} {CHANGED_AGENCY} WHERE g.id = ANY(%(ids)s::uuid[]) ORDER BY g.id"""  # noqa: S608 (our own columns)


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
    total, page = ids("g.id", AGENCIES, _JOINS, sought, view)
    return total, _details(page, view, members=members) if page else ()


def agency_told(agency_id: UUID, view: View, *, members: bool) -> AgencyTold | None:
    """One; None where there is none, or it is none of the system's part."""
    return next(iter(_details([agency_id], view, members=members)), None)


def _details(page: list[UUID], view: View, *, members: bool) -> tuple[AgencyTold, ...]:
    asking = {**view.values(), "ids": page}
    there: defaultdict[UUID, list[Member]] = defaultdict(list)
    for agency_id, account_id, name in asked(_MEMBERS, asking) if members else ():
        there[agency_id].append(Member(account_id, name))
    return tuple(AgencyTold(*[*row, tuple(there[row[0]])]) for row in asked(_DETAILS, asking))
