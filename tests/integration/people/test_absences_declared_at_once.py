"""Two who declare absences at the same time, and a stand-in who leaves meanwhile: each in a connection of his own."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction

from camaug.kernel.actors import SYSTEM
from camaug.kernel.errors import DomainError
from camaug.people.actions.declare_absence import AlreadyAbsent, StandInHasLeft, declare_absence
from camaug.people.actions.leave import leave
from camaug.people.models import Absence, Position
from tests.waiting import until
from tests.world import AT, World, build

DAY = timedelta(days=1)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db: None) -> World:
    return build()


def away(position: Position, stand_in: Position | None = None, *, days: int = 0) -> Absence | DomainError:
    try:
        return declare_absence(
            position.id,
            stand_in_id=stand_in.officer_id if stand_in else None,
            from_at=AT + days * DAY,
            until_at=AT + (days + 2) * DAY,
            by=SYSTEM,
            at=AT,
        )
    except DomainError as refusal:
        return refusal


def at_once(*acts: Callable[[], object]) -> list[object]:
    gate = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            gate.wait(30)
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return [one.result(timeout=60) for one in [pool.submit(run, act) for act in acts]]


def seat(world: World, key: str) -> Position:
    return Position.objects.get(id=world.officer(key).posts[0].id)


def test_of_two_that_overlap_one_is_declared(world: World) -> None:
    clerk = seat(world, "clerk")
    for turn in range(5):
        found = at_once(lambda turn=turn: away(clerk, days=9 * turn), lambda turn=turn: away(clerk, days=9 * turn + 1))  # type: ignore[misc]
        assert sorted(type(one).__name__ for one in found) == ["Absence", AlreadyAbsent.__name__]
    assert Absence.objects.count() == 5


def test_two_who_stand_in_for_each_other_do_not_wait_for_each_other(world: World) -> None:
    clerk, specialist = seat(world, "clerk"), seat(world, "specialist")
    for turn in range(5):
        both = at_once(
            lambda turn=turn: away(clerk, specialist, days=9 * turn),  # type: ignore[misc]
            lambda turn=turn: away(specialist, clerk, days=9 * turn),  # type: ignore[misc]
        )
        assert [type(one) for one in both] == [Absence, Absence]


def test_a_stand_in_who_leaves_meanwhile_stands_in_for_nobody(world: World) -> None:
    clerk, specialist = seat(world, "clerk"), seat(world, "specialist")

    def declared() -> object:
        try:
            return away(clerk, specialist)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            leave(specialist.officer_id, left_date=AT.date(), by=SYSTEM, at=AT)
            found = pool.submit(declared)
            until(somebody_waits, what="the other waits for the departure")
        assert isinstance(found.result(timeout=60), StandInHasLeft)
    assert not Absence.objects.exists()


def somebody_waits() -> bool | None:
    """Whether another connection waits for this one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE pg_backend_pid() = ANY(pg_blocking_pids(pid))")
        return cursor.fetchone()[0] > 0 or None
