"""The pages of the form: nothing typed is lost, and each leads where it should."""

import re
from typing import Any

import pytest
from django.test import Client

from camaug.access.models import Account
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import start
from camaug.cases.models import Case
from camaug.catalogue.forms.answers import visible
from camaug.catalogue.queries import definition
from tests.applications import BIRTH as ANSWERS_OF_BIRTH
from tests.applications import SHOP
from tests.integration.cases.portal.conftest import SignedIn
from tests.integration.cases.portal.journey import BIRTH, PAGES, begin, fill
from tests.sessions import enter
from tests.world import AT, COMMUNE, World

pytestmark = pytest.mark.django_db


@pytest.fixture
def mother(signed_in: SignedIn) -> Client:
    return signed_in("mother")


@pytest.fixture
def draft(mother: Client) -> Case:
    return begin(mother)


def address(case: Case, page: str) -> str:
    return f"/applications/{case.id}/pages/{page}/"


def test_the_record_answers_what_it_can(draft: Case) -> None:
    assert draft.answers["requester_name"] == "Nguyễn Thị Lan"
    assert draft.answers["requester_number"] == "096194000123"
    assert draft.applicant_phone == "+84918000123"


def described(page: str) -> set[str]:
    """What stands in the boxes of a page about a parent."""
    return set(re.findall(r'name="(?:mother|father)[^"]*"[^>]*value="([^"]+)"', page))


def test_a_mother_does_not_type_herself_twice(mother: Client, draft: Case) -> None:
    for page in ("giay-to-ve-viec-sinh", "mang-thai-ho", "giay-to-nguoi-yeu-cau", "quan-he", "khai-cha-me"):
        mother.post(address(draft, page), PAGES[page])
    born = {"requester_birth_date-day": "12", "requester_birth_date-month": "3", "requester_birth_date-year": "1994"}
    mother.post(address(draft, "ho-ten-nguoi-yeu-cau"), {**PAGES["ho-ten-nguoi-yeu-cau"], **born})
    herself = {"Nguyễn Thị Lan", "096194000123", "12", "3", "1994"}
    assert described(mother.get(address(draft, "me")).content.decode()) >= herself
    assert not described(mother.get(address(draft, "cha")).content.decode()) & herself
    mother.post(address(draft, "me"), {**PAGES["me"], "mother.full_name": "Nguyễn Thị Lành"})
    assert "Nguyễn Thị Lành" in described(mother.get(address(draft, "me")).content.decode())


def test_a_wrong_answer_is_kept_and_said(mother: Client, draft: Case) -> None:
    day = {"child_birth_date-day": "31", "child_birth_date-month": "2", "child_birth_date-year": "2026"}
    response = mother.post(address(draft, "ngay-sinh"), day)
    assert response.status_code == 422
    assert "Lỗi" in response.content.decode()
    again = mother.get(address(draft, "ngay-sinh")).content.decode()
    assert 'value="31"' in again


def test_save_and_go_on_later_keeps_even_a_wrong_answer(mother: Client, draft: Case) -> None:
    response = mother.post(address(draft, "ten-con"), {"child_name": "Bé 123", "later": "yes"}, follow=True)
    assert response.redirect_chain[-1][0] == "/my-cases/"
    assert "Đã lưu hồ sơ" in response.content.decode()
    draft.refresh_from_db()
    assert draft.answers["child_name"] == "Bé 123"


def test_an_answer_taken_away_is_gone(mother: Client, draft: Case) -> None:
    mother.post(address(draft, "noi-sinh"), {"birth_place": "Bệnh viện"})
    mother.post(address(draft, "noi-sinh"), {"birth_place": ""})
    draft.refresh_from_db()
    assert not draft.answers.get("birth_place")


def test_districts_and_communes_are_chosen_without_scripts(mother: Client, draft: Case) -> None:
    response = mother.post(address(draft, "que-quan"), {"home_town.province": "96", "choose": "home_town"})
    assert response.status_code == 302
    assert response["Location"].endswith("#home_town-places")
    assert 'value="973"' in mother.get(address(draft, "que-quan")).content.decode()


def test_a_page_that_is_not_asked_leads_on_and_one_that_is_not_there_is_not_found(mother: Client, draft: Case) -> None:
    assert mother.get(address(draft, "giay-ket-hon")).status_code == 302
    assert mother.get(address(draft, "khong-co")).status_code == 404


def test_changing_one_answer_leads_back_to_the_check(world: World, mother: Client, draft: Case) -> None:
    fill(mother, draft, office=world.agencies[COMMUNE])
    response = mother.post(address(draft, "ten-con") + "?to=check", {"child_name": "Hoàng Bảo Ngọc"})
    assert response["Location"] == f"/applications/{draft.id}/check/"
    assert "Hoàng Bảo Ngọc" in mother.get(response["Location"]).content.decode()


def test_a_change_that_asks_more_leads_to_what_is_now_asked(world: World, mother: Client, draft: Case) -> None:
    fill(mother, draft, office=world.agencies[COMMUNE])
    response = mother.post(address(draft, "quan-he") + "?to=check", {"relation": "GRANDPARENT"})
    assert response.status_code == 302  # the same page asks one thing more
    assert "by_proxy" in mother.get(response["Location"]).content.decode()


def test_the_check_names_what_is_left_and_sends_nothing(mother: Client, draft: Case) -> None:
    response = mother.post(f"/applications/{draft.id}/check/")
    assert response.status_code == 422
    shown = response.content.decode()
    assert f"{address(draft, 'ten-con')}?to=check" in shown
    assert f"/applications/{draft.id}/office/?to=check" in shown
    draft.refresh_from_db()
    assert draft.code is None


def test_going_on_leads_to_the_first_thing_left(mother: Client, draft: Case) -> None:
    place = f"/applications/{draft.id}/"
    assert mother.get(place)["Location"].endswith("/pages/giay-to-ve-viec-sinh/")
    mother.post(address(draft, "giay-to-ve-viec-sinh"), PAGES["giay-to-ve-viec-sinh"])
    assert mother.get(place)["Location"].endswith("/pages/mang-thai-ho/")


def test_a_lost_session_leads_back_to_the_same_page(draft: Case) -> None:
    stranger = Client()
    page = address(draft, "ten-con")
    sign_in = "/sign-in/?next=" + page.replace("/", "%2F")
    assert stranger.get(page)["Location"] == sign_in
    late = stranger.post(page, {"child_name": "An"}, headers={"referer": f"http://testserver{page}"})
    assert late["Location"] == sign_in
    foreign = stranger.post(page, {}, headers={"referer": f"http://elsewhere.example{page}"})
    assert foreign["Location"] == "/sign-in/"


def test_a_form_without_its_token_changes_nothing(world: World, draft: Case) -> None:
    strict = Client(enforce_csrf_checks=True)
    enter(strict, Account.objects.get(pk=world.citizens["mother"]))
    assert strict.post(address(draft, "ten-con"), {"child_name": "An"}).status_code == 403
    draft.refresh_from_db()
    assert "child_name" not in draft.answers


def test_beginning_says_what_is_needed_and_offers_the_unfinished_one(mother: Client, draft: Case) -> None:
    shown = mother.get("/apply/dang-ky-khai-sinh/").content.decode()
    assert f"/applications/{draft.id}/" in shown
    assert "8.000 đồng" in shown
    stranger = Client().get("/apply/dang-ky-khai-sinh/").content.decode()
    assert "/sign-in/?next=%2Fapply%2Fdang-ky-khai-sinh%2F" in stranger
    assert Client().post("/apply/dang-ky-khai-sinh/")["Location"].startswith("/sign-in/?next=")


def test_what_is_done_at_the_counter_only_cannot_be_begun(mother: Client) -> None:
    shown = mother.get("/apply/chung-thuc-ban-sao/").content.decode()
    assert "request_key" not in shown
    key = "01900000-0000-7000-8000-000000000001"
    assert mother.post("/apply/chung-thuc-ban-sao/", {"request_key": key}).status_code == 422
    assert Case.objects.count() == 0


@pytest.mark.parametrize(("procedure", "answers"), [(BIRTH, ANSWERS_OF_BIRTH), ("dang-ky-ho-kinh-doanh", SHOP)])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_of_every_online_procedure_can_be_shown_and_answered(
    world: World, mother: Client, procedure: str, answers: dict[str, Any], language: str
) -> None:
    actor = world.citizen("mother")
    case = save(start(procedure, by=actor, at=AT).id, Changes(answers=answers), by=actor, at=AT)
    mother.cookies["django_language"] = language
    for asked in visible(definition(case.version_id).form, case.answers, on=AT.date()):
        shown = mother.get(address(case, asked.id))
        assert shown.status_code == 200, asked.id
        assert f'lang="{language}"' in shown.content.decode()
    for step in ("office", "papers", "delivery", "check", "delete"):
        assert mother.get(f"/applications/{case.id}/{step}/").status_code == 200, step
