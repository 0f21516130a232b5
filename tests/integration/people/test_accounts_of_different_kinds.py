"""Who works on cases, who administers and who keeps the installation running have accounts of different kinds, by
whatever way a role would come to them.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from itertools import product
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from camaug.access.actions.activate_officer import activate_officer
from camaug.access.actions.change_kind import change_kind
from camaug.access.actions.issue_token import issue_token
from camaug.access.actions.open_officer_accounts import open_officer_accounts
from camaug.access.actions.reopen_account import WhyMissing
from camaug.access.models import Account, AccountDecision
from camaug.access.queries import actor_of, caller_by_secret
from camaug.kernel.actors import SYSTEM, Actor
from camaug.kernel.errors import NotAllowed
from camaug.kernel.grants import OfficeKind, kind_of
from camaug.kernel.models import EventRecord
from camaug.kernel.patience import patiently, troubles
from camaug.kernel.problems import NotSignedIn
from camaug.kernel.rest import Scope
from camaug.people.actions.appoint import appoint
from camaug.people.actions.be_of_kind import SameKind, StillCarries, be_of_kind
from camaug.people.actions.carry_import import carry_import
from camaug.people.actions.change_roles import change_roles
from camaug.people.actions.confirm_import import confirm_import
from camaug.people.actions.declare_absence import declare_absence
from camaug.people.actions.end_role_term import end_role_term
from camaug.people.actions.engage_officer import engage_officer
from camaug.people.actions.entrust_role import entrust_role
from camaug.people.actions.keep_apart import KindsMixed
from camaug.people.actions.send_table import send_table
from camaug.people.models import Import, Officer, Person, Position, RoleTerm
from camaug.people.queries import positions_of
from camaug.people.queries.rights import rights_of, who_may
from tests.applications import send_birth
from tests.desks import desk_of, look_for
from tests.sessions import enter
from tests.world import AT, COMMUNE, World

WEEK = timedelta(days=7)
ADMINISTERING, OPERATING, WORKING = "ADMINISTRATOR", "OPERATOR", "ONE_STOP_CLERK"
ROLES = {"OFFICER": WORKING, "ADMINISTRATOR": ADMINISTERING, "OPERATOR": OPERATING}
MAIL, PASSWORD = "tanan_lamquocbao@camau.gov.vn", "rừng đước Năm Căn 1"

type Way = Callable[[World, Position, str], object]


def seat(world: World, mail: str = MAIL, title: str = "Cán bộ", kind: str = "OFFICER") -> Position:
    """A new entry of that kind with its account, in a position that carries no role."""
    officer = engage_officer("Lâm Quốc Bảo", official_email=mail, by=SYSTEM, at=AT)
    open_officer_accounts(only=[officer.id], by=SYSTEM, at=AT)
    be_of_kind(officer, OfficeKind(kind), by=SYSTEM, at=AT)
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
    absent = seat(world, f"{role.lower()}1@camau.gov.vn", kind=kind_of(role))
    stands_in(another(world, absent.officer_id, "Vắng", [role]), own.officer_id)


def by_roles_of_the_absent(world: World, own: Position, role: str) -> None:
    absent = seat(world, f"{role.lower()}2@camau.gov.vn", kind=kind_of(role))
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


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(("kind", "role"), list(product(OfficeKind, ROLES.values())))
def test_a_role_comes_to_accounts_of_its_kind_alone(world: World, kind: OfficeKind, role: str, way: str) -> None:
    own = seat(world, kind=kind)
    if kind_of(role) == kind:
        WAYS[way](world, own, role)
        assert role in {one for post in actor_of_mail().posts for one in post.roles}
    else:
        with pytest.raises(KindsMixed):
            WAYS[way](world, own, role)


@pytest.mark.parametrize(("kind", "role"), ROLES.items())
def test_the_first_position_says_what_the_account_is_for(world: World, kind: str, role: str) -> None:
    officer = engage_officer("Lâm Quốc Bảo", official_email=MAIL, by=SYSTEM, at=AT)
    open_officer_accounts(only=[officer.id], by=SYSTEM, at=AT)
    another(world, officer.id, "Một", [role])
    assert Account.objects.get(officer=officer).kind == kind
    for other in set(ROLES.values()) - {role}:
        with pytest.raises(KindsMixed):
            another(world, officer.id, "Hai", [other])
    told = EventRecord.objects.filter(name="people.OfficerKindChanged", subject_id=officer.id)
    assert list(told.values_list("facts__kind", flat=True)) == ([] if kind == "OFFICER" else [kind])


def test_a_first_position_of_two_kinds_is_refused(world: World) -> None:
    officer = engage_officer("Lâm Quốc Bảo", official_email=MAIL, by=SYSTEM, at=AT)
    with pytest.raises(KindsMixed, match="Vận hành hệ thống"), transaction.atomic():
        another(world, officer.id, "Một", [ADMINISTERING, OPERATING])
    with pytest.raises(KindsMixed):
        another(world, officer.id, "Một", [WORKING, OPERATING])


def table(*lines: str) -> Import:
    """A table of positions, checked and, where nothing is wrong, written."""
    content = "\n".join(("official_email;agency;title;roles", *lines, "")).encode()
    run = send_table("POSITIONS", content, file_name="a.csv", language="vi", by=SYSTEM, at=AT)
    administrator = Account.objects.get(email="stttt_nguyenhuuphuoc@camau.gov.vn")
    assert carry_import(run.id, progress=lambda _done, _total: None, at=AT)
    run.refresh_from_db()
    if run.state == "CHECKED":
        confirm_import(run.id, by=actor_of(administrator, at=AT, origin=""), at=AT)
        assert carry_import(run.id, progress=lambda _done, _total: None, at=AT)
        run.refresh_from_db()
    return run


@pytest.mark.parametrize(("kind", "role"), list(product(OfficeKind, ROLES.values())))
def test_a_table_gives_roles_to_accounts_of_their_kind_alone(world: World, kind: OfficeKind, role: str) -> None:
    own = seat(world, kind=kind)
    run = table(f"{MAIL};{COMMUNE};Thêm;{role}")
    fits = kind_of(role) == kind
    assert run.state == ("IMPORTED" if fits else "REFUSED")
    assert [problem[0] for problem in run.problems] == ([] if fits else [2])
    assert Position.objects.filter(officer=own.officer_id, title="Thêm").exists() == fits


def test_a_table_that_mixes_kinds_is_refused_whole_with_the_line(world: World) -> None:
    own = seat(world)
    run = table(f"{MAIL};{COMMUNE};{own.title};{WORKING}", f"{MAIL};{COMMUNE};Quản trị;{ADMINISTERING}")
    assert run.state == "REFUSED"
    assert [(problem[0], "tài khoản của cán bộ" in problem[3]) for problem in run.problems] == [(3, True)]
    own.refresh_from_db()
    assert own.roles == []


@pytest.mark.parametrize(("kind", "role"), ROLES.items())
def test_a_tables_first_line_says_what_a_new_account_is_for(world: World, kind: str, role: str) -> None:
    officer = engage_officer("Lâm Quốc Bảo", official_email=MAIL, by=SYSTEM, at=AT)
    open_officer_accounts(only=[officer.id], by=SYSTEM, at=AT)
    assert table(f"{MAIL};{COMMUNE};Một;{role}").state == "IMPORTED"
    assert Account.objects.get(officer=officer).kind == kind


def test_a_table_does_not_reach_an_account_through_whom_it_stands_in_for(world: World) -> None:
    absent, own = seat(world, "vang@camau.gov.vn", kind="ADMINISTRATOR"), seat(world)
    stands_in(absent, own.officer_id)
    run = table(f"vang@camau.gov.vn;{COMMUNE};{absent.title};{ADMINISTERING}")
    assert (run.state, len(run.problems)) == ("REFUSED", 1)
    absent.refresh_from_db()
    assert absent.roles == []


@pytest.mark.parametrize("kind", OfficeKind)
def test_what_came_past_the_actions_rests_in_an_account_of_another_kind(world: World, kind: OfficeKind) -> None:
    """As data may say that was there before this rule, or was written by hand."""
    case = send_birth(world)
    own = seat(world, kind=kind)
    Position.objects.filter(pk=own.pk).update(roles=sorted(ROLES.values()))
    second = another(world, seat(world, "khac@camau.gov.vn").officer_id, "Hai", [WORKING])
    Position.objects.filter(pk=second.pk).update(officer=own.officer_id)
    RoleTerm.objects.create(
        position=own, role=OPERATING, from_at=AT, until_at=AT + WEEK, reason="x", given_by_name="x", given_at=AT
    )
    actor = actor_of_mail()
    assert {role for post in actor.posts for role in post.roles} == {ROLES[kind]}
    assert actor.posts == tuple(one.post(AT) for one in positions_of(own.officer_id, AT))
    assert actor.may("people.administer") == (kind == "ADMINISTRATOR")
    assert actor.may("kernel.try_again") == (kind == "OPERATOR")
    assert actor.may("cases.read") == (kind == "OFFICER")
    told = rights_of(own.officer_id, at=AT)
    assert all("nghỉ" in one.why for one in told if not one.rights)
    assert sum("nghỉ" in one.why for one in told) >= 1
    assert {right.code for one in told for right in one.rights} == {
        code for p in actor.posts for code in p.grants or {}
    }
    able = {code: own.officer_id in {one.officer_id for one in who_may(code, own.agency_id, at=AT)} for code in ASKED}
    assert able == {code: asked == kind for code, asked in ASKED.items()}
    desk = Client()
    enter(desk, Account.objects.get(email=MAIL))
    assert desk.get(f"/desk/cases/{case.code}/").status_code == (200 if kind == "OFFICER" else 404)
    assert desk.get("/desk/administration/officers/").status_code == (200 if kind == "ADMINISTRATOR" else 404)
    assert desk.post(f"/desk/administration/failing/{case.pk}/retrial/").status_code == 404


ASKED = {"cases.submit": "OFFICER", "people.administer": "ADMINISTRATOR", "kernel.try_again": "OPERATOR"}


def actor_of_mail() -> Actor:
    return actor_of(Account.objects.get(email=MAIL), at=AT, origin="")


def test_the_database_keeps_an_account_what_its_entry_is(world: World) -> None:
    own = seat(world)
    account = Account.objects.get(officer=own.officer_id)
    for kind in ("ADMINISTRATOR", "OPERATOR", "CITIZEN", "SERVICE"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Account.objects.filter(pk=account.pk).update(kind=kind)
    Officer.objects.filter(pk=own.officer_id).update(kind="OPERATOR")
    account.refresh_from_db()
    assert account.kind == "OPERATOR"
    for wrong in ({"officer": None}, {"name": "x"}, {"person": Person.objects.all()[0], "linkage": "MATCHED"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Account.objects.filter(pk=account.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Officer.objects.filter(pk=own.officer_id).update(kind="CITIZEN")


def test_the_page_says_so(world: World) -> None:
    own, desk = seat(world), desk_of(world, "administrator")
    page = f"/desk/administration/officers/{own.officer_id}/positions/{own.id}/roles/"
    seen = re.search(r'name="seen" value="(\d+)"', desk.get(page).content.decode())
    assert seen
    answer = desk.post(page, {"roles": [WORKING, ADMINISTERING], "main": "on", "seen": seen[1]}, follow=True)
    assert "vai trò “Quản trị hệ thống” không thuộc loại tài khoản này" in answer.content.decode()


def test_an_administrator_changes_the_kind_once_nothing_of_the_earlier_is_carried(world: World) -> None:
    by, own = world.officer("administrator"), seat(world)
    account = Account.objects.get(officer=own.officer_id)
    WAYS["for a time"](world, own, WORKING)
    wanted = {"kind": OfficeKind.OPERATOR, "by": by, "at": AT}
    with pytest.raises(StillCarries, match="Cán bộ Bộ phận Một cửa"):
        change_kind(account.id, reason="Chuyển việc", **wanted)
    end_role_term(RoleTerm.objects.get().id, by=by, at=AT)
    with pytest.raises(WhyMissing), transaction.atomic():
        change_kind(account.id, reason=" ", **wanted)
    with pytest.raises(NotAllowed):
        change_kind(account.id, reason="Chuyển việc", **{**wanted, "by": world.officer("chairman")})
    with pytest.raises(SameKind):
        change_kind(account.id, reason="Chuyển việc", **{**wanted, "kind": OfficeKind.OFFICER})
    secret = issue_token("x", scopes=Scope, days=9, level="LoA2", by=actor_of_mail(), at=AT).secret
    activate_officer(MAIL, password=PASSWORD, by=SYSTEM, at=AT)
    browser = Client()
    browser.post("/desk/sign-in/", {"email": MAIL, "password": PASSWORD})
    assert browser.get("/desk/").status_code == 200
    change_kind(account.id, reason="Chuyển việc", **wanted)
    assert browser.get("/desk/").status_code == 302
    with pytest.raises(NotSignedIn):
        caller_by_secret(secret, at=AT, origin="")
    account.refresh_from_db()
    assert account.kind == "OPERATOR"
    assert AccountDecision.objects.get(account=account).reason == "Chuyển việc"
    told = EventRecord.objects.get(name="people.OfficerKindChanged", subject_id=own.officer_id)
    assert told.facts == {"kind": "OPERATOR", "earlier": "OFFICER"}
    change_roles(own.id, roles=[OPERATING], main=True, by=SYSTEM, at=AT)
    assert {role for post in actor_of_mail().posts for role in post.roles} == {OPERATING}


def test_the_pages_name_the_kind_and_change_it(world: World) -> None:
    desk, officer = desk_of(world, "administrator"), Account.objects.get(pk=world.officers["operator"]).officer_id
    for page in ("", "account/"):
        assert "Tài khoản vận hành" in desk.get(f"/desk/administration/officers/{officer}/{page}").content.decode(), (
            page
        )
    assert "Tài khoản vận hành" in desk.get(f"/desk/officers/{officer}/rights/").content.decode()
    assert "Tài khoản vận hành" in look_for(desk, "/desk/administration/officers/", q="nhat duy").content.decode()
    new = engage_officer("Lâm Quốc Bảo", official_email=MAIL, by=SYSTEM, at=AT)
    open_officer_accounts(only=[new.id], by=SYSTEM, at=AT)
    form = f"/desk/administration/officers/{new.id}/appointment/"
    assert "Vai trò này làm cho tài khoản thành tài khoản vận hành" in desk.get(form).content.decode()
    page = f"/desk/administration/officers/{new.id}/account/kind/"
    for typed, words in (
        ({}, "Chọn loại tài khoản"),
        ({"kind": "OPERATOR"}, "lý do"),
        ({"kind": "OFFICER"}, "loại này"),
    ):
        answer = desk.post(page, typed)
        assert (answer.status_code, words.lower() in answer.content.decode().lower()) == (422, True), typed
    assert desk.post(page, {"kind": "OPERATOR", "reason": "Nhập nhầm"}).status_code == 302
    assert Account.objects.get(officer=new).kind == "OPERATOR"
    offered = desk.get(form).content.decode()
    assert 'value="OPERATOR"' in offered
    assert 'value="LEADER"' not in offered


def fail() -> None:
    raise ValueError


def test_an_operator_sees_what_fails_and_has_it_tried_again(world: World) -> None:
    """An administrator sees it; neither reads what a message holds of a case but masked, the operator not at all."""
    patiently("cases.work_batch", fail, about=str(world.officers["clerk"]))
    page, national = "/desk/administration/failing/", "/desk/administration/national-portal/"
    operator, administrator = desk_of(world, "operator"), desk_of(world, "administrator")
    retrial = f"{page}{troubles()[0].id}/retrial/"
    assert retrial in operator.get(page).content.decode()
    assert retrial not in administrator.get(page).content.decode()
    assert (administrator.post(retrial).status_code, operator.post(retrial).status_code) == (404, 302)
    assert (administrator.get(f"{national}replay/").status_code, operator.get(f"{national}replay/").status_code) == (
        404,
        200,
    )
    assert (
        administrator.get(f"{national}catalogue/").status_code,
        operator.get(f"{national}catalogue/").status_code,
    ) == (200, 404)
    for closed in ("", "officers/", "roles/", "programs/", "retention/", "accounts/"):
        assert operator.get(f"/desk/administration/{closed}").status_code == 404, closed
