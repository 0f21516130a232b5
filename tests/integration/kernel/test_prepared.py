"""A statement that is executed as it was prepared gives what a cursor gives, and refuses what a cursor refuses."""

import gc
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID
from weakref import ref

import psycopg
import pytest
from django.db import DatabaseError, DataError, IntegrityError, OperationalError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from psycopg import pq
from psycopg.types.json import Jsonb

from camaug.kernel.prepared import Values, asked, told
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


def end_this_connection() -> None:
    """As a server does that is stopped."""
    with psycopg.connect(connection.connection.info.dsn, password=connection.settings_dict["PASSWORD"]) as other:
        other.execute("SELECT pg_terminate_backend(%s, 10000)", [connection.connection.info.backend_pid])


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
    end_this_connection()
    with pytest.raises(OperationalError):
        asked("SELECT 'away'")
    with pytest.raises(OperationalError):
        asked("SELECT 'away'")
    connection.close()
    assert asked("SELECT 'away'") == [("away",)]


@pytest.mark.django_db(transaction=True)
def test_a_server_that_went_away_between_two_requests_is_gone_to_anew() -> None:
    for _ in range(OFTEN):
        asked("SELECT 'away'")
    end_this_connection()
    connection.close_if_unusable_or_obsolete()  # as Django does when a request begins
    assert asked("SELECT 'away'") == [("away",)]


LEVEL = "INSERT INTO people_agencylevel (code, name, rank) VALUES (%s, %s, %s)"


def level(code: str) -> list[Any]:
    return [code, "", 1]


@pytest.fixture
def often(transactional_db: None) -> None:
    """A statement that writes a row is prepared."""
    for number in range(OFTEN):
        asked(LEVEL, level(f"often {number}"))


def written() -> set[str]:
    """What other connections see."""
    with psycopg.connect(connection.connection.info.dsn, password=connection.settings_dict["PASSWORD"]) as other:
        found = other.execute("SELECT code FROM people_agencylevel WHERE code NOT LIKE 'often%'").fetchall()
    return {code for (code,) in found}


def status() -> int:
    return connection.connection.pgconn.transaction_status


def test_what_nobody_waits_for_is_sent_with_what_is_asked_next(often: None) -> None:
    asking = "SELECT code FROM people_agencylevel WHERE code = %s"
    for _ in range(OFTEN):
        asked(asking, ["a"])
    with transaction.atomic():
        told(LEVEL, level("a"))
        told(LEVEL, level("b"))
        assert status() == pq.TransactionStatus.IDLE
        assert asked(asking, ["a"]) == [("a",)]
        assert status() == pq.TransactionStatus.INTRANS
        told(LEVEL, level("c"))
        assert AgencyLevel.objects.filter(code__in=["b", "c"]).count() == 2
    assert written() == {"a", "b", "c"}


def test_what_nobody_waits_for_is_sent_with_commit(often: None) -> None:
    with transaction.atomic():
        told(LEVEL, level("a"))
        assert status() == pq.TransactionStatus.IDLE
        with transaction.atomic():
            assert status() == pq.TransactionStatus.INTRANS
            told(LEVEL, level("b"))
        with transaction.atomic(savepoint=False):
            told(LEVEL, level("c"))
        assert written() == set()
    assert status() == pq.TransactionStatus.IDLE
    assert written() == {"a", "b", "c"}


def tell(*codes: str) -> None:
    with transaction.atomic():
        for code in codes:
            told(LEVEL, level(code))


def test_what_is_undone_is_not_sent_any_more(often: None) -> None:
    def fall() -> None:
        with transaction.atomic():
            told(LEVEL, level("fallen"))
            raise LookupError

    with transaction.atomic():
        told(LEVEL, level("kept"))
        with transaction.atomic():
            told(LEVEL, level("undone to a savepoint"))
            transaction.set_rollback(True)
    with transaction.atomic():
        told(LEVEL, level("undone"))
        transaction.set_rollback(True)
    with pytest.raises(LookupError):
        fall()
    tell()
    assert written() == {"kept"}


def test_what_is_refused_with_commit_leaves_nothing_behind(often: None) -> None:
    with pytest.raises(IntegrityError):
        tell("a", "b", "a")
    assert status() == pq.TransactionStatus.IDLE
    assert written() == set()


def test_what_is_refused_before_an_answer_leaves_the_transaction_to_be_undone(often: None) -> None:
    def ask() -> None:
        try:
            asked("SELECT 'an answer'")
        finally:
            assert status() == pq.TransactionStatus.INERROR

    for _ in range(OFTEN):
        asked("SELECT 'an answer'")
    with transaction.atomic():
        told(LEVEL, level("a"))
        told(LEVEL, level("a"))
        with pytest.raises(IntegrityError):
            ask()
        transaction.set_rollback(True)
    assert written() == set()


def test_what_is_refused_within_a_savepoint_is_undone_to_it(often: None) -> None:
    with transaction.atomic():
        told(LEVEL, level("a"))
        with pytest.raises(IntegrityError):
            tell("b", "a")
        told(LEVEL, level("c"))
    assert written() == {"a", "c"}


def test_what_is_prepared_stays_so_when_a_transaction_or_a_part_of_it_is_undone(often: None) -> None:
    kept = connection.connection._prepared._names
    before = set(kept)
    assert before
    with transaction.atomic():
        told(LEVEL, level("a"))
        with pytest.raises(IntegrityError):
            tell("a")
        assert set(kept) == before
        transaction.set_rollback(True)
    assert set(kept) == before
    tell("b")
    assert written() == {"b"}


def test_whoever_looks_at_the_rows_can_say_no_before_commit(often: None) -> None:
    def no(found: list[Any]) -> None:
        seen.append(found)
        raise DatabaseError("no")

    seen: list[list[Any]] = []
    for _ in range(OFTEN):
        asked(f"{LEVEL} ON CONFLICT DO NOTHING RETURNING code", level("often"))
    with pytest.raises(DatabaseError, match="no"), transaction.atomic():
        told(f"{LEVEL} ON CONFLICT DO NOTHING RETURNING code", level("a"), check=no)
    assert seen == [[("a",)]]
    assert written() == set()


def test_whoever_looks_is_heard_before_what_was_refused_behind_it(often: None) -> None:
    class No(Exception):
        """The first statement says why the second was refused."""

    def no(_found: list[Any]) -> None:
        raise No

    asking = f"{LEVEL} ON CONFLICT DO NOTHING RETURNING code"
    for _ in range(OFTEN):
        asked(asking, level("often"))
    with transaction.atomic():
        told(asking, level("a"), check=no)
        with pytest.raises(No):
            asked(LEVEL, level("a"))
        transaction.set_rollback(True)
    assert written() == set()


def test_whatever_says_no_at_commit_leaves_the_connection_as_it_was(often: None) -> None:
    def no(_found: list[Any]) -> None:
        raise LookupError

    with pytest.raises(LookupError), transaction.atomic():
        told(LEVEL, level("a"), check=no)
    assert status() == pq.TransactionStatus.IDLE
    assert connection.get_autocommit()
    tell("b")
    assert written() == {"b"}


def test_a_closed_connection_is_not_kept_in_memory(transactional_db: None) -> None:
    for _ in range(OFTEN):
        asked("SELECT 1")
    gone = ref(connection.connection)
    connection.close()
    gc.collect()
    assert gone() is None


def test_outside_a_transaction_nothing_is_held_back(often: None) -> None:
    told(LEVEL, level("a"))
    assert written() == {"a"}


def test_a_server_that_went_away_before_commit_has_written_nothing(often: None) -> None:
    def away() -> None:
        with transaction.atomic():
            told(LEVEL, level("a"))
            asked("SELECT 1")
            told(LEVEL, level("b"))
            end_this_connection()

    with pytest.raises(OperationalError):
        away()
    connection.close()
    connection.ensure_connection()
    assert written() == set()
