"""The pages of a draft's form and process, and its previews: everything by ordinary forms, without a script."""

import html
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from camaug.cases.models import Case
from camaug.catalogue.queries.editing import draft_of
from camaug.kernel.models import EventRecord
from tests.desks import desk_of
from tests.integration.catalogue.test_editing_pages import CODE, DRAFT, ROOT, typed
from tests.world import World

FIELDS = "form/sections/0/pages/0/fields"


@pytest.fixture
def desk(world: World) -> Client:
    desk = desk_of(world, "administrator")
    desk.post(f"{ROOT}{CODE}/versions/1/copying/", {"code": ""})
    return desk


def post(desk: Client, page: str, **fields: object) -> HttpResponse:
    return desk.post(f"{DRAFT}{page}", {"seen": str(draft_of(CODE).revision), **fields})


def pages() -> list[dict[str, Any]]:
    return [page for section in draft_of(CODE).content["form"]["sections"] for page in section["pages"]]


def names(page: dict[str, Any]) -> list[str]:
    return [field["id"] for field in page["fields"]]


def steps() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = draft_of(CODE).content["process"]["steps"]
    return found


def test_a_question_moves_to_another_page_and_back_by_buttons(desk: Client) -> None:
    first, second = pages()[0], pages()[1]
    moved = first["fields"][0]
    answer = post(desk, "order/", move=f"{FIELDS}/0", to="form/sections/0/pages/1/fields/999", was=moved["label"])
    assert answer.headers["Location"] == f"{DRAFT}form/"
    assert names(pages()[1])[-1] == moved["id"]
    assert len(names(pages()[0])) == len(names(first)) - 1
    n = len(second["fields"])
    post(desk, "order/", move=f"form/sections/0/pages/1/fields/{n}", to=f"{FIELDS}/0", was=moved["label"])
    assert [names(page) for page in pages()] == [names(page) for page in [first, *_rest(first)]]
    compared = html.unescape(desk.get(f"{ROOT}{CODE}/comparison/?before=1&after=draft").content.decode())
    assert "Không có điểm nào khác" in compared


def _rest(_first: dict[str, Any]) -> list[dict[str, Any]]:
    return pages()[1:]


def test_a_question_that_moved_is_told_as_moved_not_as_removed(desk: Client) -> None:
    field, home = pages()[0]["fields"][0], pages()[1]
    post(desk, "order/", move=f"{FIELDS}/0", to="form/sections/0/pages/1/fields/0", was=field["label"])
    compared = html.unescape(desk.get(f"{ROOT}{CODE}/comparison/?before=1&after=draft").content.decode())
    assert f"sang “{home['title']}”" in compared
    assert "difference--removed" not in compared


def test_what_is_no_longer_there_is_not_moved(desk: Client) -> None:
    before = draft_of(CODE)
    post(desk, "order/", move=f"{FIELDS}/0", to=f"{FIELDS}/1", was="Một câu khác")
    desk.post(f"{DRAFT}order/", {"seen": "0", "remove": f"{FIELDS}/0", "was": pages()[0]["fields"][0]["label"]})
    assert draft_of(CODE) == before
    assert "Dự thảo vừa thay đổi" in desk.get(f"{DRAFT}form/").content.decode()


def test_a_new_question_gets_a_name_and_a_page_of_its_own(desk: Client) -> None:
    answer = post(desk, "form/parts/", list=FIELDS, title="Số điện thoại khác")
    n = len(pages()[0]["fields"]) - 1
    assert answer.headers["Location"] == f"{DRAFT}at/{FIELDS}/{n}/"
    assert pages()[0]["fields"][n]["id"] == "so_dien_thoai_khac"
    path = f"{DRAFT}at/{FIELDS}/{n}/"
    condition = {
        "when-field": ["birth_proof", ""],
        "when-comparison": ["is_not", "is"],
        "when-value": ["ABANDONED", ""],
    }
    assert desk.post(path, {**typed(desk, path), **condition, "required": "yes"}).status_code == 302
    field = pages()[0]["fields"][n]
    assert field["when"] == {"not": {"field": "birth_proof", "is": "ABANDONED"}}
    assert field["required"] is True


def test_a_step_is_added_connected_and_taken_out_on_the_diagram(desk: Client) -> None:
    before = steps()
    answer = post(desk, "process/steps/", step="tham-dinh", add="Kiểm tra thực tế")
    assert answer.headers["Location"] == f"{DRAFT}process/?step=kiem-tra-thuc-te#step"
    at = [step["id"] for step in steps()].index("kiem-tra-thuc-te")
    assert (steps()[at - 1]["next"], steps()[at]["next"]) == (["kiem-tra-thuc-te"], before[at - 1]["next"])
    page = html.unescape(desk.get(f"{DRAFT}process/?step=kiem-tra-thuc-te").content.decode())
    assert page.count('href="?step=kiem-tra-thuc-te#step" aria-current="true"') == 2
    assert "process__step--faulty" in page
    post(desk, "process/steps/", step="kiem-tra-thuc-te", way="back", connect="tham-dinh")
    assert steps()[at]["back"] == ["tham-dinh"]
    post(desk, "process/steps/", step="kiem-tra-thuc-te", remove="yes")
    assert steps() == before


def test_a_step_that_nothing_leads_to_is_named_and_still_drawn(desk: Client) -> None:
    post(desk, "process/steps/", step="tiep-nhan", way="next", disconnect=steps()[0]["next"][0])
    page = html.unescape(desk.get(f"{DRAFT}process/").content.decode())
    assert "không có đường dẫn đến" in page
    assert page.count('class="process__link"') == 2 * len(steps())


def test_a_citizen_s_preview_asks_page_by_page_and_stores_nothing(desk: Client) -> None:
    post(desk, "at/names/", **{**typed(desk, f"{DRAFT}at/names/"), "summary": "Chỉ có trong dự thảo."})
    leaflet = desk.get(f"{DRAFT}leaflet/").content.decode()
    assert "Chỉ có trong dự thảo." in leaflet
    assert "Xem trước dự thảo" in leaflet
    before = (EventRecord.objects.count(), Case.objects.count())
    first = desk.get(f"{DRAFT}trial/").content.decode()
    assert "Xem trước dự thảo" in first
    wrong = desk.post(f"{DRAFT}trial/", {"so-far": "{}", "page": pages()[0]["id"]})
    assert wrong.status_code == 422
    for junk in ("[", "[1]", '{"a": ' * 5000, "5"):
        assert desk.post(f"{DRAFT}trial/", {"so-far": junk, "page": pages()[0]["id"]}).status_code == 422
    assert (EventRecord.objects.count(), Case.objects.count()) == before


def test_a_clerk_s_preview_has_the_whole_form_the_papers_and_the_steps(desk: Client) -> None:
    page = html.unescape(desk.get(f"{DRAFT}counter/").content.decode())
    for label in (pages()[0]["fields"][0]["label"], draft_of(CODE).content["papers"][1]["name"], steps()[1]["name"]):
        assert label in page


def test_a_draft_that_lacks_something_has_no_preview_yet(desk: Client) -> None:
    desk.post(f"{ROOT}beginning/", {"code": "thu-tuc-moi", "name": "Thủ tục mới"})
    for preview in ("leaflet", "counter", "trial"):
        assert desk.get(f"{ROOT}thu-tuc-moi/draft/{preview}/", follow=True).redirect_chain
    for page in ("form/", "process/", "scenarios/", "at/competence/"):
        assert desk.get(f"{ROOT}thu-tuc-moi/draft/{page}").status_code == 200


def test_a_clerk_finds_no_editor(world: World, desk: Client) -> None:
    clerk = desk_of(world, "clerk")
    for path in (ROOT, f"{ROOT}{CODE}/", DRAFT, f"{DRAFT}form/", f"{DRAFT}process/", f"{DRAFT}trial/"):
        assert (clerk.get(path).status_code, clerk.post(path).status_code) == (404, 404)
