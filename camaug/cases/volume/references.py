"""References from a great load's tables to other tables: not asked row by row, but table by table at the end.

Made anew, each would read its whole table for itself; sixteen of them lead away from the cases.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

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


def ask(tables: Sequence[str]) -> None:
    """All references that lead from these tables to others, by one statement a table. IntegrityError, which names them,
    where rows refer to nothing.
    """
    for table, found in _leading_away(tables).items():
        joins = " ".join(f"LEFT JOIN {to} r{n} ON r{n}.{key} = t.{own}" for n, (_, own, to, key) in enumerate(found))
        counts = ", ".join(
            f"count(*) FILTER (WHERE t.{own} IS NOT NULL AND r{n}.{key} IS NULL)"
            for n, (_, own, _to, key) in enumerate(found)
        )
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {counts} FROM {table} t {joins}")  # noqa: S608 (names of the catalogue)
            lost = [name for (name, *_rest), count in zip(found, cursor.fetchone(), strict=True) if count]
        if lost:
            raise IntegrityError(f"{table}: {', '.join(lost)}")


def _leading_away(tables: Sequence[str]) -> dict[str, list[tuple[str, str, str, str]]]:
    """By table: the constraint, its column, and the table and column that it leads to."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT conrelid::regclass::text, quote_ident(conname), quote_ident(own.attname),
                      confrelid::regclass::text, quote_ident(key.attname)
               FROM pg_constraint
               JOIN pg_attribute own ON own.attrelid = conrelid AND own.attnum = conkey[1]
               JOIN pg_attribute key ON key.attrelid = confrelid AND key.attnum = confkey[1]
               WHERE contype = 'f' AND conrelid = ANY(%(tables)s::text[]::regclass[])
                 AND confrelid <> ALL(%(tables)s::text[]::regclass[]) ORDER BY conname""",
            {"tables": list(tables)},
        )
        found = defaultdict(list)
        for table, *one in cursor.fetchall():
            found[table].append(tuple(one))
    return found
