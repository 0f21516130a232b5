"""The administrators' pages of officers and roles: every change through its page, with its history in words."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from camaug.access.models import Account
from camaug.kernel.clock import LOCAL, now
from camaug.people.models import Absence, Officer, Position
from camaug.people.queries import holders, officer_by_email, positions_of
from tests.desks import desk_of, look_for
from tests.world import COMMUNE, World

ROOT = "/desk/administration/officers/"
CLERK, SPECIALIST = "tanan_tranthiminh@camau.gov.vn", "tanan_leanhtuan@camau.gov.vn"


@pytest.fixture
def desk(world: World) -> Client:
    return desk_of(world, "administrator")


@pytest.fixture
def clerk(world: World) -> UUID:
    return officer_by_email(CLERK).id


def day(name: str, after: int = 0) -> dict[str, str]:
    then = now().astimezone(LOCAL).date() + timedelta(days=after)
    return {f"{name}-day": str(then.day), f"{name}-month": str(then.month), f"{name}-year": str(then.year)}


def send(desk: Client, path: str, typed: dict[str, object]) -> HttpResponse:
    """Open the form, fill it in, send it, as somebody does who has just looked."""
    seen = re.search(r'name="seen" value="(\d+)"', desk.get(path).content.decode())
    return desk.post(path, {**({"seen": seen[1]} if seen else {}), **typed})


def own(officer: UUID) -> Position:
    return Position.objects.get(officer=officer)


def shown(desk: Client, officer: UUID) -> str:
    return str(desk.get(f"{ROOT}{officer}/").content.decode())


def test_officers_are_found_by_name_mail_agency_and_role(world: World, desk: Client) -> None:
    for words in ("tran thi minh", CLERK):
        assert CLERK in look_for(desk, ROOT, q=words).content.decode(), words
    for query in (f"agency={world.agencies[COMMUNE]}", "role=ONE_STOP_CLERK"):
        found = desk.get(f"{ROOT}?{query}").content.decode()
        assert CLERK in found, query
    assert SPECIALIST not in desk.get(f"{ROOT}?role=ONE_STOP_CLERK").content.decode()
    assert "Không tìm thấy" in look_for(desk, ROOT, q="xyzxyz").content.decode()


def test_a_personal_number_is_entered_and_shown_to_nobody(world: World, desk: Client, clerk: UUID) -> None:
    form = f"{ROOT}{clerk}/identity/"
    Officer.objects.filter(pk=clerk).update(own_numbers=[])
    assert "chưa khai" in shown(desk, clerk)
    for wrong in ("123456789", "12", ""):
        answer = send(desk, form, {"number": wrong})
        assert (answer.status_code, set(answer.context["errors"])) == (422, {"number"}), wrong
    assert send(desk, form, {"number": "096 190 000 555"}).status_code == 302
    page = shown(desk, clerk)
    assert "•••• 0555" in page
    assert "096190000555" not in page
    assert "Đã khai số định danh" in page


def test_the_list_goes_on_page_by_page_and_back(desk: Client) -> None:
    pages, seen = [desk.get(ROOT)], set[str]()
    while older := pages[-1].context["older"]:
        pages.append(desk.get(f"{ROOT}{older}"))
    for page in pages:
        ids = {str(row.id) for row in page.context["page"].rows}
        assert not ids & seen
        seen |= ids
    assert len(pages) > 1
    back = desk.get(f"{ROOT}{pages[1].context['newer']}")
    assert back.context["page"].rows == pages[0].context["page"].rows


def test_an_officer_is_entered_appointed_and_gets_an_account(world: World, desk: Client) -> None:
    mail = "tanan_nguyenvanmoi@camau.gov.vn"
    typed = {"name": "Nguyễn Văn Mới", "email": mail, "phone": "0918 000 999"}
    answer = send(desk, f"{ROOT}engagement/", typed)
    assert answer.status_code == 302
    again = send(desk, f"{ROOT}engagement/", typed)
    assert (again.status_code, set(again.context["errors"])) == (422, {"email"})
    officer = officer_by_email(mail).id
    assert "chưa có" in shown(desk, officer)
    post = {"agency": COMMUNE, "title": "Chuyên viên", "roles": ["SPECIALIST"], "main": "yes", **day("day")}
    assert send(desk, f"{ROOT}{officer}/appointment/", post).status_code == 302
    assert [p.roles for p in positions_of(officer, now())] == [{"SPECIALIST"}]
    page = shown(desk, officer)
    for words in ("Bổ nhiệm từ", "Công chức chuyên môn", "Nguyễn Hữu Phước"):
        assert words in page, words
    wrong = send(desk, f"{ROOT}{officer}/appointment/", {**post, "agency": "H99"})
    assert set(wrong.context["errors"]) == {"agency"}
    assert world.agencies[COMMUNE] == own(officer).agency_id


def test_the_state_of_the_account_stands_on_the_page(desk: Client, clerk: UUID) -> None:
    assert "đã mở, chưa kích hoạt" in shown(desk, clerk)
    account = Account.objects.get(officer_id=clerk)
    account.set_password("camau-trinh-dien-2026")
    account.save()
    assert "chưa đăng nhập lần nào" in shown(desk, clerk)


def test_details_are_corrected(desk: Client, clerk: UUID) -> None:
    path = f"{ROOT}{clerk}/correction/"
    wrong = send(desk, path, {"name": "R2D2", "phone": ""})
    assert set(wrong.context["errors"]) == {"name"}
    assert send(desk, path, {"name": "Trần Thị Ánh Minh", "phone": "0918000111"}).status_code == 302
    assert "từ “Trần Thị Minh” thành “Trần Thị Ánh Minh”" in shown(desk, clerk)


def test_roles_are_given_and_taken_with_history(desk: Client, clerk: UUID) -> None:
    path = f"{ROOT}{clerk}/positions/{own(clerk).id}/roles/"
    assert send(desk, path, {"roles": ["ONE_STOP_CLERK", "ONE_STOP_HEAD"], "main": "yes"}).status_code == 302
    assert own(clerk).roles == ["ONE_STOP_CLERK", "ONE_STOP_HEAD"]
    same = send(desk, path, {"roles": ["ONE_STOP_CLERK", "ONE_STOP_HEAD"], "main": "yes"})
    assert same.status_code == 422
    unknown = send(desk, path, {"roles": ["KING"], "main": "yes"})
    assert set(unknown.context["errors"]) == {"roles"}
    assert send(desk, path, {"main": "yes"}).status_code == 302
    page = shown(desk, clerk)
    assert page.count("Đổi vai trò từ") + page.count('timeline__title">Đổi vai trò') == 2


def test_a_position_ends_and_an_officer_leaves(desk: Client, clerk: UUID) -> None:
    position = own(clerk)
    assert send(desk, f"{ROOT}{clerk}/positions/{position.id}/ending/", day("day", 3)).status_code == 302
    assert own(clerk).valid_until == now().astimezone(LOCAL).date() + timedelta(days=3)
    assert send(desk, f"{ROOT}{clerk}/departure/", day("day")).status_code == 302
    assert positions_of(clerk, now()) == ()
    assert CLERK in desk.get(f"{ROOT}?left=yes").content.decode()
    assert look_for(desk, ROOT, q=CLERK).context["page"].rows == ()
    again = send(desk, f"{ROOT}{clerk}/departure/", day("day", 9))
    assert (again.status_code, set(again.context["errors"])) == (422, {"day"})
    assert "Thôi việc từ" in shown(desk, clerk)


def test_an_absence_lets_somebody_stand_in_until_it_is_ended(world: World, desk: Client, clerk: UUID) -> None:
    path = f"{ROOT}{clerk}/positions/{own(clerk).id}/absence/"
    wrong = send(desk, path, {**day("day"), **day("until"), "stand_in": CLERK})
    assert set(wrong.context["errors"]) == {"stand_in"}
    backwards = send(desk, path, {**day("day", 2), **day("until")})
    assert set(backwards.context["errors"]) == {"until"}
    right = {**day("day"), **day("until", 2), "stand_in": SPECIALIST, "reason": "Đi họp"}
    assert send(desk, path, right).status_code == 302
    who = [p.officer_name for p in holders("ONE_STOP_CLERK", world.agencies[COMMUNE], now()) if not p.away]
    assert "Lê Anh Tuấn" in who
    page = shown(desk, clerk)
    assert "Người làm thay: Lê Anh Tuấn" in page
    absence = Absence.objects.get()
    seen = re.search(r'name="seen" value="(\d+)"', page)
    assert seen
    for _again in range(2):
        assert desk.post(f"{ROOT}{clerk}/absences/{absence.id}/return/", {"seen": seen[1]}).status_code == 302
    assert "Lê Anh Tuấn" not in [p.officer_name for p in holders("ONE_STOP_CLERK", world.agencies[COMMUNE], now())]
    assert "Kết thúc vắng mặt trước hạn" in shown(desk, clerk)


def test_of_two_administrators_at_once_one_wins_and_the_other_is_told(desk: Client, clerk: UUID) -> None:
    roles, ending = (f"{ROOT}{clerk}/positions/{own(clerk).id}/{form}/" for form in ("roles", "ending"))
    seen = re.search(r'name="seen" value="(\d+)"', desk.get(roles).content.decode())
    assert seen
    assert desk.post(roles, {"seen": seen[1], "roles": ["LEADER"], "main": "yes"}).status_code == 302
    late = desk.post(ending, {"seen": seen[1], **day("day")})
    assert late.status_code == 422
    assert "Nguyễn Hữu Phước vừa sửa" in late.content.decode()
    assert own(clerk).valid_until is None


def test_a_position_is_found_only_under_its_officer(desk: Client, clerk: UUID) -> None:
    other = officer_by_email(SPECIALIST).id
    path = f"{ROOT}{other}/positions/{own(clerk).id}/roles/"
    assert desk.get(path).status_code == 404
    assert desk.post(path, {"seen": "2", "roles": ["LEADER"]}).status_code == 404
    assert own(clerk).roles == ["ONE_STOP_CLERK"]


def test_every_role_says_what_it_may_do_and_who_holds_it(desk: Client) -> None:
    page = desk.get("/desk/administration/roles/")
    rows = page.context["rows"]
    assert len(rows) >= 8
    for row in rows:
        assert row["role"].duties, row["role"].code
        if row["role"].holders:
            assert desk.get(row["href"]).context["page"].rows


def test_nobody_else_finds_the_pages(world: World, clerk: UUID) -> None:
    paths = (ROOT, f"{ROOT}engagement/", f"{ROOT}{clerk}/", f"{ROOT}{clerk}/departure/", "/desk/administration/roles/")
    for who in world.officers.keys() - {"administrator"}:
        for path in paths:
            assert desk_of(world, who).get(path).status_code == 404, (who, path)
            assert desk_of(world, who).post(path, day("day")).status_code == 404, (who, path)


def test_an_administrator_sees_no_case_by_being_one(world: World, desk: Client) -> None:
    from tests.applications import send_birth

    case = send_birth(world)
    assert desk.get(f"/desk/cases/{case.code}/").status_code == 404
    assert str(case.code) not in look_for(desk, "/desk/search/", q="nguyen").content.decode()


def test_lists_ask_the_same_number_of_questions_however_long_they_are(desk: Client, clerk: UUID) -> None:
    asked, words = list[int](), desk.post(ROOT, {"q": CLERK}).headers["Location"]
    desk.get(ROOT)
    for path in (words, ROOT, f"{ROOT}?role=SPECIALIST"):
        with CaptureQueriesContext(connection) as queries:
            assert desk.get(path).status_code == 200
        asked.append(len(queries))
    assert asked == [asked[0]] * 3
    assert asked[0] <= 20
    with CaptureQueriesContext(connection) as queries:
        shown(desk, clerk)
    assert len(queries) <= 35
