"""Accounts and agencies as rows: what a filter may ask of them, and the tables that it needs for it.

Every table is made once a statement, for all whom it is asked of: one account after the other takes many times as long.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from camaug.kernel.prepared import asked, planned
from camaug.people.queries import IN_ORDER, instant, posts_at_work

RUNNING = "{0}.valid_from <= %(day)s::date AND ({0}.valid_until IS NULL OR {0}.valid_until > %(day)s::date)"
HELD_IN = """SELECT p.officer_id FROM people_position p WHERE p.agency_id = ANY({0})
    UNION SELECT b.stand_in_id FROM people_absence b JOIN people_position p ON p.id = b.position_id
    WHERE p.agency_id = ANY({0}) AND b.stand_in_id IS NOT NULL
    UNION SELECT p.officer_id FROM people_roleterm t JOIN people_position p ON p.id = t.position_id
    JOIN people_position d ON d.id = t.delegated_from_id WHERE d.agency_id = ANY({0})"""
"""The officers who fill a post in one of the agencies, did so or will; exactly who does so now says `filled`."""
_TOLD_OF = f"(%(part)s::uuid[] IS NULL OR {{0}} IN ({HELD_IN.format('%(part)s::uuid[]')}))"


def filled(whom: str = _TOLD_OF.format("o.id")) -> str:
    """The table `filled`: the posts that officers `o` fill now and that the system is told of, a row each."""
    return f"""filled AS MATERIALIZED (
    SELECT f.officer_id, f.id, f.agency_id, f.title, f.roles, f.instead_of <> '' AS acting, g.code, n.name AS agency,
        coalesce(m.name, n.name) AS above, f.own, f.main, f.since, f.place
    FROM ({posts_at_work(whom)}) f
    JOIN people_agency g ON g.id = f.agency_id
    JOIN people_agencyterm n ON n.agency_id = g.id AND {RUNNING.format("n")}
    LEFT JOIN people_agencyterm m ON m.agency_id = n.parent_id AND {RUNNING.format("m")}
    WHERE %(part)s::uuid[] IS NULL OR g.id = ANY(%(part)s::uuid[]))"""  # noqa: S608 (our own columns)


MAIN = f"""main AS MATERIALIZED (
    SELECT DISTINCT ON (f.officer_id) f.officer_id, f.title, f.agency, f.above
    FROM filled f ORDER BY f.officer_id, {IN_ORDER})"""  # noqa: S608 (our own columns)
"""Of each officer the first of the posts that he fills."""
ACTIVE = """(a.is_active AND %(audience)s <> 'MEMBERS' AND a.officer_id IN (
    SELECT x.officer_id FROM filled x
    WHERE cardinality(%(roles)s::text[]) = 0 OR x.roles::text[] && %(roles)s::text[]))"""
ACCOUNTS = f"access_account a {{0}} WHERE a.officer_id IS NOT NULL AND {_TOLD_OF.format('a.officer_id')}"
_LAST = "y.valid_from <= %(day)s::date ORDER BY y.valid_from DESC LIMIT 1"
AGENCIES = f"""people_agency g
JOIN LATERAL (SELECT y.* FROM people_agencyterm y WHERE y.agency_id = g.id AND {_LAST}) n ON true
LEFT JOIN people_agency h ON h.id = n.parent_id
LEFT JOIN LATERAL (SELECT y.name FROM people_agencyterm y WHERE y.agency_id = n.parent_id AND {_LAST}) m ON true
{{0}} WHERE (%(part)s::uuid[] IS NULL OR g.id = ANY(%(part)s::uuid[]))"""  # noqa: S608 (our own columns)
_PART = """WITH RECURSIVE known AS (
    SELECT DISTINCT ON (y.agency_id) y.agency_id, y.parent_id FROM people_agencyterm y
    WHERE y.valid_from <= %(day)s::date ORDER BY y.agency_id, y.valid_from DESC
), part AS (
    SELECT %(top)s::uuid AS id UNION SELECT k.agency_id FROM known k JOIN part ON part.id = k.parent_id
) SELECT id FROM part"""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a filter asks, as SQL with its values by name."""

    sql: str = "true"
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Table:
    """What stands before and in a statement where the condition, or a table after it, names the mark."""

    mark: str
    made: str
    joined: str


@dataclass(frozen=True, slots=True)
class View:
    """Who reads, and when: whom the system lets in, since when it is what it is, and its part of the province."""

    at: datetime
    audience: str
    roles: frozenset[str]
    part: tuple[UUID, ...] | None
    changed_at: datetime

    def values(self) -> dict[str, Any]:
        """What every statement is asked with."""
        part = list(self.part) if self.part is not None else None
        seen = {"audience": self.audience, "roles": sorted(self.roles), "part": part, "changed_at": self.changed_at}
        return {**seen, **instant(self.at)}


@dataclass(frozen=True, slots=True)
class Sought:
    """Which ones are wanted: those after `after`, or from the place `skip` on; at most `count`."""

    condition: Condition
    count: int
    skip: int = 0
    after: UUID | None = None


def part_of(top: UUID | None, *, at: datetime) -> tuple[UUID, ...] | None:
    """The agency and all that stand or last stood below it; None: the whole province."""
    if top is None:
        return None
    return tuple(row[0] for row in asked(_PART, {"top": top, "day": instant(at)["day"]}))


def ids(key: str, rows: str, tables: tuple[Table, ...], sought: Sought, view: View) -> tuple[int, list[UUID]]:
    """How many there are, and those of the page; of the tables those are made that the condition names."""
    made, joined = list[str](), list[str]()
    for table in tables:
        if any(table.mark in text for text in (sought.condition.sql, *made)):
            made, joined = [table.made, *made] if table.made else made, [*joined, table.joined]
    found = f"SELECT {key} AS id FROM {rows.format(' '.join(joined))} AND {sought.condition.sql}"  # noqa: S608
    statement = f"""WITH {", ".join([*made, f"found AS MATERIALIZED ({found})"])}
    SELECT (SELECT count(*) FROM found), ARRAY(
        SELECT id FROM found WHERE %(after)s::uuid IS NULL OR id > %(after)s::uuid
        ORDER BY id OFFSET %(skip)s LIMIT %(count)s)"""  # noqa: S608 (our own columns)
    page = {"after": sought.after, "skip": sought.skip, "count": sought.count}
    return planned(statement, {**view.values(), **sought.condition.values, **page})[0]
