"""What the national portal lists and knows, asked of it, beside what stands with us."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from camaug.cases.models import Case
from camaug.gateway.actions.read_catalogue import CatalogueNotRead, read_catalogue
from camaug.gateway.actions.send_due import send_due
from camaug.gateway.actions.ship import ship
from camaug.gateway.models import NationalEntry, Shipment
from camaug.gateway.national.contract import Listed
from camaug.gateway.national.counterpart import PASSWORD, USER, LocalPortal
from camaug.gateway.national.http_portal import HttpPortal
from camaug.gateway.national.told import TOLD
from camaug.gateway.queries import differing_agencies, differing_fields
from camaug.kernel.actors import SYSTEM
from camaug.kernel.models import EventRecord
from camaug.kernel.outgoing.sending import NotTaken
from camaug.people.queries import directory
from tests.applications import carry, send_birth
from tests.desks import desk_of
from tests.world import AT, COMMUNE, World

LATER = AT + timedelta(minutes=1)
CATALOGUE = "/desk/administration/national-portal/catalogue/"


@pytest.fixture
def portal(settings: Any) -> Iterator[LocalPortal]:
    with LocalPortal() as portal:
        settings.NATIONAL_PORTAL_URL, settings.NATIONAL_PORTAL_UNIT = portal.url, "H12"
        settings.NATIONAL_PORTAL_USER, settings.NATIONAL_PORTAL_PASSWORD = USER, PASSWORD
        yield portal


def told(portal: LocalPortal, case: Case) -> Shipment:
    """A message about the case, which the portal has taken together with all others."""
    ship(EventRecord.objects.filter(subject_id=case.id, name__in=TOLD).order_by("recorded_at", "id"))
    Shipment.objects.update(next_attempt_at=AT)
    while send_due(by=SYSTEM, at=LATER):
        pass
    assert case.code in portal.cases
    return Shipment.objects.filter(case_id=case.id).earliest("id")


def asked(desk: Client, message: Shipment) -> str:
    answer = desk.get(f"/desk/administration/national-portal/messages/{message.id}/known/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_the_client_reads_lists_and_cases(portal: LocalPortal) -> None:
    portal.agencies, portal.fields = {"H12": "UBND tỉnh Cà Mau"}, {"G09-TP04": "Hộ tịch"}
    portal.cases["H12-1"] = {"MaHoSo": "H12-1"}
    there = HttpPortal(portal.url, USER, PASSWORD, "H12")
    assert there.agencies() == (Listed("H12", "UBND tỉnh Cà Mau"),)
    assert there.fields() == (Listed("G09-TP04", "Hộ tịch"),)
    assert (there.case("H12-1"), there.case("H12-2")) == ({"MaHoSo": "H12-1"}, None)
    portal.failing = "500"
    with pytest.raises(NotTaken):
        there.case("H12-2")


def test_agencies_are_compared_by_code_and_fields_by_name(world: World, portal: LocalPortal) -> None:
    commune = directory(AT.date()).get(world.agencies[COMMUNE])
    portal.agencies = {"H12.99": "Sở Mới", "H13": "Tỉnh khác", commune.code: "Tên gọi cũ"}
    portal.fields = {"G09-TP04": "hộ  tịch", "G01": "Hàng không"}
    portal.procedures = [{"MATTHC": "1.001193", "TENTTHC": "Thủ tục đăng ký khai sinh"}]
    read_catalogue(by=world.officer("administrator"), at=AT)
    agencies = {one.code: (one.ours, one.theirs) for one in differing_agencies(AT.date())}
    assert agencies["H12.99"] == ("", "Sở Mới")
    if not commune.code_is_placeholder:
        assert agencies[commune.code] == (commune.name, "Tên gọi cũ")
    assert "H13" not in agencies, "of another province"
    fields = {one.ours for one in differing_fields(AT.date())}
    assert "Hộ tịch" not in fields
    assert "Chứng thực" in fields
    assert not {one.theirs for one in differing_fields(AT.date())} - {""}, "they have hundreds that we need not have"
    shown = desk_of(world, "administrator").get(CATALOGUE).content.decode()
    assert [words for words in ("Sở Mới", "Chứng thực", "Cơ quan", "Lĩnh vực") if words not in shown] == []


def test_lists_that_break_off_leave_what_was_read_before(world: World, portal: LocalPortal) -> None:
    portal.agencies = {"H12.99": "Sở Mới"}
    read_catalogue(by=world.officer("administrator"), at=AT)
    portal.agencies, portal.failing = {}, "500"
    with pytest.raises(CatalogueNotRead):
        read_catalogue(by=world.officer("administrator"), at=LATER)
    assert NationalEntry.objects.filter(code="H12.99").exists()


def test_an_administrator_reads_what_the_portal_knows_of_a_case(world: World, portal: LocalPortal) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    message, desk = told(portal, case), desk_of(world, "administrator")
    assert "Cổng quốc gia ghi nhận hồ sơ này đúng như hệ thống của tỉnh." in asked(desk, message)
    portal.cases[case.code or ""] |= {"TrangThaiHoSo": "2", "NgayHenTra": "20261201080000", "TaiLieuNop": []}
    shown = asked(desk, message)
    assert "3 điểm khác" in shown
    assert "01/12/2026" in shown
    assert case.applicant_name not in shown
    del portal.cases[case.code or ""]
    assert "chưa có hồ sơ này" in asked(desk, message)


def test_an_operator_reads_only_whether_it_is_so(world: World, portal: LocalPortal) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    message = told(portal, case)
    portal.cases[case.code or ""] |= {"NgayHenTra": "20261201080000"}
    shown = asked(desk_of(world, "operator"), message)
    assert "1 điểm khác" in shown
    assert "01/12/2026" not in shown
    page = f"/desk/administration/national-portal/messages/{message.id}/known/"
    assert desk_of(world, "clerk").get(page).status_code == 404


def test_a_portal_that_is_away_or_answers_nonsense_gives_one_sentence(
    world: World, portal: LocalPortal, settings: Any
) -> None:
    case = send_birth(world)
    message, desk = told(portal, case), desk_of(world, "administrator")
    portal.cases[case.code or ""] = ["no", "case"]  # type: ignore[assignment]
    assert "Cổng quốc gia không cho biết về hồ sơ này" in asked(desk, message)
    settings.NATIONAL_PORTAL_URL = "http://127.0.0.1:1"
    assert "Cổng quốc gia hiện không trả lời." in asked(desk, message)
    settings.NATIONAL_PORTAL_URL = ""
    assert "Hệ thống chưa được kết nối với Cổng Dịch vụ công quốc gia." in asked(desk, message)
