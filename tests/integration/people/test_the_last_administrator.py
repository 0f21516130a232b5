"""Somebody can always give roles: the last administrator stays one, also where two take it from each other at once."""

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import permutations

import pytest
from django.db import connection

from camaug.access.actions.change_kind import change_kind
from camaug.access.actions.close_account import AdministersStill, close_account
from camaug.kernel.actors import SYSTEM, Actor
from camaug.kernel.grants import OfficeKind
from camaug.people.actions.appoint import appoint
from camaug.people.actions.carry_import import carry_import
from camaug.people.actions.change_roles import change_roles
from camaug.people.actions.confirm_import import confirm_import
from camaug.people.actions.end_position import end_position
from camaug.people.actions.engage_officer import engage_officer
from camaug.people.actions.entrust_role import entrust_role
from camaug.people.actions.keep_administrator import LastAdministrator
from camaug.people.actions.leave import leave
from camaug.people.actions.send_table import send_table
from camaug.people.models import Position
from tests.desks import desk_of
from tests.world import AT, World, build

ADMINISTRATOR, TODAY = "ADMINISTRATOR", AT.date()
TOMORROW = TODAY + timedelta(days=1)

WAYS: dict[str, Callable[[Position, Actor], object]] = {
    "role": lambda held, by: change_roles(held.id, roles=[], main=True, by=by, at=AT),
    "position": lambda held, by: end_position(held.id, until_date=TODAY, by=by, at=AT),
    "later": lambda held, by: end_position(held.id, until_date=TODAY + timedelta(days=90), by=by, at=AT),
    "departure": lambda held, by: leave(held.officer_id, left_date=TOMORROW, by=by, at=AT),
}


def held() -> Position:
    return Position.objects.select_related("officer").get(roles__contains=[ADMINISTRATOR], valid_until=None)


def second(world: World) -> Position:
    """Another one, who does nothing else."""
    position = Position.objects.get(id=world.officer("clerk").posts[0].id)
    other = engage_officer("Lâm Quốc Bảo", official_email="stttt_lamquocbao@camau.gov.vn", by=SYSTEM, at=AT)
    return appoint(
        other.id, agency_id=position.agency_id, title="Quản trị", roles=[ADMINISTRATOR],
        from_date=TODAY, main=False, by=SYSTEM, at=AT,
    )  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_the_last_one_stays_and_the_last_but_one_goes(world: World, way: str) -> None:
    with pytest.raises(LastAdministrator):
        WAYS[way](held(), world.officer("administrator"))
    assert held().valid_until is None
    first = held()
    second(world)
    WAYS[way](first, world.officer("administrator"))
    with pytest.raises(LastAdministrator):
        WAYS[way](held(), SYSTEM)


def test_one_whose_time_is_set_does_not_count(world: World) -> None:
    first, other = held(), second(world)
    end_position(other.id, until_date=TODAY + timedelta(days=30), by=SYSTEM, at=AT)
    with pytest.raises(LastAdministrator):
        end_position(first.id, until_date=TODAY, by=SYSTEM, at=AT)


def test_other_roles_end_as_before(world: World) -> None:
    end_position(world.officer("specialist").posts[0].id, until_date=TODAY, by=SYSTEM, at=AT)


def test_a_table_that_takes_the_last_one_is_refused_whole(world: World) -> None:
    last = held()
    head = "official_email;agency;title;roles\n"
    line = f"{last.officer.official_email};{last.agency.code};{last.title};-\n"
    run = send_table("POSITIONS", (head + line).encode(), file_name="a.csv", language="vi", by=SYSTEM, at=AT)
    for step in (None, confirm_import):
        if step:
            step(run.id, by=world.officer("administrator"), at=AT)
        assert carry_import(run.id, progress=lambda _done, _total: None, at=AT)
    run.refresh_from_db()
    assert (run.state, held().id) == ("REFUSED", last.id)
    assert "người quản trị cuối cùng" in run.problems[0][3]


def test_who_administers_for_a_time_imports_too(world: World) -> None:
    last, seat = held(), world.officer("specialist").posts[0].id
    change_roles(seat, roles=[], main=True, by=SYSTEM, at=AT)
    change_kind(world.officers["specialist"], kind=OfficeKind.ADMINISTRATOR, reason="x", by=SYSTEM, at=AT)
    entrust_role(
        seat, role=ADMINISTRATOR, delegated_from=None, from_at=AT, until_at=AT + timedelta(days=3), document="",
        reason="Quản trị viên đi họp", by=SYSTEM, at=AT,
    )  # fmt: skip
    table = f"official_email;agency;title;roles\n{last.officer.official_email};{last.agency.code};{last.title};-\n"
    second(world)
    by = world.officer("specialist")
    run = send_table("POSITIONS", table.encode(), file_name="a.csv", language="vi", by=by, at=AT)
    for step in (None, confirm_import):
        if step:
            step(run.id, by=by, at=AT)
        assert carry_import(run.id, progress=lambda _done, _total: None, at=AT)
    run.refresh_from_db()
    assert (run.state, run.problems) == ("IMPORTED", [])


def test_the_page_says_so(world: World) -> None:
    last = held()
    page = f"/desk/administration/officers/{last.officer_id}/departure/"
    desk = desk_of(world, "administrator")
    seen = re.search(r'name="seen" value="(\d+)"', desk.get(page).content.decode())
    assert seen
    answer = desk.post(page, {"day-day": "1", "day-month": "12", "day-year": "2026", "seen": seen[1]}, follow=True)
    assert "người quản trị cuối cùng" in answer.content.decode()


def test_the_account_of_an_administrator_is_not_closed(world: World) -> None:
    with pytest.raises(AdministersStill):
        close_account(world.officers["administrator"], by=SYSTEM, at=AT)
    close_account(world.officers["clerk"], by=SYSTEM, at=AT)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("one", "other"), [*permutations(["role", "position", "departure"], 2), ("role", "role")])
def test_of_two_who_take_it_from_each_other_at_once_one_stays(transactional_db: None, one: str, other: str) -> None:
    world = build()
    first = held()
    last = second(world)
    gate = threading.Barrier(2)

    def take(way: str, position: Position) -> object:
        try:
            gate.wait(30)
            return WAYS[way](position, SYSTEM)
        except LastAdministrator as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = [pool.submit(take, one, first), pool.submit(take, other, last)]
        found = [answer.result(timeout=60) for answer in answers]
    assert sorted(type(answer).__name__ for answer in found) == ["LastAdministrator", "NoneType"]
    assert (
        Position.objects.filter(roles__contains=[ADMINISTRATOR], valid_until=None, officer__left_date=None).count() == 1
    )
