"""An officer at a counter: every move from every state, and what stands in its way."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest

from camaug.access.models import Account
from camaug.kernel.actors import ANONYMOUS, SYSTEM, Actor
from camaug.kernel.errors import NotAllowed, NotFound
from camaug.kernel.history import history_of
from camaug.kernel.lifecycle import WrongState
from camaug.people.actions.change_roles import change_roles
from camaug.people.models import Position
from camaug.queue.actions.at_counter import CounterBusy, NotAtThisCounter
from camaug.queue.actions.begin_serving import begin_serving
from camaug.queue.actions.call_again import call_again
from camaug.queue.actions.call_next import call_next
from camaug.queue.actions.close_counter import close_counter
from camaug.queue.actions.finish_serving import finish_serving
from camaug.queue.actions.leave_queue import leave_queue
from camaug.queue.actions.miss import miss
from camaug.queue.actions.open_counter import CounterTaken, ElsewhereAlready, open_counter
from camaug.queue.actions.transfer import NoSuchCounter, transfer
from camaug.queue.lifecycle import AT_COUNTER, LIFECYCLE, TicketState
from camaug.queue.models import Counter, Ticket
from camaug.queue.queries import board, hall, screen, ticket, today
from tests.halls import hall_id, serve, sit, take
from tests.world import AT, COMMUNE, World

MINUTE = timedelta(minutes=1)
LATER = AT + 10 * MINUTE


@pytest.fixture
def clerk(world: World) -> Actor:
    return sit(world)


@pytest.fixture
def colleague(world: World) -> Actor:
    """The specialist, made a clerk, at the second counter."""
    position = Position.objects.filter(agency_id=world.agencies[COMMUNE], officer_id=_officer(world)).first()
    assert position
    change_roles(position.id, roles=["ONE_STOP_CLERK"], main=position.main, by=SYSTEM, at=AT)
    return sit(world, 2, by=world.officer("specialist", at=AT + MINUTE), at=AT + MINUTE)


def _officer(world: World) -> UUID:
    officer = Account.objects.get(pk=world.officers["specialist"]).officer_id
    assert officer
    return officer


MOVES: dict[str, Callable[[Ticket, Actor], object]] = {
    "call_again": lambda ticket, by: call_again(ticket.id, by=by, at=LATER),
    "begin_serving": lambda ticket, by: begin_serving(ticket.id, by=by, at=LATER),
    "finish_serving": lambda ticket, by: finish_serving(ticket.id, by=by, at=LATER),
    "miss": lambda ticket, by: miss(ticket.id, by=by, at=LATER),
    "transfer": lambda ticket, by: transfer(ticket.id, to=2, by=by, at=LATER),
    "leave_queue": lambda ticket, by: leave_queue(ticket.code, by=ANONYMOUS, at=LATER),
}


@pytest.mark.parametrize("state", TicketState)
@pytest.mark.parametrize("move", MOVES)
def test_every_move_starts_only_where_the_table_says(world: World, clerk: Actor, state: TicketState, move: str) -> None:
    mine = Counter.objects.get(hall_id=hall_id(world), number=1)
    made = take(world)
    placed = {"counter": mine, "called_at": AT} if state in AT_COUNTER else {}
    Ticket.objects.filter(pk=made.pk).update(state=state, **placed)
    if state not in LIFECYCLE.move(move).sources:
        with pytest.raises(WrongState):
            MOVES[move](made, clerk)
        return
    MOVES[move](made, clerk)
    made.refresh_from_db()
    assert made.state == LIFECYCLE.move(move).target
    assert history_of(made.id).rows[0].facts["number"] == "A001"


def test_the_table_names_every_move_that_is_tried() -> None:
    assert {move.name for move in LIFECYCLE.moves} == {"call", *MOVES}


def test_a_person_is_called_served_and_done_and_the_next_is_called_in_one_press(world: World, clerk: Actor) -> None:
    first, second = take(world), take(world, "B")
    assert call_next(by=clerk, at=AT) == first
    with pytest.raises(CounterBusy):
        call_next(by=clerk, at=AT)
    begin_serving(first.id, by=clerk, at=AT + MINUTE)
    assert call_next(by=clerk, at=LATER) == second
    first.refresh_from_db()
    assert (first.state, first.ended_at) == (TicketState.SERVED, LATER)
    finish_serving(second.id, by=clerk, at=LATER)
    assert call_next(by=clerk, at=LATER) is None


def test_whoever_is_passed_on_comes_first_at_that_counter_and_at_no_other(
    world: World, clerk: Actor, colleague: Actor
) -> None:
    first, second = take(world), take(world)
    call_next(by=clerk, at=AT)
    transfer(first.id, to=2, by=clerk, at=AT)
    assert call_next(by=clerk, at=AT) == second
    assert call_next(by=colleague, at=AT) == first
    with pytest.raises(NotAtThisCounter):
        finish_serving(first.id, by=clerk, at=AT)
    with pytest.raises(NoSuchCounter):
        transfer(second.id, to=1, by=clerk, at=AT)


def test_who_was_passed_on_to_a_counter_that_closes_is_called_by_any(
    world: World, clerk: Actor, colleague: Actor
) -> None:
    first = take(world)
    call_next(by=clerk, at=AT)
    transfer(first.id, to=2, by=clerk, at=AT)
    close_counter(by=colleague, at=AT)
    assert call_next(by=clerk, at=AT) == first


def test_who_missed_the_call_may_be_called_after_all(world: World, clerk: Actor) -> None:
    first, second = take(world), take(world)
    call_next(by=clerk, at=AT)
    miss(first.id, by=clerk, at=AT)
    assert board(hall_id(world), at=AT).missed == ("A001",)
    call_next(by=clerk, at=AT)
    with pytest.raises(CounterBusy):
        call_again(first.id, by=clerk, at=AT)
    finish_serving(second.id, by=clerk, at=AT)
    call_again(first.id, by=clerk, at=AT)
    assert [(call.label, call.counter, call.calls) for call in board(hall_id(world), at=AT).calls] == [("A001", 1, 2)]


def test_the_newest_call_stands_first_and_one_called_again_comes_up(
    world: World, clerk: Actor, colleague: Actor
) -> None:
    first, second = take(world), take(world)
    call_next(by=clerk, at=AT)
    begin_serving(first.id, by=clerk, at=AT)
    call_next(by=colleague, at=AT + MINUTE)
    assert [call.label for call in board(hall_id(world), at=LATER).calls] == ["A002", "A001"]
    miss(second.id, by=colleague, at=AT + 2 * MINUTE)
    finish_serving(first.id, by=clerk, at=AT + 2 * MINUTE)
    take(world)
    call_next(by=clerk, at=AT + 3 * MINUTE)
    assert [call.label for call in board(hall_id(world), at=LATER).calls] == ["A003"]
    call_again(second.id, by=colleague, at=AT + 4 * MINUTE)
    up = board(hall_id(world), at=AT + 4 * MINUTE).calls
    assert [(call.label, call.fresh, call.calls) for call in up] == [("A002", True, 2), ("A003", False, 1)]


def test_the_wall_chimes_with_each_call_and_at_nothing_else(world: World, clerk: Actor, colleague: Actor) -> None:
    def mark() -> str:
        return board(hall_id(world), at=LATER).mark

    first, second = take(world), take(world)
    assert mark() == ""
    call_next(by=clerk, at=AT)
    called = mark()
    call_next(by=colleague, at=AT + MINUTE)
    both = mark()
    begin_serving(first.id, by=clerk, at=AT + 2 * MINUTE)
    finish_serving(first.id, by=clerk, at=AT + 3 * MINUTE)
    assert mark() == both != called, "who comes to the counter was called before"
    call_again(second.id, by=colleague, at=AT + 4 * MINUTE)
    assert mark() not in {"", called, both}


def test_one_officer_sits_at_one_counter_and_one_counter_has_one_officer(
    world: World, clerk: Actor, colleague: Actor
) -> None:
    with pytest.raises(CounterTaken):
        sit(world, 1, by=colleague)
    close_counter(by=clerk, at=AT)
    with pytest.raises(ElsewhereAlready):
        sit(world, 1, by=colleague)


def test_a_counter_is_not_closed_while_somebody_stands_there(world: World, clerk: Actor) -> None:
    take(world)
    called = call_next(by=clerk, at=AT)
    with pytest.raises(CounterBusy):
        close_counter(by=clerk, at=AT)
    assert called
    miss(called.id, by=clerk, at=AT)
    close_counter(by=clerk, at=AT)
    with pytest.raises(NotFound):
        call_next(by=clerk, at=AT)


@pytest.mark.parametrize("stranger", ["other_clerk", "chairman", "administrator"])
def test_only_clerks_of_the_agency_open_a_counter(world: World, stranger: str) -> None:
    with pytest.raises(NotAllowed):
        open_counter(hall_id(world), number=1, by=world.officer(stranger), at=AT)


def test_the_wait_falls_as_people_are_served(world: World, clerk: Actor) -> None:
    for _person in range(4):
        last = take(world)
    assert hall(hall_id(world), at=AT).waiting == 4
    seen = []
    for served in range(3):
        view = ticket(last.code, at=AT)
        seen.append((view.before, view.minutes))
        serve(clerk, at=AT + served * 6 * MINUTE, minutes=6)
    assert seen == [(3, 30), (2, 20), (1, 10)]
    assert ticket(last.code, at=LATER).minutes == 0
    assert screen(hall_id(world), by=clerk, at=AT).served == 3
    day = today(hall_id(world), at=LATER)
    assert (day.taken, day.waiting, day.served, day.counters[0].minutes) == (4, 1, 3, 6)


def test_nobody_knows_how_long_where_no_counter_is_open(world: World) -> None:
    take(world)
    view = ticket(take(world).code, at=AT)
    assert (view.before, view.minutes) == (1, None)
