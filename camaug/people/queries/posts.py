"""Who an officer is at an instant: every page and every call of the API begins with it.

What nearly every officer is, a post or two of his own, is told by one short statement; it says where there may be
more, and only then the long one is asked. `officers.positions_of` says the same in words; a test compares them.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from camaug.kernel.actors import Post
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.kernel.grants import ADMINISTRATOR, OPERATOR, OfficeKind, RoleBook, apart
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
AS_A_RULE = f"""o.id, o.full_name, o.kind, o.own_numbers, {REGISTERED},
    {_NOTHING_MORE},
    (SELECT token FROM people_directoryrevision WHERE id = 1),
    f.id, f.agency_id, f.title, f.roles, f.main, f.valid_from"""  # noqa: S608 (our own columns)
"""Columns that `officer_as_a_rule` reads, as `AT_WORK` is read by `officer_at_work`, for fewer steps: a row for each
own post, joined by `HELD`.
"""
HELD = """LEFT JOIN people_position f ON f.officer_id = o.id AND f.valid_from <= %(day)s::date
    AND (f.valid_until IS NULL OR f.valid_until > %(day)s::date)"""
"""Joins to `people_officer o` the posts that are his own, with the values of `instant`."""
ROLES_AS_A_RULE = "o.kind, f.roles"
"""Columns that `roles_as_a_rule` reads, a row for each own post, joined by `HELD`."""


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
_FIRST = f"SELECT {AS_A_RULE} FROM people_officer o {HELD} WHERE o.id = %(officer)s"  # noqa: S608 (our own columns)


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
    rows = asked(_FIRST, {"officer": officer_id, **instant(at)})
    if not rows:
        raise NotFound
    return officer_as_a_rule(rows, at=at)


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
    told = (
        _post(book, at, UUID(post), UUID(agency), title, frozenset(roles), instead_of)
        for post, agency, title, roles, instead_of in posts
    )
    return OfficerAtWork(name, tuple(told), frozenset(own))


def officer_as_a_rule(rows: Sequence[Sequence[Any]], *, at: datetime) -> OfficerAtWork:
    """The officer out of rows that end with the columns of `AS_A_RULE`; asked once more where there may be more than
    they tell.
    """
    officer_id, name, kind, numbers, persons, nothing_more, revision = rows[0][-13:-6]
    own = own_as_a_rule(numbers, persons) if nothing_more else None
    if own is None:
        return _in_full(officer_id, at=at)
    note_revision(revision)
    book = book_by_revision(at.astimezone(LOCAL).date(), revision)
    return OfficerAtWork(name, tuple(_own_posts(rows, kind, book, at)), own)


def _own_posts(rows: Sequence[Sequence[Any]], kind: str, book: RoleBook, at: datetime) -> Iterator[Post]:
    posts = [row[-6:] for row in rows if row[-6] is not None]
    if len(posts) > 1:
        posts.sort(key=_in_order)
    for post_id, unit_id, title, roles, _main, _since in posts:
        carried = apart(roles, kind=kind)
        if carried is not None:
            yield _post(book, at, post_id, unit_id, title, carried, "")


def _in_order(post: Sequence[Any]) -> tuple[bool, date, UUID]:
    """As `IN_ORDER` says, of own posts."""
    post_id, _unit_id, _title, _roles, main, since = post
    return not main, since, post_id


def roles_as_a_rule(rows: Sequence[Sequence[Any]]) -> list[frozenset[str]]:
    """What counts of the roles of each own post, out of rows that end with the columns of `ROLES_AS_A_RULE`; he may
    fill more posts than they tell.
    """
    found = (apart(row[-1], kind=row[-2]) for row in rows if row[-1] is not None)
    return [carried for carried in found if carried is not None]


def _post(
    book: RoleBook, at: datetime, post_id: UUID, unit_id: UUID, title: str, carried: frozenset[str], instead_of: str
) -> Post:
    leads = divisions(unit_id, at) if LEADER in carried else frozenset[UUID]()
    return Post(post_id, unit_id, title, carried, instead_of, leads, book.of(carried))
