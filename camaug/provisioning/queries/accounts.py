"""Officers' accounts as other systems are told of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from camaug.kernel.prepared import asked
from camaug.people.queries import IN_ORDER
from camaug.provisioning.changes import OF_ACCOUNTS
from camaug.provisioning.queries.rows import ACCOUNTS, ACTIVE, MAIN, Sought, Table, View, filled, ids

_WHO = "who AS MATERIALIZED (SELECT a.id, a.officer_id, a.created_at FROM access_account a WHERE {0})"
_OF_PAGE = "a.id = ANY(%(ids)s::uuid[])"
_TABLES = (
    Table("o.full_name", "", "JOIN people_officer o ON o.id = a.officer_id"),
    Table("since.", f"{_WHO.format('a.officer_id IS NOT NULL')}, {OF_ACCOUNTS}", "JOIN since ON since.id = a.id"),
    Table("main.", MAIN, "LEFT JOIN main ON main.officer_id = a.officer_id"),
    Table(" filled ", filled(), ""),
)
_DETAILS = f"""WITH {_WHO.format(_OF_PAGE)}, {OF_ACCOUNTS}, {filled("o.id IN (SELECT w.officer_id FROM who w)")},
posts AS MATERIALIZED (
    SELECT f.officer_id, json_agg(json_build_object(
        'id', f.id, 'agency', f.agency_id, 'title', f.title, 'roles', f.roles, 'acting', f.acting,
        'code', f.code, 'name', f.agency, 'above', f.above) ORDER BY {IN_ORDER}) AS told
    FROM filled f GROUP BY f.officer_id)
SELECT a.id, a.email, o.full_name, a.language, {ACTIVE}, coalesce(posts.told, '[]'), a.created_at, since.changed
FROM {
    ACCOUNTS.format('''JOIN people_officer o ON o.id = a.officer_id JOIN since ON since.id = a.id
LEFT JOIN posts ON posts.officer_id = a.officer_id''')
} AND {_OF_PAGE} ORDER BY a.id"""  # noqa: S608 (our own columns)


@dataclass(frozen=True, slots=True)
class PostTold:
    """A post that an officer fills; `above`: the agency over its agency, or itself. `acting`: for one away."""

    id: UUID
    agency_id: UUID
    agency_code: str
    agency: str
    above: str
    title: str
    roles: tuple[str, ...]
    acting: bool


@dataclass(frozen=True, slots=True)
class AccountTold:
    """An account; `active`: it is open, and its officer may enter the system that asks by a post that it is told of."""

    id: UUID
    email: str
    name: str
    language: str
    active: bool
    posts: tuple[PostTold, ...]
    created_at: datetime
    changed_at: datetime


def accounts_told(sought: Sought, view: View) -> tuple[int, tuple[AccountTold, ...]]:
    """How many there are, and those of the page, by id; two statements, however long the page."""
    total, page = ids("a.id", ACCOUNTS, _TABLES, sought, view)
    return total, _details(page, view) if page else ()


def account_told(account_id: UUID, view: View) -> AccountTold | None:
    """One; None where there is none, or it is none of the system's part."""
    return next(iter(_details([account_id], view)), None)


def _details(page: list[UUID], view: View) -> tuple[AccountTold, ...]:
    rows = asked(_DETAILS, {**view.values(), "ids": page})
    return tuple(
        AccountTold(key, email, name, language, active, tuple(_post(post) for post in posts), created_at, changed_at)
        for key, email, name, language, active, posts, created_at, changed_at in rows
    )


def _post(told: Mapping[str, Any]) -> PostTold:
    return PostTold(
        id=UUID(told["id"]),
        agency_id=UUID(told["agency"]),
        agency_code=told["code"],
        agency=told["name"],
        above=told["above"],
        title=told["title"],
        roles=tuple(sorted(told["roles"])),
        acting=told["acting"],
    )
