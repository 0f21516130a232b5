"""One account never administers and works on cases at the same time, by whatever way each would come to it."""

import re
from collections.abc import Callable
from datetime import timedelta
from itertools import product
from uuid import UUID

import pytest

from camaug.access.actions.open_officer_accounts import open_officer_accounts
from camaug.access.models import Account
from camaug.access.queries import actor_of
from camaug.kernel.actors import SYSTEM
from camaug.people.actions.appoint import appoint
from camaug.people.actions.carry_import import carry_import
from camaug.people.actions.change_roles import change_roles
from camaug.people.actions.confirm_import import confirm_import
from camaug.people.actions.declare_absence import declare_absence
from camaug.people.actions.end_position import end_position
from camaug.people.actions.engage_officer import engage_officer
from camaug.people.actions.entrust_role import entrust_role
from camaug.people.actions.keep_apart import KindsMixed
from camaug.people.actions.send_table import send_table
from camaug.people.models import Position
from camaug.people.queries import positions_of
from camaug.people.queries.rights import rights_of, who_may
from tests.applications import send_birth
from tests.desks import desk_of
from tests.world import AT, COMMUNE, World

WEEK = timedelta(days=7)
ADMINISTERING, WORKING = "ADMINISTRATOR", "ONE_STOP_CLERK"
MAIL = "tanan_lamquocbao@camau.gov.vn"

type Way = Callable[[World, Position, str], object]


def seat(world: World, mail: str = MAIL, title: str = "Cán bộ") -> Position:
    """A new officer in a position that carries no role."""
    officer = engage_officer("Lâm Quốc Bảo", official_email=mail, by=SYSTEM, at=AT)
    return another(world, officer.id, title, [])


def another(world: World, officer_id: UUID, title: str, roles: list[str]) -> Position:
    unit = world.agencies[COMMUNE]
    return appoint(
        officer_id,
        agency_id=unit,
        title=title,
        roles=roles,
        from_date=AT.date(),
        main=False,
        by=SYSTEM,
        at=AT,
    )


def stands_in(position: Position, officer_id: UUID) -> None:
    declare_absence(
        position.id,
        stand_in_id=officer_id,
        from_at=AT,
        until_at=AT + WEEK,
        by=SYSTEM,
        at=AT,
    )


def by_absence(world: World, own: Position, role: str) -> None:
    stands_in(another(world, seat(world, f"{role.lower()}1@camau.gov.vn").officer_id, "Vắng", [role]), own.officer_id)


def by_roles_of_the_absent(world: World, own: Position, role: str) -> None:
    absent = seat(world, f"{role.lower()}2@camau.gov.vn")
    stands_in(absent, own.officer_id)
    change_roles(absent.id, roles=[role], main=True, by=SYSTEM, at=AT)


def for_a_time(_world: World, own: Position, role: str) -> None:
    entrust_role(own.id, role=role, from_at=AT, until_at=AT + WEEK, reason="Thay người đi họp", by=SYSTEM, at=AT)


WAYS: dict[str, Way] = {
    "a position": lambda world, own, role: another(world, own.officer_id, f"Chức danh {role}", [role]),
    "other roles": lambda _world, own, role: change_roles(
        own.id, roles=[role, *Position.objects.get(pk=own.pk).roles], main=True, by=SYSTEM, at=AT
    ),
    "for a time": for_a_time,
    "standing in": by_absence,
    "standing in, roles later": by_roles_of_the_absent,
}


@pytest.mark.parametrize("kinds", [(ADMINISTERING, WORKING), (WORKING, ADMINISTERING)], ids=["first", "then"])
@pytest.mark.parametrize(("first", "then"), list(product(WAYS, repeat=2)))
def test_no_way_leads_to_both(world: World, first: str, then: str, kinds: tuple[str, str]) -> None:
    own = seat(world)
    WAYS[first](world, own, kinds[0])
    with pytest.raises(KindsMixed):
        WAYS[then](world, own, kinds[1])


def test_one_after_the_other_is_no_both(world: World) -> None:
    own = seat(world)
    change_roles(own.id, roles=[WORKING], main=True, by=SYSTEM, at=AT)
    end_position(own.id, until_date=AT.date() + WEEK, by=SYSTEM, at=AT)
    later = {"title": "Quản trị", "roles": [ADMINISTERING], "by": SYSTEM, "at": AT}
    with pytest.raises(KindsMixed):
        appoint(own.officer_id, agency_id=own.agency_id, from_date=AT.date() + WEEK - timedelta(days=1), **later)
    appoint(own.officer_id, agency_id=own.agency_id, from_date=AT.date() + WEEK, **later)


def test_a_table_that_mixes_them_is_refused_whole(world: World) -> None:
    own = seat(world)
    lines = f"{MAIL};{COMMUNE};Quản trị;{ADMINISTERING}\n{MAIL};{COMMUNE};{own.title};{WORKING}\n"
    table = "official_email;agency;title;roles\n" + lines
    run = send_table("POSITIONS", table.encode(), file_name="a.csv", language="vi", by=SYSTEM, at=AT)
    for step in (None, confirm_import):
        if step:
            step(run.id, by=world.officer("administrator"), at=AT)
        assert carry_import(run.id, progress=lambda _done, _total: None, at=AT)
    run.refresh_from_db()
    assert run.state == "REFUSED"
    assert "quản trị" in run.problems[0][3]
    own.refresh_from_db()
    assert own.roles == []


def test_who_has_both_all_the_same_administers_and_reads_no_case(world: World) -> None:
    """As data may say that was there before this rule."""
    case = send_birth(world)
    own = seat(world)
    Position.objects.filter(pk=own.pk).update(roles=[WORKING, ADMINISTERING])
    second = another(world, seat(world, "khac@camau.gov.vn").officer_id, "Hai", [WORKING])
    Position.objects.filter(pk=second.pk).update(officer=own.officer_id)
    open_officer_accounts(by=SYSTEM, at=AT)
    actor = actor_of(Account.objects.get(email=MAIL), at=AT, origin="")
    assert [post.roles for post in actor.posts] == [{ADMINISTERING}]
    assert actor.posts == tuple(one.post(AT) for one in positions_of(own.officer_id, AT))
    assert actor.may("people.administer")
    assert not any(code.startswith("cases.") for post in actor.posts for code in post.grants or {})
    told = rights_of(own.officer_id, at=AT)
    assert [bool(one.rights) for one in told] == [True, False]
    assert all("nghỉ" in one.why for one in told)
    assert own.officer_id not in {one.officer_id for one in who_may("cases.receive", own.agency_id, at=AT)}
    assert own.officer_id in {one.officer_id for one in who_may("people.administer", own.agency_id, at=AT)}
    assert desk_of(world, "administrator").get(f"/desk/cases/{case.code}/").status_code == 404


def test_the_page_says_so(world: World) -> None:
    own, desk = seat(world), desk_of(world, "administrator")
    page = f"/desk/administration/officers/{own.officer_id}/positions/{own.id}/roles/"
    seen = re.search(r'name="seen" value="(\d+)"', desk.get(page).content.decode())
    assert seen
    answer = desk.post(page, {"roles": [WORKING, ADMINISTERING], "main": "on", "seen": seen[1]}, follow=True)
    assert "người quản trị hệ thống không giữ vai trò nào khác" in answer.content.decode().lower()
