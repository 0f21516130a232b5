"""References from a great load's tables to other tables: not asked row by row, but table by table at the end.

Made anew, each would read its whole table for itself; sixteen of them lead away from the cases.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import IntegrityError, connection

_SWITCH = "session_replication_role"


def may_wait() -> bool:
    """Whether this role may let references wait: a superuser, or one to whom that setting was granted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_parameter_privilege(%s, 'SET')", [_SWITCH])
        return bool(cursor.fetchone()[0])


@contextmanager
def waiting() -> Iterator[None]:
    """Inside a transaction: rows that come in the block are not asked for what they refer to."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL {_SWITCH} = replica")
        yield
        cursor.execute(f"SET LOCAL {_SWITCH} = origin")


def asking(tables: Sequence[str]) -> Callable[[str], None]:
    """What asks all references that lead from one of these tables to others, by one statement. IntegrityError, which
    names them, where rows refer to nothing.
    """
    leading = _leading_away(tables)

    def ask(table: str) -> None:
        if found := leading.get(table):
            _ask(table, found)

    return ask


def _ask(table: str, found: "Sequence[_Reference]") -> None:
    joins = " ".join(f"LEFT JOIN {one.to} r{n} ON {one.meets(n)}" for n, one in enumerate(found))
    counts = ", ".join(f"count(*) FILTER (WHERE {one.is_lost(n)})" for n, one in enumerate(found))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts} FROM {table} t {joins}")  # noqa: S608 (names of the catalogue)
        lost = [one.name for one, count in zip(found, cursor.fetchone(), strict=True) if count]
    if lost:
        raise IntegrityError(f"{table}: {', '.join(lost)}")


@dataclass(frozen=True, slots=True)
class _Reference:
    """A constraint: which columns of its own table lead to which of the table `to`, all quoted."""

    name: str
    to: str
    own: list[str]
    keys: list[str]

    def meets(self, number: int) -> str:
        """The condition under which a row `t` refers to the row `r<number>`."""
        return " AND ".join(f"r{number}.{key} = t.{own}" for own, key in zip(self.own, self.keys, strict=True))

    def is_lost(self, number: int) -> str:
        """The condition under which a row refers to nothing; one with a NULL in a column does not refer."""
        refers = " AND ".join(f"t.{own} IS NOT NULL" for own in self.own)
        return f"{refers} AND r{number}.{self.keys[0]} IS NULL"


def _leading_away(tables: Sequence[str]) -> dict[str, list[_Reference]]:
    """By table."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT conrelid::regclass::text, quote_ident(conname), confrelid::regclass::text,
                      array_agg(quote_ident(own.attname) ORDER BY place),
                      array_agg(quote_ident(key.attname) ORDER BY place)
               FROM pg_constraint
               CROSS JOIN LATERAL unnest(conkey, confkey) WITH ORDINALITY AS pair (own, key, place)
               JOIN pg_attribute own ON own.attrelid = conrelid AND own.attnum = pair.own
               JOIN pg_attribute key ON key.attrelid = confrelid AND key.attnum = pair.key
               WHERE contype = 'f' AND conrelid = ANY(%(tables)s::text[]::regclass[])
                 AND confrelid <> ALL(%(tables)s::text[]::regclass[])
               GROUP BY conrelid, conname, confrelid ORDER BY conname""",
            {"tables": list(tables)},
        )
        found = defaultdict(list)
        for table, *one in cursor.fetchall():
            found[table].append(_Reference(*one))
    return found
