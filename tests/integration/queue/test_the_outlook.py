"""Who thinks of going there is told what the hall itself says, by two questions."""

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext

from camaug.kernel.ids import uuid7
from camaug.queue.queries import hall, outlook
from tests.halls import hall_id, serve, sit, take
from tests.world import AT, World


def agrees(world: World, minutes: int = 0) -> tuple[int | None, int | None]:
    at = AT + timedelta(minutes=minutes)
    told, here = outlook(hall_id(world), at=at), hall(hall_id(world), at=at)
    assert told
    expected = (here.waiting, here.minutes) if here.taking else (None, None)
    assert (told.waiting, told.minutes, told.books) == (*expected, here.books)
    return told.waiting, told.minutes


def test_it_says_what_the_hall_says(world: World) -> None:
    assert agrees(world) == (0, None)
    for letter in "AABAB":
        take(world, letter)
    assert agrees(world) == (5, None)
    officer = sit(world)
    assert agrees(world)[1]
    for number in range(4):
        serve(officer, at=AT + timedelta(minutes=7 * number), minutes=7)
        agrees(world, minutes=7 * (number + 1))
    assert agrees(world, minutes=28) == (1, 7)


def test_at_night_nobody_waits(world: World) -> None:
    take(world)
    assert agrees(world, minutes=14 * 60) == (None, None)


def test_an_agency_without_a_hall_has_no_outlook(world: World) -> None:
    assert outlook(uuid7(), at=AT) is None


def test_it_takes_few_questions(world: World) -> None:
    sit(world)
    take(world)
    outlook(hall_id(world), at=AT)
    with CaptureQueriesContext(connection) as asked:
        outlook(hall_id(world), at=AT)
    assert len(asked) <= 2
