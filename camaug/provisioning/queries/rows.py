"""Accounts and agencies as rows: what a filter may ask of them, and the joins that it needs for it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from camaug.kernel.prepared import asked
from camaug.people.queries import AT_WORK, instant
from camaug.provisioning.changes import OF_ACCOUNT, OF_AGENCY

RUNNING = "{0}.valid_from <= %(day)s::date AND ({0}.valid_until IS NULL OR {0}.valid_until > %(day)s::date)"
HELD_IN = """SELECT p.officer_id FROM people_position p WHERE p.agency_id = ANY({0})
    UNION SELECT b.stand_in_id FROM people_absence b JOIN people_position p ON p.id = b.position_id
    WHERE p.agency_id = ANY({0}) AND b.stand_in_id IS NOT NULL
    UNION SELECT p.officer_id FROM people_roleterm t JOIN people_position p ON p.id = t.position_id
    JOIN people_position d ON d.id = t.delegated_from_id WHERE d.agency_id = ANY({0})"""
"""The officers who fill a post in one of the agencies, did so or will; exactly who does so now says `POSTS`."""
POSTS = f"""CROSS JOIN LATERAL (SELECT {AT_WORK}) w(full_name, posts, own, revision)
CROSS JOIN LATERAL (
    SELECT coalesce(jsonb_agg(jsonb_build_object(
        'id', f.post->>0, 'agency', g.id, 'title', f.post->>2, 'roles', f.post->3, 'acting', f.post->>4 <> '',
        'code', g.code, 'name', n.name, 'above', coalesce(m.name, n.name)) ORDER BY f.place), '[]') AS posts
    FROM json_array_elements(w.posts) WITH ORDINALITY AS f(post, place)
    JOIN people_agency g ON g.id = (f.post->>1)::uuid
    JOIN people_agencyterm n ON n.agency_id = g.id AND {RUNNING.format("n")}
    LEFT JOIN people_agencyterm m ON m.agency_id = n.parent_id AND {RUNNING.format("m")}
    WHERE %(part)s::uuid[] IS NULL OR g.id = ANY(%(part)s::uuid[])
) filled
CROSS JOIN LATERAL (
    SELECT a.is_active AND %(audience)s <> 'MEMBERS' AND EXISTS (
        SELECT FROM jsonb_array_elements(filled.posts) AS f(post)
        WHERE cardinality(%(roles)s::text[]) = 0 OR f.post->'roles' ?| %(roles)s::text[]) AS active
) state"""  # noqa: S608 (our own columns)
CHANGED_ACCOUNT = f"CROSS JOIN LATERAL {OF_ACCOUNT} since"
CHANGED_AGENCY = f"CROSS JOIN LATERAL {OF_AGENCY} since"
ACCOUNTS = f"""access_account a JOIN people_officer o ON o.id = a.officer_id
    AND (%(part)s::uuid[] IS NULL OR o.id IN ({HELD_IN.format("%(part)s::uuid[]")}))"""
AGENCIES = """people_agency g JOIN LATERAL (
        SELECT y.* FROM people_agencyterm y WHERE y.agency_id = g.id AND y.valid_from <= %(day)s::date
        ORDER BY y.valid_from DESC LIMIT 1) n
    ON %(part)s::uuid[] IS NULL OR g.id = ANY(%(part)s::uuid[])
LEFT JOIN people_agency h ON h.id = n.parent_id
LEFT JOIN LATERAL (
        SELECT y.name FROM people_agencyterm y WHERE y.agency_id = n.parent_id AND y.valid_from <= %(day)s::date
        ORDER BY y.valid_from DESC LIMIT 1) m ON true"""
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


def ids(key: str, rows: str, joins: tuple[tuple[str, str], ...], sought: Sought, view: View) -> tuple[int, list[UUID]]:
    """How many there are, and those of the page; `joins` are made where the condition names one of their marks."""
    made = " ".join(join for mark, join in joins if any(one in sought.condition.sql for one in mark.split()))
    statement = f"""WITH found AS MATERIALIZED (
        SELECT {key} AS id FROM {rows} {made} WHERE {sought.condition.sql}
    ) SELECT (SELECT count(*) FROM found), ARRAY(
        SELECT id FROM found WHERE %(after)s::uuid IS NULL OR id > %(after)s::uuid
        ORDER BY id OFFSET %(skip)s LIMIT %(count)s)"""  # noqa: S608 (our own columns)
    page = {"after": sought.after, "skip": sought.skip, "count": sought.count}
    return asked(statement, {**view.values(), **sought.condition.values, **page})[0]
