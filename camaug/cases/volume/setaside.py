"""Indexes of the tables of a great load and references to them: taken away, and made again in the same transaction.

One that is killed meanwhile leaves everything as it was. Other writers wait, so that no rule is ever not in force.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class Away:
    """What was taken away from a table, as the statement that makes it again; a reference also knows where it leads."""

    table: str
    again: str
    to: str | None = None


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


def put_back(
    away: Sequence[Away],
    tables: Sequence[str],
    progress: Callable[[int, int], None],
    asked: Callable[[str], None],
) -> None:
    """Make again what was taken away, and tell the planner what is in the tables now.

    All of one table at a time, so that it is read from memory: a reference with the later of its two tables. At last
    each is `asked` what it refers to elsewhere.
    """
    done, made = 0, set[str]()
    waiting = [one for one in away if one.to]
    with connection.cursor() as cursor:
        for table in _by_references(away, tables):
            made.add(table)
            able = [one for one in waiting if one.to in made and (one.table in made or one.table not in tables)]
            for one in (*(one for one in reversed(away) if one.table == table and not one.to), *able):
                cursor.execute(one.again)
                progress(done := done + 1, len(away))
            waiting = [one for one in waiting if one not in able]
            cursor.execute(f"ANALYZE {table}")
            asked(table)


def _by_references(away: Sequence[Away], tables: Sequence[str]) -> list[str]:
    """A table to which others refer comes before them, as far as they do not refer in circles."""
    leading = {table: {one.to for one in away if one.table == table and one.to != table} for table in tables}
    found: list[str] = []
    while left := [table for table in tables if table not in found]:
        free = [table for table in left if leading[table].issubset({None, *found})]
        found += free or left[:1]
    return found


def _constraints(tables: Sequence[str]) -> list[Away]:
    """References to these tables, and what is to be unique; references go first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid),
                      CASE contype WHEN 'f' THEN confrelid::regclass::text END FROM pg_constraint
               WHERE contype IN ('p', 'u') AND conrelid = ANY(%(tables)s::text[]::regclass[])
                  OR contype = 'f' AND confrelid = ANY(%(tables)s::text[]::regclass[])
               ORDER BY contype, conname""",
            {"tables": list(tables)},
        )
        found = cursor.fetchall()
        for table, name, _again, _to in found:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
    return [Away(table, f"ALTER TABLE {table} ADD CONSTRAINT {name} {again}", to) for table, name, again, to in found]


def _indexes(tables: Sequence[str]) -> list[Away]:
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT quote_ident(relname), pg_get_indexdef(indexrelid), indrelid::regclass::text
               FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
               WHERE indrelid = ANY(%s::text[]::regclass[])
                 AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid) ORDER BY relname""",
            [list(tables)],
        )
        found = cursor.fetchall()
        for name, _again, _table in found:
            cursor.execute(f"DROP INDEX {name}")
    return [Away(table, again) for _name, again, table in found]
