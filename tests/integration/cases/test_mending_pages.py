"""The desk's pages for what is mended after receipt and after the result."""

import re

import pytest
from django.test import Client

from camaug.cases.models import Case
from tests.applications import born_lately, carry, send_birth
from tests.desks import desk_of, move, page_of
from tests.world import World

INPUT = re.compile(r"<(?:input|select|textarea)[^>]*>")


def filled(client: Client, case: Case, resource: str) -> dict[str, list[str]]:
    """The form as the page shows it, as a browser would send it back."""
    html = client.get(page_of(case, resource)).content.decode()
    sent: dict[str, list[str]] = {}
    for tag in INPUT.findall(html):
        known = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        kind, name = known.get("type", ""), known.get("name", "")
        if name and (kind not in ("radio", "checkbox") or re.search(r"\bchecked\b", tag)) and tag.startswith("<input"):
            sent.setdefault(name, []).append(known.get("value", ""))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', html, re.S):
        chosen = re.search(r'<option[^>]*value="([^"]*)"[^>]*selected', options)
        sent[name] = [chosen[1] if chosen else ""]
    return sent


def test_details_are_corrected_on_the_counters_own_form(world: World) -> None:
    case = born_lately(carry(world, send_birth(world), to="EXAMINE"))
    client = desk_of(world, "clerk")
    form = filled(client, case, "amendment/")
    assert form["applicant-name"] == ["Nguyễn Thị Lan"]
    refused = client.post(page_of(case, "amendment/"), {**form, "child_name": "", "reason": "x"})
    assert refused.status_code == 422
    wrong = client.post(page_of(case, "amendment/"), {**form, "applicant-phone": "12", "reason": "x"})
    assert wrong.status_code == 422
    assert 'value="12"' in wrong.content.decode()
    done = client.post(page_of(case, "amendment/"), {**form, "child_name": "Hoàng Minh An", "reason": "Sai tên"})
    assert done.status_code == 302
    case.refresh_from_db()
    assert case.answers["child_name"] == "Hoàng Minh An"
    assert case.applicant_phone == "+84918000123"


@pytest.fixture
def ready(world: World) -> Case:
    return born_lately(carry(world, send_birth(world), to="RETURN"))


def test_a_result_is_corrected_by_the_chairman(world: World, ready: Case) -> None:
    client = desk_of(world, "chairman")
    form = filled(client, ready, "result-correction/")
    done = client.post(
        page_of(ready, "result-correction/"), {**form, "child_name": "Hoàng Minh An", "reason": "Sai tên đệm"}
    )
    assert done.status_code == 302
    shown = client.get(page_of(ready)).content.decode()
    assert "Đã được thay bằng bản đính chính" in shown
    assert "Sai tên đệm" in shown


def test_a_result_is_revoked_by_the_chairman(world: World, ready: Case) -> None:
    client = desk_of(world, "chairman")
    assert move(client, ready, "revocation/", reason="").status_code == 422
    assert move(client, ready, "revocation/", reason="Khai sai", document="12/QĐ-UBND").status_code == 302
    assert "Đã thu hồi" in client.get(page_of(ready)).content.decode()


def test_a_case_is_opened_again_by_the_chairman(world: World, ready: Case) -> None:
    client = desk_of(world, "chairman")
    assert move(client, ready, "reopening/", reason="Có căn cứ mới").status_code == 302
    ready.refresh_from_db()
    assert ready.state == "IN_PROCESS"


def test_the_one_who_was_sent_is_written_down(world: World, ready: Case) -> None:
    client = desk_of(world, "clerk")
    refused = move(client, ready, "handing-out/", receiver_name="Hoàng Minh Khôi", receiver_number="096092000456")
    assert refused.status_code == 422
    assert "Hoàng Minh Khôi không phải là người nộp hồ sơ" in refused.content.decode()
    sent = {"receiver_relation": "chồng", "authorisation": "Giấy ủy quyền ngày 20/11/2026"}
    done = move(client, ready, "handing-out/", receiver_name="Hoàng Minh Khôi", receiver_number="096092000456", **sent)
    assert done.status_code == 302
    assert "Giấy ủy quyền ngày 20/11/2026" in client.get(page_of(ready)).content.decode()
