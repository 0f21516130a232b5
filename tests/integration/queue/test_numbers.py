"""Numbers without gaps; one number to one counter, whoever presses at the same time."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from camaug.access.queries import actor_of_officer
from camaug.kernel.actors import ANONYMOUS, SYSTEM, Actor
from camaug.people.actions.change_roles import change_roles
from camaug.people.models import Position
from camaug.queue.actions.arrange_counter import CounterRules, arrange_counter
from camaug.queue.actions.at_counter import CounterBusy
from camaug.queue.actions.call_next import call_next
from camaug.queue.actions.open_counter import open_counter
from camaug.queue.actions.take_number import take_number
from camaug.queue.models import Ticket
from tests.halls import hall_id
from tests.world import AT, World, build

pytestmark = pytest.mark.django_db(transaction=True)
COUNTERS, PEOPLE = 8, 60


@pytest.fixture
def committed(transactional_db: None) -> World:
    """The small province as other connections see it."""
    return build()


def at_once(deeds: list[Callable[[], object]]) -> list[object]:
    """What each gave; all begin in the same moment."""
    gate = threading.Barrier(len(deeds))

    def do(deed: Callable[[], object]) -> object:
        try:
            gate.wait(30)
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return [one.result(timeout=120) for one in [pool.submit(do, deed) for deed in deeds]]


def eight_officers(world: World) -> list[Actor]:
    """Eight officers of the commune, each a clerk, at eight counters."""
    officers = []
    held = Position.objects.filter(agency_id=hall_id(world), valid_until=None)
    positions = held.order_by("officer", "id").distinct("officer")
    for number, position in enumerate(positions[:COUNTERS], start=1):
        if position.roles != ["ONE_STOP_CLERK"]:
            change_roles(position.id, roles=["ONE_STOP_CLERK"], main=position.main, by=SYSTEM, at=AT)
        officer = actor_of_officer(position.officer_id, at=AT, origin="test")
        arrange_counter(hall_id(world), number, CounterRules("", "", in_use=True), by=SYSTEM, at=AT)
        open_counter(hall_id(world), number=number, by=officer, at=AT)
        officers.append(officer)
    assert len(officers) == COUNTERS
    return officers


def test_many_who_take_numbers_at_once_get_each_number_once_and_none_is_left_out(committed: World) -> None:
    def taker(letter: str) -> Callable[[], object]:
        return lambda: take_number(hall_id(committed), letter=letter, by=ANONYMOUS, at=AT).label

    for _round in range(3):
        at_once([taker("AB"[number % 2]) for number in range(10)])
    tickets = Ticket.objects.filter(hall_id=hall_id(committed))
    for letter in "AB":
        numbers = sorted(tickets.filter(letter=letter).values_list("number", flat=True))
        assert numbers == list(range(1, 16))
    assert sorted(tickets.values_list("arrival", flat=True)) == list(range(1, 31))


def test_eight_counters_that_call_at_once_never_call_one_number_twice(committed: World) -> None:
    officers = eight_officers(committed)
    for _person in range(PEOPLE):
        take_number(hall_id(committed), letter="A", by=ANONYMOUS, at=AT)

    def work(officer: Actor) -> Callable[[], object]:
        def until_nobody_waits() -> list[str]:
            called = []
            while ticket := call_next(by=officer, at=AT):
                called.append(ticket.label)
                Ticket.objects.filter(pk=ticket.pk).update(state="SERVING", begun_at=AT)
            return called

        return until_nobody_waits

    rounds = at_once([work(officer) for officer in officers])
    called = [label for one in rounds if isinstance(one, list) for label in one]
    assert sorted(called) == [f"A{number:03d}" for number in range(1, PEOPLE + 1)]
    assert Ticket.objects.filter(state="SERVED").count() == PEOPLE


def test_one_officer_who_presses_twice_at_once_calls_one_person(committed: World) -> None:
    officer = eight_officers(committed)[0]
    for _person in range(2):
        take_number(hall_id(committed), letter="A", by=ANONYMOUS, at=AT)

    def press() -> object:
        try:
            return call_next(by=officer, at=AT)
        except CounterBusy as refusal:
            return refusal

    answers = at_once([press, press])
    assert sorted(type(answer).__name__ for answer in answers) == ["CounterBusy", "Ticket"]
    assert Ticket.objects.filter(state="CALLED").count() == 1
