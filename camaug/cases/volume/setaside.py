"""Indexes of the tables of a great load and references to them: taken away, and made again in the same transaction.

One that is killed meanwhile leaves everything as it was. Other writers wait, so that no rule is ever not in force.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class Away:
    """What was taken away, as the statement that makes it again."""

    name: str
    again: str


def make_young(tables: Sequence[str]) -> frozenset[str]:
    """Inside a transaction: write the few rows of the tables anew; returns the tables.

    Into a table that is as young as the transaction PostgreSQL copies without a log, and at once as old as all others,
    so that nothing has to go over the rows again.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a check that still waits holds the table
        for table in tables:
            cursor.execute(
                "SELECT indexrelid::regclass::text FROM pg_index WHERE indrelid = %s::regclass AND indisprimary",
                [table],
            )
            cursor.execute(f"CLUSTER {table} USING {cursor.fetchone()[0]}")
            cursor.execute(f"ALTER TABLE {table} SET WITHOUT CLUSTER")
    return frozenset(tables)


def take_away(tables: Sequence[str]) -> tuple[Away, ...]:
    """Inside a transaction: leave the tables only their checks; returns what `put_back` needs."""
    return (*_constraints(tables), *_indexes(tables))


def put_back(away: Sequence[Away], tables: Sequence[str], progress: Callable[[int, int], None]) -> None:
    """Make again what was taken away, and tell the planner what is in the tables now."""
    with connection.cursor() as cursor:
        for number, one in enumerate(reversed(away)):
            cursor.execute(one.again)
            progress(number + 1, len(away))
        cursor.execute(f"ANALYZE {', '.join(tables)}")


def _constraints(tables: Sequence[str]) -> list[Away]:
    """References to these tables, and what is to be unique; references go first and come last."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
               WHERE contype IN ('p', 'u') AND conrelid = ANY(%(tables)s::text[]::regclass[])
                  OR contype = 'f' AND confrelid = ANY(%(tables)s::text[]::regclass[])
               ORDER BY contype, conname""",
            {"tables": list(tables)},
        )
        found = cursor.fetchall()
        for table, name, _again in found:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    return [Away(name, f"ALTER TABLE {table} ADD CONSTRAINT {name} {again}") for table, name, again in found]


def _indexes(tables: Sequence[str]) -> list[Away]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT quote_ident(relname), pg_get_indexdef(indexrelid)
               FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
               WHERE indrelid = ANY(%s::text[]::regclass[])
                 AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid) ORDER BY relname""",
            [list(tables)],
        )
        found = cursor.fetchall()
        for name, _again in found:
            cursor.execute(f"DROP INDEX {name}")
    return [Away(name, again) for name, again in found]
