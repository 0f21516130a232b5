"""Who stands in for somebody: it ends with the absence, and he neither prolongs it nor gives himself more."""

from datetime import timedelta

import pytest

from camaug.kernel.actors import SYSTEM, Actor
from camaug.kernel.clock import LOCAL, now
from camaug.kernel.errors import NotAllowed
from camaug.people.actions.appoint import appoint
from camaug.people.actions.declare_absence import NamesHimself, declare_absence
from camaug.people.actions.end_absence import end_absence
from camaug.people.actions.end_position import end_position
from camaug.people.actions.engage_officer import engage_officer
from camaug.people.models import Absence, Position
from camaug.people.queries import positions_of
from tests.desks import desk_of
from tests.world import AT, World

DAY = timedelta(days=1)


def seat(world: World, key: str) -> Position:
    """The first own position of one of the cast."""
    return Position.objects.get(pk=world.officer(key).posts[0].id)


def away(who: Position, stand_in: Position | None, *, by: Actor, days: int = 3, after: int = 0) -> Absence:
    return declare_absence(
        who.id,
        stand_in_id=stand_in.officer_id if stand_in else None,
        from_at=AT + after * DAY,
        until_at=AT + days * DAY,
        by=by,
        at=AT,
    )


@pytest.mark.parametrize("named", ["himself", "another", "nobody"])
def test_a_stand_in_neither_prolongs_nor_ends_the_absence_in_which_he_acts(world: World, named: str) -> None:
    chairman, specialist = seat(world, "chairman"), seat(world, "specialist")
    absence = away(chairman, specialist, by=SYSTEM)
    acting = world.officer("specialist")
    assert chairman.id in {post.id for post in acting.posts}
    then = {"himself": specialist, "another": seat(world, "registrar"), "nobody": None}[named]
    with pytest.raises(NotAllowed):
        away(chairman, then, by=acting, after=3, days=30_000)
    with pytest.raises(NotAllowed):
        end_absence(absence.id, by=acting, at=AT)
    assert Absence.objects.count() == 1


def test_the_form_offers_a_stand_in_only_what_is_his_to_declare(world: World) -> None:
    chairman, specialist = seat(world, "chairman"), seat(world, "specialist")
    at = now()
    declare_absence(
        chairman.id, stand_in_id=specialist.officer_id, from_at=at - DAY, until_at=at + DAY, by=SYSTEM, at=at
    )
    desk = desk_of(world, "specialist")
    offered = {one["value"] for one in desk.get("/desk/absences/").context["positions"]}
    assert str(specialist.id) in offered
    assert str(chairman.id) not in offered
    first = at.astimezone(LOCAL).date() + 2 * DAY
    sent = {"position": chairman.id, "stand_in": specialist.officer_id, "from": first, "until": first + 30_000 * DAY}
    assert desk.post("/desk/absences/", {**sent, "reason": "Nghỉ phép"}).status_code == 403
    assert Absence.objects.count() == 1


def test_who_acts_for_a_head_declares_the_absences_of_others_as_the_head_does(world: World) -> None:
    away(seat(world, "chairman"), seat(world, "specialist"), by=SYSTEM)
    away(seat(world, "clerk"), seat(world, "registrar"), by=world.officer("specialist"))
    assert Absence.objects.count() == 2


@pytest.mark.parametrize("who", ["chairman", "specialist"])
def test_nobody_but_an_administrator_names_himself(world: World, who: str) -> None:
    """Neither a head, nor who stands in for one: he would give himself the roles of any seat that he leads."""
    if who == "specialist":
        away(seat(world, "chairman"), seat(world, "specialist"), by=SYSTEM)
    with pytest.raises(NamesHimself):
        away(seat(world, "clerk"), seat(world, who), by=world.officer(who))
    assert not Absence.objects.filter(position=seat(world, "clerk")).exists()


def test_nor_does_who_has_nothing_left_but_the_seat_of_another(world: World) -> None:
    chairman, specialist = seat(world, "chairman"), seat(world, "specialist")
    away(chairman, specialist, by=SYSTEM)
    end_position(specialist.id, until_date=AT.date(), by=SYSTEM, at=AT)
    acting = world.officer("specialist")
    assert [post.id for post in acting.posts] == [chairman.id]
    with pytest.raises(NamesHimself):
        away(seat(world, "clerk"), specialist, by=acting)


def test_an_administrator_stands_in_for_another_and_says_so_himself(world: World) -> None:
    own = seat(world, "administrator")
    other = engage_officer("Lâm Thị Mai", official_email="ubnd_lamthimai@camau.gov.vn", by=SYSTEM, at=AT)
    colleague = appoint(
        other.id, agency_id=own.agency_id, title="Quản trị viên", roles=own.roles, from_date=AT.date(), by=SYSTEM, at=AT
    )
    away(colleague, own, by=world.officer("administrator"))
    assert colleague.id in {one.id for one in positions_of(own.officer_id, AT)}
