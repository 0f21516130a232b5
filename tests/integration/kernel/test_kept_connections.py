"""A kept connection is used again without a question, and never one that the server has ended."""

import time
from collections.abc import Iterator

import pytest
from django.db import DatabaseError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

from camaug.kernel.postgresql.resting import resting


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


@pytest.fixture
def rests(db: None) -> Iterator[None]:
    resting.begin()
    yield
    resting.end()


def backend(of: BaseDatabaseWrapper) -> int:
    with of.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (number,) = cursor.fetchone() or (0,)
    return int(number)


def test_whoever_comes_next_takes_the_one_that_was_used_last(rests: None) -> None:
    one, other, third = connection.copy(), connection.copy(), connection.copy()
    first, second = backend(one), backend(other)
    one.close_if_unusable_or_obsolete()
    other.close_if_unusable_or_obsolete()
    assert one.connection is None
    assert backend(third) == second
    assert backend(other) == first
    one.close()
    for used in (other, third):
        used.close_if_unusable_or_obsolete()


def test_one_that_the_server_ended_while_it_rested_is_passed_over(rests: None) -> None:
    one, other, third = connection.copy(), connection.copy(), connection.copy()
    living, ended = backend(one), backend(other)
    one.close_if_unusable_or_obsolete()
    other.close_if_unusable_or_obsolete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [ended])
        assert cursor.fetchone() == (True,)
    assert backend(third) == living
    third.close_if_unusable_or_obsolete()


def test_one_whose_time_ends_while_it_rests_is_passed_over(rests: None) -> None:
    one, other = connection.copy(), connection.copy()
    over = backend(one)
    one.close_at = time.monotonic() + 0.2
    one.close_if_unusable_or_obsolete()
    time.sleep(0.3)
    assert backend(other) != over
    other.close()


def test_one_whose_time_is_over_or_with_a_transaction_under_way_does_not_rest(rests: None) -> None:
    one, other = connection.copy(), connection.copy()
    over = backend(one)
    one.close_at = 0
    one.close_if_unusable_or_obsolete()
    assert backend(other) != over
    one.ensure_connection()
    one.set_autocommit(False)
    under_way = backend(one)
    one.close_if_unusable_or_obsolete()
    other.close()
    assert backend(other) != under_way
    other.close()


def test_nothing_rests_where_nobody_said_so(db: None) -> None:
    one = connection.copy()
    kept_on = backend(one)
    one.close_if_unusable_or_obsolete()
    assert backend(one) == kept_on
    one.close()
