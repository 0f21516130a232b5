"""A statement that is executed as it was prepared gives what a cursor gives, and refuses what a cursor refuses."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.db import DataError, IntegrityError, OperationalError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from psycopg import pq
from psycopg.types.json import Jsonb

from camaug.kernel.prepared import Values, asked
from camaug.people.models import AgencyLevel

AT = datetime(2026, 11, 23, 1, 2, 3, 456789, tzinfo=UTC)
ID = UUID("0192f1b0-0000-7000-8000-000000000001")
OFTEN = 4
"""psycopg prepares a statement at its third asking."""
STATEMENTS: list[tuple[str, list[Values]]] = [
    ("SELECT 1, NULL, 'a%%b', true", [()]),
    ("SELECT %s::text, %s::int, %s::timestamptz, %s::date", [["ộ", 7, AT, date(2026, 11, 23)], [None, None, AT, None]]),
    ("SELECT %(id)s::uuid, %(id)s::text, %(far)s::bigint", [{"id": ID, "far": 2**40}, {"far": 1, "id": None}]),
    ("SELECT %s::uuid[], %s::text[], %s::jsonb", [[[ID], ["a", 'b"{,}'], Jsonb({"a": [1, "ộ"]})], [[], [], None]]),
    ("SELECT n FROM generate_series(1, %s::int) n WHERE n > %s::int", [[3, 0], [3, 3]]),
    ("SELECT %s::bytea, %s::numeric, %s::boolean", [[b"\x00\xff", 12, True]]),
]


def by_cursor(statement: str, values: Values) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def prepared(connected: "psycopg.Connection[Any]") -> set[bytes]:
    return {statement for statement, _types in connected._prepared._names}


@pytest.mark.parametrize(("statement", "askings"), STATEMENTS)
def test_it_gives_what_a_cursor_gives(statement: str, askings: list[Values], db: None) -> None:
    for _ in range(OFTEN):
        for values in askings:
            assert asked(statement, values) == by_cursor(statement, values)


def test_a_statement_that_is_prepared_needs_no_cursor(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    statement = "SELECT %(id)s::uuid, 'needs no cursor'"
    for _ in range(OFTEN):
        asked(statement, {"id": ID})
    with monkeypatch.context() as without:
        without.setattr(connection, "cursor", None)
        assert asked(statement, {"id": ID}) == [(ID, "needs no cursor")]


def test_whoever_counts_statements_sees_it(db: None) -> None:
    with CaptureQueriesContext(connection) as seen:
        for _ in range(OFTEN):
            asked("SELECT 'counted'")
    assert len(seen) == OFTEN


def test_after_what_was_undone_it_is_prepared_anew(db: None) -> None:
    statement = "SELECT %s::int + 1"
    for _ in range(OFTEN):
        asked(statement, [1])
    assert b"SELECT $1::int + 1" in prepared(connection.connection)
    with transaction.atomic():
        by_cursor("SELECT 1", ())
        transaction.set_rollback(True)
    for _ in range(OFTEN):
        assert asked(statement, [1]) == [(2,)]


def test_in_a_transaction_that_must_be_undone_nothing_is_asked(db: None) -> None:
    for _ in range(OFTEN):
        asked("SELECT 'undone'")
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            asked("SELECT 'undone'")


def test_what_the_database_refuses_is_refused_alike(db: None) -> None:
    statement = "INSERT INTO people_agencylevel (code, name, rank) VALUES (%s, %s, %s)"
    for number in range(OFTEN):
        assert asked(statement, [str(number), "", number]) == []
    assert AgencyLevel.objects.filter(name="").count() == OFTEN
    for _ in range(OFTEN):
        with pytest.raises(IntegrityError), transaction.atomic():
            asked(statement, ["0", "", 9])
    with pytest.raises(DataError), transaction.atomic():
        asked("SELECT %s::text", ["nobody types\0this"])


@pytest.mark.django_db(transaction=True)
def test_the_first_statement_of_a_transaction_begins_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(OFTEN):
        asked("SELECT 'begun'")
    assert connection.connection.pgconn.transaction_status == pq.TransactionStatus.IDLE
    with transaction.atomic(), monkeypatch.context() as without:
        without.setattr(connection, "cursor", None)
        asked("SELECT 'begun'")
        assert connection.connection.pgconn.transaction_status == pq.TransactionStatus.INTRANS
        asked("SELECT 'begun'")
    assert connection.connection.pgconn.transaction_status == pq.TransactionStatus.IDLE


@pytest.mark.django_db(transaction=True)
def test_a_server_that_went_away_is_said_to_be_away() -> None:
    for _ in range(OFTEN):
        asked("SELECT 'away'")
    with psycopg.connect(connection.connection.info.dsn, password=connection.settings_dict["PASSWORD"]) as other:
        other.execute("SELECT pg_terminate_backend(%s, 10000)", [connection.connection.info.backend_pid])
    with pytest.raises(OperationalError):
        asked("SELECT 'away'")
    with pytest.raises(OperationalError):
        asked("SELECT 'away'")
    connection.close()
    assert asked("SELECT 'away'") == [("away",)]
