"""The administrators' editor of procedures: from a copy to a scheduled version, and what it refuses on the way."""

import html
import re
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client

from camaug.catalogue.models import Procedure, ProcedureDraft
from camaug.catalogue.queries import current, definition, versions
from camaug.catalogue.queries.editing import draft_of
from camaug.kernel.clock import LOCAL, now
from tests.desks import desk_of
from tests.unit.catalogue.samples import real
from tests.world import World

ROOT = "/desk/administration/procedures/"
CODE = "dang-ky-khai-sinh"
DRAFT = f"{ROOT}{CODE}/draft/"


@pytest.fixture
def desk(world: World) -> Client:
    return desk_of(world, "administrator")


@pytest.fixture
def draft(desk: Client) -> None:
    desk.post(f"{ROOT}{CODE}/versions/1/copying/", {"code": ""})


def typed(desk: Client, path: str) -> dict[str, object]:
    """What the form at that address holds, as a browser would send it."""
    page = desk.get(path).content.decode()
    form = page[page.rindex("<form", 0, page.rindex('name="was"')) : page.rindex("</form>")]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<(?:input|select|textarea)[^>]*>(?:(?!<(?:input|select|textarea)).)*", form, re.S):
        name = re.search(r'name="([^"]+)"', tag)
        if name is None or ('type="checkbox"' in tag and " checked" not in tag):
            continue
        found.setdefault(name[1], []).append(held_in(tag))
    return {name: values if len(values) > 1 else values[0] for name, values in found.items()}


def held_in(tag: str) -> str:
    if tag.startswith("<select"):
        chosen = re.search(r'<option value="([^"]*)" selected', tag)
        first = re.search(r'<option value="([^"]*)"', tag)
        return html.unescape((chosen or first)[1]) if chosen or first else ""  # type: ignore[index]
    if tag.startswith("<textarea"):
        return html.unescape(tag[tag.index(">") + 1 :].partition("</textarea>")[0])
    value = re.search(r'value="([^"]*)"', tag)
    return html.unescape(value[1]) if value else "yes"


def send(desk: Client, path: str, **changes: object) -> HttpResponse:
    return desk.post(path, {**typed(desk, path), **changes})


def day(days: int) -> dict[str, str]:
    when = now().astimezone(LOCAL).date() + timedelta(days=days)
    return {"day-day": str(when.day), "day-month": str(when.month), "day-year": str(when.year)}


def schedule(desk: Client, days: int) -> HttpResponse:
    return desk.post(f"{DRAFT}scheduling/", {"seen": str(draft_of(CODE).revision), **day(days)})


def scenarios_typed(desk: Client) -> str:
    page = desk.get(f"{DRAFT}scenarios/").content.decode()
    return html.unescape(re.findall(r'<textarea[^>]*name="scenarios"[^>]*>(.*?)</textarea>', page, re.S)[0]).strip()


def promise(desk: Client, text: str) -> HttpResponse:
    return desk.post(f"{DRAFT}scenarios/", {"seen": str(draft_of(CODE).revision), "scenarios": text})


def test_a_draft_without_any_scenario_is_not_published(desk: Client, draft: None) -> None:
    assert promise(desk, "").status_code == 302
    page = desk.get(DRAFT).content.decode()
    assert f'href="{DRAFT}scenarios/"' in page
    assert "chưa có tình huống nào" in page
    refused = schedule(desk, 30)
    assert (refused.status_code, "Chưa công bố được" in refused.content.decode()) == (422, True)
    assert len(versions(CODE)) == 1


def test_a_scenario_that_no_longer_holds_keeps_the_draft_from_being_published(desk: Client, draft: None) -> None:
    text = html.unescape(desk.get(f"{DRAFT}scenarios/").content.decode().partition("spellcheck")[2])
    assert "route:" in text
    send(desk, f"{DRAFT}at/limits/0/", amount="3")
    page = desk.get(DRAFT).content.decode()
    assert "mong đợi hẹn trả" in page
    assert "điểm cần sửa" in page
    refused = schedule(desk, 30)
    assert (refused.status_code, "Chưa công bố được" in refused.content.decode()) == (422, True)
    assert len(versions(CODE)) == 1


@pytest.mark.parametrize(
    ("text", "said"),
    [("- id: a", "còn thiếu"), ("- {id: a", "Tình huống kiểm thử, line"), ("a: 1", ""), ("- 5", "")],
)
def test_scenarios_with_a_slip_are_refused_by_place_and_stay_typed(
    desk: Client, draft: None, text: str, said: str
) -> None:
    answer = desk.post(f"{DRAFT}scenarios/", {"seen": "1", "scenarios": text})
    assert answer.status_code == 422
    shown = html.unescape(answer.content.decode())
    assert said in shown
    assert text in shown


def test_a_copy_with_another_limit_is_compared_and_scheduled(desk: Client) -> None:
    answer = desk.post(f"{ROOT}{CODE}/versions/1/copying/", {"code": ""})
    assert answer.headers["Location"] == DRAFT
    assert "Không còn thiếu" in desk.get(DRAFT).content.decode()
    limit = real(CODE).limits[0]
    assert send(desk, f"{DRAFT}at/limits/0/", amount="3").status_code == 302
    compared = desk.get(f"{ROOT}{CODE}/comparison/?before=1&after=draft").content.decode()
    assert "1 điểm khác" in compared
    assert "3 ngày làm việc" in compared
    dues = iter(("2026-10-08T17:00", "2026-10-09T17:00", "2026-10-08T17:00"))
    text = re.sub(r"\bdue: .*", lambda _found: f"due: {next(dues)}", scenarios_typed(desk))
    assert promise(desk, text).status_code == 302
    assert schedule(desk, 30).status_code == 302
    first, second = versions(CODE)
    assert (first.valid_until, second.number) == (second.valid_from, 2)
    assert definition(second.id).limits[0] == limit.model_copy(update={"amount": 3})
    assert current(CODE, now().date()).number == 1
    assert not ProcedureDraft.objects.exists()
    history = desk.get(f"{ROOT}{CODE}/").content.decode()
    assert "Đã công bố phiên bản 2" in history


@pytest.mark.parametrize("place", ["names", "ways", "competence", "papers", "papers/0", "limits/0", "fees", "fees/0",
                                   "results/0", "basis/0", "form", "process", "process/steps/1",
                                   "form/sections/0/pages/0/fields/0", "form/sections/0/pages/0"])  # fmt: skip
def test_saving_a_page_as_it_is_changes_nothing(desk: Client, draft: None, place: str) -> None:
    before = draft_of(CODE)
    answer = send(desk, f"{DRAFT}at/{place}/")
    assert answer.status_code == 302, answer.context["errors"]
    assert draft_of(CODE).content == before.content
    assert draft_of(CODE).revision == before.revision


def test_a_stale_save_is_refused_in_a_sentence_and_loses_nothing(desk: Client, draft: None) -> None:
    path = f"{DRAFT}at/names/"
    mine, theirs = typed(desk, path), typed(desk, path)
    assert desk.post(path, {**theirs, "summary": "Của người khác"}).status_code == 302
    answer = desk.post(path, {**mine, "summary": "Của tôi"})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert "trong lúc bạn đang nhập" in shown
    assert "Của tôi" in shown
    assert draft_of(CODE).content["summary"] == "Của người khác"


def test_a_scheduled_version_is_taken_back_and_the_one_before_goes_on(desk: Client, draft: None) -> None:
    schedule(desk, 30)
    assert desk.post(f"{ROOT}{CODE}/versions/2/withdrawal/").status_code == 302
    only = versions(CODE)
    assert [(one.number, one.valid_until) for one in only] == [(1, None)]
    assert "đã thu hồi" in desk.get(f"{ROOT}{CODE}/").content.decode()


@pytest.mark.parametrize("path", ["beginning/", "file/", f"{CODE}/versions/1/copying/", f"{CODE}/versions/1/withdrawal/",
                                  f"{CODE}/draft/scheduling/", f"{CODE}/draft/discarding/"])  # fmt: skip
def test_each_form_has_its_heading_once(desk: Client, draft: None, path: str) -> None:
    assert desk.get(f"{ROOT}{path}").content.decode().count("<h1") == 1


def test_a_version_in_force_is_withdrawn_from_a_day(desk: Client) -> None:
    path = f"{ROOT}{CODE}/versions/1/withdrawal/"
    assert desk.post(path, day(0)).status_code == 422
    assert desk.post(path, day(10)).status_code == 302
    assert versions(CODE)[0].valid_until == now().astimezone(LOCAL).date() + timedelta(days=10)
    assert desk.get(f"/procedures/{CODE}/").status_code == 200


def test_a_procedure_written_from_nothing_says_what_is_missing(desk: Client) -> None:
    desk.post(f"{ROOT}beginning/", {"code": "cap-giay-moi", "name": "Cấp giấy mới"})
    page = desk.get(f"{ROOT}cap-giay-moi/draft/").content.decode()
    assert page.count("<li><a href=") > 5
    refused = desk.post(f"{ROOT}cap-giay-moi/draft/scheduling/", {"seen": "1", **day(1)})
    assert refused.status_code == 422
    desk.post(f"{ROOT}cap-giay-moi/draft/discarding/", {"seen": "1"})
    assert not Procedure.objects.filter(code="cap-giay-moi").exists()
