"""A kept connection is used again without a question, and never one that the server has ended."""

from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper


@pytest.fixture
def kept(db: None) -> Iterator[BaseDatabaseWrapper]:
    other = connection.copy()
    other.ensure_connection()
    yield other
    other.close()


def test_one_that_lives_is_usable(kept: BaseDatabaseWrapper) -> None:
    assert kept.is_usable()


def test_one_that_the_server_ended_is_not(kept: BaseDatabaseWrapper) -> None:
    with kept.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (number,) = cursor.fetchone() or (None,)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [number])
        assert cursor.fetchone() == (True,)
    assert not kept.is_usable()


def test_one_that_was_closed_here_is_not(kept: BaseDatabaseWrapper) -> None:
    assert kept.connection is not None
    kept.connection.close()
    assert not kept.is_usable()


def test_one_whose_transaction_failed_is_not(kept: BaseDatabaseWrapper) -> None:
    kept.set_autocommit(False)
    with pytest.raises(DatabaseError), kept.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    assert not kept.is_usable()
    kept.rollback()
    assert kept.is_usable()
