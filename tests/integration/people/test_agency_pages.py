"""The administrators' pages of agencies: every change through its page, on any day, with its history in words."""

import re
from datetime import date
from uuid import UUID

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from camaug.kernel.clock import now
from camaug.kernel.errors import NotFound
from camaug.people.queries import AgencyView, directory
from tests.desks import desk_of
from tests.world import COMMUNE, DISTRICT, World

ROOT = "/desk/administration/agencies/"
SOON = date(2030, 1, 1)
DAY = {"day-day": "1", "day-month": "1", "day-year": "2030"}
FACTS = {"kind": "PARTY", "level": "DISTRICT", "phone": "0290 3831 234", "address": "Khóm 1"}


@pytest.fixture
def desk(world: World) -> Client:
    return desk_of(world, "administrator")


def on(day: date, agency: UUID) -> AgencyView:
    return directory(day).get(agency)


def send(desk: Client, path: str, **typed: str) -> HttpResponse:
    """Open the form, fill it in, send it, as somebody does who has just looked."""
    shown = desk.get(path).content.decode()
    seen = re.search(r'name="seen" value="(\d+)"', shown)
    return desk.post(path, {**({"seen": seen[1]} if seen else {}), **DAY, **typed})


def kind_and_level(agency: UUID) -> dict[str, str]:
    view = on(SOON, agency)
    return {"kind": view.kind, "level": view.level}


def test_the_tree_is_walked_floor_by_floor_and_searched(world: World, desk: Client) -> None:
    district = world.agencies[DISTRICT]
    floor = desk.get(f"{ROOT}?under={district}").content.decode()
    assert on(now().date(), world.agencies[COMMUNE]).name in floor
    found = desk.get(f"{ROOT}?q=tan an").content.decode()
    assert f"{ROOT}{world.agencies[COMMUNE]}/" in found
    assert f"{ROOT}{world.agencies[COMMUNE]}/" not in desk.get(f"{ROOT}?q=tan an&kind=NOBODY").content.decode()
    assert "Không tìm thấy" in desk.get(f"{ROOT}?q=xyzxyz").content.decode()


@pytest.mark.parametrize("kind", ["PARTY", "FRONT", "UNION", "PEOPLES_COMMITTEE"])
def test_bodies_of_every_kind_are_founded_alike(world: World, desk: Client, kind: str) -> None:
    typed = {**FACTS, "kind": kind, "code": "h12.39.99", "name": "Cơ quan mới", "parent": "H12.39"}
    answer = send(desk, f"{ROOT}founding/", **typed)
    assert answer.status_code == 302, answer.context["errors"]
    founded = directory(SOON).by_code("H12.39.99")
    assert (founded.kind, founded.parent_id, founded.phone) == (kind, world.agencies[DISTRICT], "+842903831234")
    with pytest.raises(NotFound):
        directory(now().date()).by_code("H12.39.99")
    assert "Cơ quan mới" in desk.get(f"{ROOT}?state=coming").content.decode()
    assert "từ 01/01/2030" in desk.get(f"{ROOT}{founded.id}/").content.decode()


def test_party_front_and_unions_are_kinds_of_the_profile(desk: Client) -> None:
    names = " ".join(str(option["label"]) for option in desk.get(f"{ROOT}founding/").context["kinds"])
    for word in ("Đảng", "Mặt trận", "chính trị - xã hội"):
        assert word in names, names


def test_an_agency_is_renamed_from_a_day_to_come_and_the_history_says_by_whom(world: World, desk: Client) -> None:
    agency = world.agencies[COMMUNE]
    before = on(now().date(), agency).name
    assert send(desk, f"{ROOT}{agency}/renaming/", name="Ủy ban nhân dân xã Tân Ân Mới").status_code == 302
    assert (on(now().date(), agency).name, on(SOON, agency).name) == (before, "Ủy ban nhân dân xã Tân Ân Mới")
    shown = desk.get(f"{ROOT}{agency}/").content.decode()
    for words in ("Đổi tên từ 01/01/2030", f"từ “{before}” thành “Ủy ban nhân dân xã Tân Ân Mới”", "Nguyễn Hữu Phước"):
        assert words in shown, words


def test_an_agency_is_moved_and_never_under_itself(world: World, desk: Client) -> None:
    agency, district = world.agencies[COMMUNE], world.agencies[DISTRICT]
    assert send(desk, f"{ROOT}{agency}/move/", parent="H12.32").status_code == 302
    assert on(SOON, agency).parent_id == world.agencies["H12.32"]
    ring = send(desk, f"{ROOT}{district}/move/", parent="H12.39.04")
    assert (ring.status_code, "parent" in ring.context["errors"]) == (422, True)
    nowhere = send(desk, f"{ROOT}{agency}/move/", parent="H99")
    assert "parent" in nowhere.context["errors"]


def test_facts_change_and_what_is_wrong_stands_beside_its_field(world: World, desk: Client) -> None:
    agency = world.agencies[COMMUNE]
    path = f"{ROOT}{agency}/facts/"
    wrong = send(desk, path, kind="KING", level="", phone="1", email="x", place="99999")
    assert wrong.status_code == 422
    assert set(wrong.context["errors"]) == {"place"}
    wrong = send(desk, path, kind="KING", level="", phone="1", email="x")
    assert set(wrong.context["errors"]) == {"kind", "level", "phone", "email"}
    right = send(desk, path, **kind_and_level(agency), phone="0290 3831 234", email="tanan@camau.gov.vn")
    assert right.status_code == 302
    assert on(SOON, agency).phone == "+842903831234"
    assert "Điện thoại: từ “" in desk.get(f"{ROOT}{agency}/").content.decode()


def test_an_agency_is_closed_only_when_empty(world: World, desk: Client) -> None:
    full = send(desk, f"{ROOT}{world.agencies[COMMUNE]}/closing/")
    assert (full.status_code, "" in full.context["errors"]) == (422, True)
    send(desk, f"{ROOT}founding/", **FACTS, code="H12.39.98", name="Tạm", parent="H12.39")
    empty = directory(SOON).by_code("H12.39.98").id
    day = {"day-year": "2031"}
    assert send(desk, f"{ROOT}{empty}/closing/", **day).status_code == 302
    assert empty not in directory(date(2031, 1, 1))
    assert "Giải thể từ 01/01/2031" in desk.get(f"{ROOT}{empty}/").content.decode()


def test_of_two_administrators_at_once_one_wins_and_the_other_is_told(world: World, desk: Client) -> None:
    agency = world.agencies[COMMUNE]
    path = f"{ROOT}{agency}/renaming/"
    seen = re.search(r'name="seen" value="(\d+)"', desk.get(path).content.decode())
    assert seen
    assert desk.post(path, {"seen": seen[1], **DAY, "name": "Tên thứ nhất"}).status_code == 302
    late = desk.post(path, {"seen": seen[1], **DAY, "name": "Tên thứ hai"})
    assert late.status_code == 422
    assert "Nguyễn Hữu Phước vừa sửa" in late.content.decode()
    assert "Tên thứ hai" in late.content.decode()
    assert on(SOON, agency).name == "Tên thứ nhất"
    assert desk.post(path, {**DAY, "name": "Không nói đã thấy gì"}).status_code == 422


@pytest.mark.parametrize("form", ["renaming", "move", "facts", "closing"])
def test_a_form_without_a_day_is_asked_for_one(world: World, desk: Client, form: str) -> None:
    agency = world.agencies[COMMUNE]
    blank = {"day-day": "", "day-month": "", "day-year": ""}
    typed = {**kind_and_level(agency), "name": "Tên", "parent": "H12.32"}
    answer = send(desk, f"{ROOT}{agency}/{form}/", **{**typed, **blank})
    assert (answer.status_code, set(answer.context["errors"])) == (422, {"day"})


def test_nobody_else_finds_the_pages(world: World) -> None:
    agency = world.agencies[COMMUNE]
    for who in world.officers.keys() - {"administrator"}:
        for path in (ROOT, f"{ROOT}founding/", f"{ROOT}{agency}/", f"{ROOT}{agency}/renaming/"):
            assert desk_of(world, who).get(path).status_code == 404, (who, path)
            assert desk_of(world, who).post(path, DAY).status_code == 404, (who, path)


def test_pages_ask_the_same_number_of_questions_however_much_they_show(world: World, desk: Client) -> None:
    few = [f"{ROOT}?q=tan an", f"{ROOT}{world.agencies[COMMUNE]}/"]
    many = [f"{ROOT}?q=uy ban", f"{ROOT}{world.agencies[DISTRICT]}/"]
    for short, long in zip(few, many, strict=True):
        desk.get(short)
        asked = []
        for path in (short, long):
            with CaptureQueriesContext(connection) as queries:
                assert desk.get(path).status_code == 200
            asked.append(len(queries))
        assert asked[1] <= asked[0] + 1, path
        assert asked[0] <= 30


def test_an_agencys_page_leads_to_its_working_hours(world: World, desk: Client) -> None:
    page = f"/desk/administration/agencies/{world.agencies[COMMUNE]}/"
    html = desk.get(page).content.decode()
    assert "theo giờ chung của tỉnh" in html
    assert f"/desk/administration/calendar/hours/?agency={COMMUNE}" in html
