"""Rows that one test after another begins with: made once a process, then copied back as they were."""

from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO

from django.db import connection, transaction
from psycopg import sql

TABLES = """SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY c.relname"""
COLUMNS = """SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped
    AND attgenerated = '' AND (%s OR atttypid <> 'xid8'::regtype AND attname <> 'recorded_at') ORDER BY attnum"""
"""By which transaction and when an event was written decides who has read it: that is whoever copies it, but in `past`."""

MADE_WITH_THE_SCHEMA = frozenset({"django_content_type", "auth_permission", "django_migrations"})


@dataclass(frozen=True)
class Kept:
    """All that was in some tables: columns and octets of each, as PostgreSQL copies them."""

    tables: dict[str, tuple[tuple[str, ...], bytes]]

    def lay(self) -> None:
        """Copy all of it back in place of what lies there, past triggers: they have seen these rows."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table in filled() & self.tables.keys():
                cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))
            for table, (columns, octets) in self.tables.items():
                with cursor.copy(_copying(table, columns, sql.SQL("FROM STDIN"))) as copy:
                    copy.write(octets)
            cursor.execute("SET LOCAL session_replication_role = origin")
        know(self.tables)


def know(tables: Iterable[str]) -> None:
    """Have the planner know what lies in the tables, as in a database at work: else it plans as for what lay there
    before, and a statement over everybody can take minutes.
    """
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("ANALYZE {}").format(sql.SQL(", ").join(map(sql.Identifier, sorted(tables)))))


def filled() -> frozenset[str]:
    """The tables in which there is a row."""
    with connection.cursor() as cursor:
        cursor.execute(TABLES)
        look = "SELECT {} WHERE EXISTS (SELECT FROM {})"
        looks = [sql.SQL(look).format(name, sql.Identifier(name)) for (name,) in cursor.fetchall()]
        cursor.execute(sql.SQL(" UNION ALL ").join(looks))
        return frozenset(str(name) for (name,) in cursor.fetchall())


def keep(*, but: Kept | None = None, past: bool = False) -> Kept:
    """All that there is but what comes with the schema; `but`: only the tables that have changed since then; `past`:
    events stay written when they were, and are read by those who have read them.
    """
    before = but.tables if but else {}
    now = {table: _read(table, past) for table in filled() - MADE_WITH_THE_SCHEMA}
    return Kept({table: rows for table, rows in now.items() if rows != before.get(table)})


def forget() -> None:
    """Delete all rows, of the cache and the queue too, past triggers, but what comes with the schema."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table in filled() - MADE_WITH_THE_SCHEMA:
            cursor.execute(sql.SQL("DELETE FROM {}").format(sql.Identifier(table)))


def _read(table: str, past: bool) -> tuple[tuple[str, ...], bytes]:
    octets = BytesIO()
    with connection.cursor() as cursor:
        cursor.execute(COLUMNS, [table, past])
        columns = tuple(str(name) for (name,) in cursor.fetchall())
        with cursor.copy(_copying(table, columns, sql.SQL("TO STDOUT"))) as copy:
            for piece in copy:
                octets.write(piece)
    return columns, octets.getvalue()


def _copying(table: str, columns: Iterable[str], way: sql.SQL) -> sql.Composed:
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    return sql.SQL("COPY {} ({}) {} (FORMAT BINARY)").format(sql.Identifier(table), names, way)
