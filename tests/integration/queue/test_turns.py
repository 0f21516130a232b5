"""In which order people are called: every combination of what decides, sorted whole."""

from datetime import datetime, timedelta
from itertools import product

from camaug.queue.models import Counter, Ticket
from camaug.queue.turns import ORDINARY, Turn
from tests.halls import hall_id, take
from tests.world import AT, World

NOW = AT + timedelta(hours=1)
PASSED_ON = (False, True)
PROMISED = {"none": None, "early": NOW + timedelta(minutes=1), "due": NOW, "overdue": NOW - timedelta(minutes=20)}
RANKS = (ORDINARY, 20, 10)


def expected(passed_on: bool, promised: str, rank: int, arrival: int) -> tuple[int, datetime, int, int]:
    """What the order is by, in the words of the rule: turn, time, rank, arrival."""
    never = datetime.max.replace(tzinfo=NOW.tzinfo)
    if passed_on:
        return Turn.PASSED_ON, never, 0, arrival
    if promised in ("due", "overdue"):
        return Turn.APPOINTMENT, PROMISED[promised] or never, 0, arrival
    if rank < ORDINARY:
        return Turn.PRIORITY, never, rank, arrival
    if promised == "early":
        return Turn.EARLY, PROMISED[promised] or never, 0, arrival
    return Turn.ORDINARY, never, 0, arrival


def test_everybody_is_called_in_the_order_of_the_table(world: World) -> None:
    counter = Counter.objects.filter(hall_id=hall_id(world)).get(number=1)
    wanted = {}
    for passed_on, promised, rank, _twice in product(PASSED_ON, PROMISED, RANKS, range(2)):
        ticket = take(world)
        changes = {"wanted": counter if passed_on else None, "promised_at": PROMISED[promised], "precedence": rank}
        Ticket.objects.filter(pk=ticket.pk).update(**changes)
        wanted[ticket.label] = expected(passed_on, promised, rank, ticket.arrival)
    waiting = Ticket.objects.of_day(hall_id(world), NOW.date()).waiting().for_counter(counter.id, "")
    called = [row.label for row in waiting.in_turn(at=NOW, counter=counter.id)]
    assert called == sorted(wanted, key=lambda label: wanted[label])
    assert len(called) == 48


def test_a_counter_calls_its_own_letters_and_whoever_was_passed_on_to_it(world: World) -> None:
    first, second = Counter.objects.filter(hall_id=hall_id(world)).order_by("number")
    a, b, c = take(world, "A"), take(world, "B"), take(world, "C")
    Ticket.objects.filter(pk=c.pk).update(wanted=first)
    waiting = Ticket.objects.of_day(hall_id(world), AT.date()).waiting()
    table = {
        (first.id, ""): {a.label, b.label, c.label},
        (first.id, "A"): {a.label, c.label},
        (second.id, ""): {a.label, b.label},
        (second.id, "B"): {b.label},
        (second.id, "C"): set(),
    }
    for (counter, letters), labels in table.items():
        assert {row.label for row in waiting.for_counter(counter, letters)} == labels
