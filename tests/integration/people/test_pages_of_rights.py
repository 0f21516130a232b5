"""What an officer may do and why, who may do something, the role book and delegations, through their pages."""

import re
from datetime import timedelta

import pytest

from camaug.access.models import Account
from camaug.cases.models import Case
from camaug.cases.policy import PERMISSIONS
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL, now
from camaug.kernel.errors import DomainError, NotAllowed, NotFound
from camaug.people.actions.change_grant import (
    AdministratorsAlone,
    AlwaysGranted,
    NoCaseworkForAdministrators,
    ReachImpossible,
    change_grant,
)
from camaug.people.actions.change_roles import NothingChanges
from camaug.people.actions.end_position import end_position
from camaug.people.actions.entrust_role import ReasonMissing
from camaug.people.models import Position, RoleGrant, RoleTerm
from tests.applications import send_birth
from tests.desks import desk_of
from tests.world import AT, COMMUNE, World

BOOK = "/desk/administration/roles/"


def officer_of(world: World, key: str) -> object:
    return Account.objects.get(pk=world.officers[key]).officer_id


def day(name: str, after: int) -> dict[str, str]:
    then = now().astimezone(LOCAL).date() + timedelta(days=after)
    return {f"{name}-day": str(then.day), f"{name}-month": str(then.month), f"{name}-year": str(then.year)}


def test_an_officers_rights_are_shown_with_their_why(world: World) -> None:
    page = f"/desk/officers/{officer_of(world, 'specialist')}/rights/"
    for reader in ("administrator", "chairman"):
        shown = desk_of(world, reader).get(page).content.decode()
        for words in ("Lê Anh Tuấn", "Công chức chuyên môn", "Xử lý hồ sơ", "khi đến lượt mình", "vị trí của mình"):
            assert words in shown, (reader, words)
    for reader in ("clerk", "district_head", "other_clerk"):
        assert desk_of(world, reader).get(page).status_code == 404, reader
    before = desk_of(world, "administrator").get(f"{page}?day-day=1&day-month=1&day-year=1990").content.decode()
    assert "không giữ vị trí nào" in before


def test_who_may_do_something_is_answered_with_the_role(world: World) -> None:
    page = "/desk/administration/roles/who/"
    desk = desk_of(world, "administrator")
    shown = desk.get(f"{page}?permission=cases.submit&agency={COMMUNE}").content.decode()
    assert "Trần Thị Minh" in shown
    assert "Lê Anh Tuấn" not in shown
    assert "Phạm Văn Hùng" in desk.get(f"{page}?permission=cases.assign&agency={COMMUNE}").content.decode()
    assert "Nguyễn Hữu Phước" in desk.get(f"{page}?permission=people.administer&agency={COMMUNE}").content.decode()
    assert "mã định danh" in desk.get(f"{page}?permission=cases.submit&agency=xx").content.decode()
    assert desk_of(world, "chairman").get(page).status_code == 404


def test_a_line_is_changed_after_showing_whom_it_touches_and_holds_at_once(world: World) -> None:
    desk, page = desk_of(world, "administrator"), f"{BOOK}ONE_STOP_CLERK/cases.submit/"
    clerk = desk_of(world, "clerk")
    assert clerk.get("/desk/intake/").status_code == 200
    assert desk.post(page, {"reach": "", "reason": ""}).status_code == 422
    asked = desk.post(page, {"reach": "", "reason": "Chuyển sang quầy chung"}).content.decode()
    assert "Trần Thị Minh" in asked
    assert "không được giao" in asked
    assert clerk.get("/desk/intake/").status_code == 200
    desk.post(page, {"reach": "", "reason": "Chuyển sang quầy chung", "confirmed": "yes"})
    assert clerk.get("/desk/intake/").status_code == 404
    assert "Chuyển sang quầy chung" in desk.get(page).content.decode()
    assert "Nguyễn Hữu Phước" in desk.get(page).content.decode()


@pytest.mark.parametrize(
    ("role", "code", "reach", "refusal"),
    [
        ("ADMINISTRATOR", "cases.read", "AGENCY", NoCaseworkForAdministrators),
        ("ADMINISTRATOR", "postal.cancel", "AGENCY", NoCaseworkForAdministrators),
        ("LEADER", "people.administer", "PROVINCE", AdministratorsAlone),
        ("ADMINISTRATOR", "people.administer", "", AlwaysGranted),
        ("ADMINISTRATOR", "ui.administer", "", AlwaysGranted),
        ("LEADER", "cases.read", "PROVINCE", ReachImpossible),
        ("LEADER", "cases.read", "LED", NothingChanges),
        ("LEADER", "cases.rate", "AGENCY", NotFound),
        ("NOBODY", "cases.read", "AGENCY", NotFound),
    ],
)
def test_the_book_cannot_hold(world: World, role: str, code: str, reach: str, refusal: type[DomainError]) -> None:
    before = RoleGrant.objects.count()
    with pytest.raises(refusal):
        change_grant(role, code, reach=reach, reason="thử", by=world.officer("administrator"), at=AT)
    assert RoleGrant.objects.count() == before


def test_only_an_administrator_changes_it_and_says_why(world: World) -> None:
    with pytest.raises(NotAllowed):
        change_grant("LEADER", "cases.read", reach="", reason="thử", by=world.officer("chairman"), at=AT)
    with pytest.raises(ReasonMissing):
        change_grant("LEADER", "cases.read", reach="", reason=" ", by=world.officer("administrator"), at=AT)


def test_whatever_the_book_grants_nobody_decides_what_he_proposed(world: World) -> None:
    case = send_birth(world)
    chairman = world.officer("chairman")
    Case.objects.filter(pk=case.pk).update(
        holder_unit_id=chairman.posts[0].unit_id, holder_role="LEADER", proposed_by=chairman.account_id
    )
    assert PERMISSIONS["cases.hold"].allows(chairman, Case.objects.get(pk=case.pk))
    assert not PERMISSIONS["cases.decide"].allows(chairman, Case.objects.get(pk=case.pk))


def test_a_head_delegates_and_takes_back_on_the_page(world: World) -> None:
    desk, receiver = desk_of(world, "chairman"), desk_of(world, "specialist")
    page = desk.get("/desk/delegations/").content.decode()
    lent = re.search(r'value="([0-9a-f-]{36} LEADER)"', page)
    assert lent
    to = world.officer("specialist").posts[0].id
    typed = {
        "lent": lent[1],
        "to": str(to),
        **day("day", 0),
        **day("until", 2),
        "document": "12/QĐ",
        "reason": "Đi họp",
    }
    assert desk.post("/desk/delegations/", {**typed, "document": ""}).status_code == 422
    assert receiver.get("/desk/load/").status_code == 404
    assert desk.post("/desk/delegations/", typed).status_code == 302
    assert receiver.get("/desk/load/").status_code == 200
    assert "12/QĐ" in receiver.get("/desk/delegations/").content.decode()
    rights = desk.get(f"/desk/officers/{officer_of(world, 'specialist')}/rights/").content.decode()
    assert "Phạm Văn Hùng ủy quyền, văn bản 12/QĐ" in rights
    term = RoleTerm.objects.get()
    assert desk_of(world, "clerk").post(f"/desk/delegations/{term.id}/ending/").status_code == 403
    desk.post(f"/desk/delegations/{term.id}/ending/")
    assert receiver.get("/desk/load/").status_code == 404


def test_an_administrator_gives_a_role_for_a_time_on_the_page(world: World) -> None:
    desk = desk_of(world, "administrator")
    post = world.officer("specialist").posts[0]
    page = f"/desk/administration/officers/{officer_of(world, 'specialist')}/positions/{post.id}/entrusting/"
    assert desk.get(page).status_code == 200
    typed = {"role": "REGISTRAR", **day("day", 0), **day("until", 2), "reason": "Văn thư nghỉ phép"}
    assert desk.post(page, {**typed, "reason": ""}).status_code == 422
    assert desk.post(page, typed).status_code == 302
    assert RoleTerm.objects.get().role == "REGISTRAR"


def test_after_the_last_day_an_officer_sees_nothing_any_more(world: World) -> None:
    case = send_birth(world)
    desk = desk_of(world, "clerk")
    assert desk.get(f"/desk/cases/{case.code}/").status_code == 200
    position = Position.objects.get(pk=world.officer("clerk").posts[0].id)
    end_position(position.id, until_date=now().astimezone(LOCAL).date(), by=SYSTEM, at=now())
    for path in (
        f"/desk/cases/{case.code}/",
        "/desk/search/",
        "/desk/",
        "/desk/intake/",
        "/desk/register/",
    ):
        assert desk.get(path).status_code == 404, path
