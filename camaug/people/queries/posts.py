"""Who an officer is at an instant: every page and every call of the API begins with it.

What nearly every officer is, a post or two of his own, is told by one short statement; it says where there may be
more, and only then the long one is asked. `officers.positions_of` says the same in words; a test compares them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from camaug.kernel.actors import Post
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.kernel.grants import ADMINISTRATOR, OPERATOR, OfficeKind, RoleBook
from camaug.kernel.prepared import asked
from camaug.people.queries.directory import note_revision
from camaug.people.queries.officers import LEADER, divisions
from camaug.people.queries.own import OWN, REGISTERED, own_as_a_rule
from camaug.people.queries.role_book import book_by_revision

_RUNNING = "p.valid_from <= %(day)s::date AND (p.valid_until IS NULL OR p.valid_until > %(day)s::date)"
_LENDING = """d.valid_from <= %(day)s::date AND (d.valid_until IS NULL OR d.valid_until > %(day)s::date)
           AND (h.left_date IS NULL OR h.left_date > %(day)s::date)"""
_NOW = "b.from_at <= %(at)s::timestamptz AND b.until_at > %(at)s::timestamptz"
_COUNTED = f"""CASE WHEN o.kind = '{OfficeKind.OFFICER}'
                     THEN array_remove(array_remove(f.roles, '{ADMINISTRATOR}'), '{OPERATOR}')
                     WHEN o.kind = ANY(f.roles) THEN ARRAY[o.kind] ELSE ARRAY[]::varchar[] END"""
"""What counts of a post's roles in an account of the entry's kind, as `grants.apart` says."""


def _filled(holder: str = "", everybody: str = "") -> str:
    """The posts that `o` fills at an instant; with both words those of everybody whom `everybody` names."""
    return f"""        SELECT {holder}p.id, p.agency_id, p.title, p.roles, '' AS instead_of, true AS own, p.main,
               p.valid_from::timestamptz AS since, p.id AS place
        FROM people_position p {everybody}
        WHERE p.officer_id = o.id AND {_RUNNING}
        UNION ALL
        SELECT {holder}p.id, p.agency_id, p.title, p.roles, h.full_name, false, false, b.from_at, b.id
        FROM people_absence b
        JOIN people_position p ON p.id = b.position_id JOIN people_officer h ON h.id = p.officer_id
        {everybody}
        WHERE b.stand_in_id = o.id AND p.officer_id <> o.id AND {_NOW} AND {_RUNNING}
          AND (o.left_date IS NULL OR o.left_date > %(day)s::date)
          AND NOT EXISTS (SELECT FROM people_absence b JOIN people_position m ON m.id = b.position_id
                          WHERE m.officer_id = o.id AND m.main AND {_NOW})
        UNION ALL
        SELECT {holder}p.id, coalesce(d.agency_id, p.agency_id), p.title, ARRAY[t.role], '', false, false,
               t.from_at, t.id
        FROM people_position p JOIN people_roleterm t ON t.position_id = p.id
        LEFT JOIN people_position d ON d.id = t.delegated_from_id LEFT JOIN people_officer h ON h.id = d.officer_id
        {everybody}
        WHERE p.officer_id = o.id AND {_RUNNING} AND (o.left_date IS NULL OR o.left_date > %(day)s::date)
          AND t.from_at <= %(at)s::timestamptz AND t.until_at > %(at)s::timestamptz
          AND (t.revoked_at IS NULL OR t.revoked_at > %(at)s::timestamptz)
          AND (d.id IS NULL OR (t.role = ANY(d.roles) AND {_LENDING}))"""  # noqa: S608 (our own columns)


_CARRIED = f"""CROSS JOIN LATERAL (SELECT {_COUNTED} AS roles) k
    WHERE (k.roles <> '{{}}' OR (f.roles = '{{}}' AND o.kind = '{OfficeKind.OFFICER}'))"""
IN_ORDER = "f.own DESC, f.main DESC, f.since, f.place"
AT_WORK = f"""o.full_name, (
    SELECT coalesce(json_agg(json_build_array(f.id, f.agency_id, f.title, k.roles, f.instead_of)
                             ORDER BY {IN_ORDER}), '[]')
    FROM (
{_filled()}) f
    {_CARRIED}),
    {OWN},
    (SELECT token FROM people_directoryrevision WHERE id = 1)"""  # noqa: S608 (our own columns)
"""Columns that `officer_at_work` reads, of a row `people_officer o`, with the values of `instant`."""
_NOTHING_MORE = """NOT EXISTS (SELECT FROM people_absence b
                   WHERE b.stand_in_id = o.id AND b.until_at > %(at)s::timestamptz)
    AND NOT EXISTS (SELECT FROM people_position p JOIN people_roleterm t ON t.position_id = p.id
                    WHERE p.officer_id = o.id AND t.until_at > %(at)s::timestamptz)"""
AS_A_RULE = f"""o.id, o.full_name, (
    SELECT coalesce(json_agg(json_build_array(f.id, f.agency_id, f.title, k.roles, '')
                             ORDER BY f.main DESC, f.valid_from, f.id), '[]')
    FROM (SELECT p.* FROM people_position p WHERE p.officer_id = o.id AND {_RUNNING}) f
    {_CARRIED}),
    o.own_numbers, {REGISTERED},
    {_NOTHING_MORE},
    (SELECT token FROM people_directoryrevision WHERE id = 1)"""  # noqa: S608 (our own columns)
"""Columns that `officer_as_a_rule` reads, as `AT_WORK` is read by `officer_at_work`, for fewer steps."""


def posts_at_work(whom: str) -> str:
    """The posts of `AT_WORK` of many officers at once, a row each; `whom` is said of `people_officer o`.

    `AT_WORK` asks officer by officer, which is quicker for one and many times slower for all; a test compares them.
    """
    return f"""SELECT f.officer_id, f.id, f.agency_id, f.title, k.roles, f.instead_of, f.own, f.main, f.since, f.place
    FROM (
{_filled("o.id AS officer_id, o.kind, ", f"JOIN people_officer o ON ({whom})")}) f
    CROSS JOIN LATERAL (SELECT f.kind) o
    {_CARRIED}"""  # noqa: S608 (our own columns)


_OFFICER = f"SELECT {AT_WORK} FROM people_officer o WHERE o.id = %(officer)s"  # noqa: S608 (our own columns)
_FIRST = f"SELECT {AS_A_RULE} FROM people_officer o WHERE o.id = %(officer)s"  # noqa: S608 (our own columns)


@dataclass(frozen=True, slots=True)
class OfficerAtWork:
    """An officer's name, the posts that he fills: own ones first, then those stood in for or entrusted; what is his own
    (`queries.own`).
    """

    name: str
    posts: tuple[Post, ...]
    own: frozenset[str]


def at_work(officer_id: UUID, *, at: datetime) -> OfficerAtWork:
    """The officer at that instant; NotFound."""
    for row in asked(_FIRST, {"officer": officer_id, **instant(at)}):
        return officer_as_a_rule(row, at=at)
    raise NotFound


def _in_full(officer_id: UUID, *, at: datetime) -> OfficerAtWork:
    for row in asked(_OFFICER, {"officer": officer_id, **instant(at)}):
        return officer_at_work(row, at=at)
    raise NotFound


def instant(at: datetime) -> dict[str, Any]:
    """What `AT_WORK` is asked with."""
    return {"at": at, "day": at.astimezone(LOCAL).date()}


def officer_at_work(columns: Sequence[Any], *, at: datetime) -> OfficerAtWork:
    """The officer out of the columns of `AT_WORK`."""
    name, posts, own, revision = columns
    note_revision(revision)
    book = book_by_revision(at.astimezone(LOCAL).date(), revision)
    return OfficerAtWork(name, tuple(_posts(book, at, posts)), frozenset(own))


def officer_as_a_rule(columns: Sequence[Any], *, at: datetime) -> OfficerAtWork:
    """The officer out of the columns of `AS_A_RULE`; asked once more where there may be more than they tell."""
    officer_id, name, posts, numbers, persons, nothing_more, revision = columns
    own = own_as_a_rule(numbers, persons) if nothing_more else None
    if own is None:
        return _in_full(officer_id, at=at)
    return officer_at_work((name, posts, own, revision), at=at)


def _posts(book: RoleBook, at: datetime, posts: Sequence[Any]) -> Iterator[Post]:
    for post, agency, title, roles, instead_of in posts:
        yield _post(book, at, post, agency, title, frozenset(roles), instead_of)


def _post(
    book: RoleBook, at: datetime, post: str, agency: str, title: str, carried: frozenset[str], instead_of: str
) -> Post:
    unit_id = UUID(agency)
    leads = divisions(unit_id, at) if LEADER in carried else frozenset[UUID]()
    return Post(UUID(post), unit_id, title, carried, instead_of, leads, book.of(carried))
