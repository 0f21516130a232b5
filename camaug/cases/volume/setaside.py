"""Indexes and references of the tables of a great load: taken away, and made again in the same transaction.

One that is killed meanwhile leaves everything as it was. Other writers wait, so that no rule is ever not in force.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True, slots=True)
class Away:
    """What was taken away, as the statement that makes it again."""

    name: str
    again: str


@contextmanager
def without_indexes(tables: Sequence[str], progress: Callable[[int, int], None]) -> Iterator[None]:
    """Inside a transaction: the tables have only their primary keys and checks until the end of the block."""
    away = [*_constraints(tables), *_indexes(tables)]
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for number, one in enumerate(reversed(away)):
            cursor.execute(one.again)
            progress(number + 1, len(away))
        for table in tables:
            cursor.execute(f"ANALYZE {table}")


def _constraints(tables: Sequence[str]) -> list[Away]:
    """References to other tables, and what is to be unique besides the primary key."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint
               WHERE conrelid = ANY(%s::text[]::regclass[]) AND contype IN ('f', 'u') ORDER BY contype, conname""",
            [list(tables)],
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
               WHERE indrelid = ANY(%s::text[]::regclass[]) AND NOT indisprimary
                 AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid) ORDER BY relname""",
            [list(tables)],
        )
        found = cursor.fetchall()
        for name, _again in found:
            cursor.execute(f"DROP INDEX {name}")
    return [Away(name, again) for name, again in found]
