"""What the national portal is told, over HTTP to a portal that speaks its protocol, whatever goes wrong on the way."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from camaug.cases.models import Case
from camaug.gateway.actions.read_catalogue import CatalogueNotRead, read_catalogue
from camaug.gateway.actions.replay import begin_replay, go_on, replay_case
from camaug.gateway.actions.resend import resend
from camaug.gateway.actions.send_due import PAUSES, send_due
from camaug.gateway.actions.ship import ship
from camaug.gateway.lifecycle import ShipmentState
from camaug.gateway.models import Replay, Shipment
from camaug.gateway.national.choice import NoPortal
from camaug.gateway.national.counterpart import PASSWORD, USER, LocalPortal
from camaug.gateway.national.told import TOLD
from camaug.gateway.queries import differences
from camaug.kernel import dispatch
from camaug.kernel.actors import SYSTEM
from camaug.kernel.errors import NotAllowed, NotFound
from camaug.kernel.events import kinds
from camaug.kernel.models import EventRecord
from tests.applications import carry, real, send_birth
from tests.desks import desk_of
from tests.world import AT, World

LATER = AT + timedelta(minutes=1)


@pytest.fixture
def portal(settings: Any) -> Iterator[LocalPortal]:
    with LocalPortal() as portal:
        settings.NATIONAL_PORTAL_URL, settings.NATIONAL_PORTAL_UNIT = portal.url, "H12"
        settings.NATIONAL_PORTAL_USER, settings.NATIONAL_PORTAL_PASSWORD = USER, PASSWORD
        yield portal


def told(case: Case) -> list[Shipment]:
    return list(Shipment.objects.filter(case_id=case.id).order_by("id"))


def tell(case: Case) -> None:
    """What the dispatcher does with the case's events."""
    ship(EventRecord.objects.filter(subject_id=case.id, name__in=TOLD).order_by("recorded_at", "id"))
    Shipment.objects.update(next_attempt_at=AT)


def test_a_case_from_its_submission_to_its_result_is_told_step_by_step(world: World, portal: LocalPortal) -> None:
    case = carry(world, send_birth(world), to="RETURN")
    tell(case)
    while send_due(by=SYSTEM, at=LATER):
        pass
    known = portal.cases[case.code or ""]
    assert (known["MaTTHC"], known["KenhThucHien"], known["TrangThaiHoSo"]) == ("1.001193", "2", "9")
    assert (known["ChuHoSo"], known["SoGiayToChuHoSo"]) == (case.applicant_name, case.applicant_number)
    assert known["NgayTiepNhan"] == "20261123080000"
    assert len(known["NgayHenTra"]) == 14
    assert [file["MaThanhPhanHoSo"] for file in known["TaiLieuNop"]] == ["giay-chung-sinh"]
    assert [paper["MaKetQua"] for paper in known["DanhSachGiayToKetQua"]] == [
        real("dang-ky-khai-sinh").results[0].national_code
    ]
    steps = portal.steps[case.code or ""]
    by = list(dict.fromkeys(step["NguoiXuLy"] for step in steps))
    assert by == ["Trần Thị Minh", "Lê Anh Tuấn", "Phạm Văn Hùng", "Ngô Thị Kim Chi"]
    assert all(step["PhongBanXuLy"] and step["ChucDanh"] and step["NoiDungXuLy"] for step in steps)
    assert {row.state for row in told(case)} == {ShipmentState.SENT}


def test_the_first_telling_is_new_and_the_next_an_update(world: World, portal: LocalPortal) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    tell(case)
    while send_due(by=SYSTEM, at=LATER):
        pass
    whole = [call["isUpdating"] for call in portal.calls if call["service"] == "DongBoHoSoMC"]
    assert whole == [False, True, True], "sent, received, handed over"
    assert {call["madonvi"] for call in portal.calls} == {"H12"}


def test_an_event_that_is_handed_out_twice_is_told_once(world: World, portal: LocalPortal) -> None:
    case = send_birth(world)
    tell(case)
    tell(case)
    assert len(told(case)) == 1


def test_the_dispatcher_writes_messages_only_where_a_portal_is_set_up(world: World, settings: Any) -> None:
    settings.NATIONAL_PORTAL_URL = ""
    send_birth(world)
    dispatch.drain()
    assert not Shipment.objects.exists()
    assert send_due(by=SYSTEM, at=LATER) == 0


def test_a_session_that_is_over_is_opened_again(world: World, portal: LocalPortal) -> None:
    first, second = send_birth(world), send_birth(world)
    tell(first)
    send_due(by=SYSTEM, at=LATER)
    portal.forget_sessions()
    tell(second)
    send_due(by=SYSTEM, at=LATER)
    assert set(portal.cases) == {first.code, second.code}
    assert portal.opened == 2


def test_a_portal_that_is_away_is_asked_again_later_and_later(world: World, settings: Any) -> None:
    settings.NATIONAL_PORTAL_URL = "http://127.0.0.1:1"
    case = send_birth(world)
    tell(case)
    at = LATER
    for pause in PAUSES:
        assert send_due(by=SYSTEM, at=at) == 1
        (row,) = told(case)
        assert (row.state, row.next_attempt_at) == (ShipmentState.FAILED, at + pause)
        assert send_due(by=SYSTEM, at=at + pause / 2) == 0
        at += pause
    send_due(by=SYSTEM, at=at)
    (row,) = told(case)
    assert (row.state, row.problem) == (ShipmentState.GIVEN_UP, "unreachable: ConnectionRefusedError")
    assert EventRecord.objects.filter(name="gateway.ShipmentGivenUp", subject_id=row.id).count() == 1


def test_those_behind_a_silent_portal_lose_no_try(world: World, settings: Any) -> None:
    settings.NATIONAL_PORTAL_URL = "http://127.0.0.1:1"
    for _ in range(3):
        tell(send_birth(world))
    assert send_due(by=SYSTEM, at=LATER) == 3
    assert sorted(Shipment.objects.values_list("attempts", flat=True)) == [0, 0, 1]


def test_what_the_portal_refuses_is_given_up_at_once_and_resent_by_an_administrator(
    world: World, portal: LocalPortal
) -> None:
    case = send_birth(world)
    tell(case)
    portal.failing = "422"
    send_due(by=SYSTEM, at=LATER)
    (row,) = told(case)
    assert (row.state, row.problem) == (ShipmentState.GIVEN_UP, "422: told to fail")
    portal.failing = ""
    with pytest.raises(NotAllowed):
        resend(row.id, by=world.officer("clerk"), at=LATER)
    resend(row.id, by=world.officer("operator"), at=LATER)
    resend(row.id, by=world.officer("operator"), at=LATER)
    send_due(by=SYSTEM, at=LATER)
    assert told(case)[0].state == ShipmentState.SENT
    assert EventRecord.objects.filter(name="gateway.ShipmentResent").count() == 1
    assert case.code in portal.cases


def test_an_answer_that_is_lost_is_told_again_and_kept_once(world: World, portal: LocalPortal) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    tell(case)
    send_due(by=SYSTEM, at=LATER)
    portal.mute = True
    send_due(by=SYSTEM, at=LATER)
    assert ShipmentState.FAILED in {row.state for row in told(case)}
    portal.mute = False
    for minutes in range(2, 12):
        send_due(by=SYSTEM, at=AT + timedelta(minutes=minutes))
    assert {row.state for row in told(case)} == {ShipmentState.SENT}
    done = [step["NoiDungXuLy"] for step in portal.steps[case.code or ""]]
    assert done == ["Đã tiếp nhận hồ sơ", "Chuyển bước tiếp theo"]


def test_the_messages_of_a_case_keep_their_order(world: World, portal: LocalPortal) -> None:
    case, other = carry(world, send_birth(world), to="APPROVE"), send_birth(world)
    tell(case)
    tell(other)
    first = told(case)[0]
    Shipment.objects.filter(pk=first.pk).update(state=ShipmentState.FAILED, next_attempt_at=AT + timedelta(days=1))
    send_due(by=SYSTEM, at=LATER)
    assert set(portal.cases) == {other.code}, "what follows a message that has failed waits for it"


def test_a_replay_tells_every_case_that_changed_since(world: World, portal: LocalPortal) -> None:
    cases = [send_birth(world), carry(world, send_birth(world), to="RETURN")]
    for _time in range(2):
        assert replayed(world).cases == len(cases)
    while send_due(by=SYSTEM, at=LATER):
        pass
    assert set(portal.cases) == {case.code for case in cases}
    assert Shipment.objects.count() == len(cases)


def replayed(world: World) -> Replay:
    replay = begin_replay(AT - timedelta(days=1), by=world.officer("operator"), at=LATER)
    while go_on(replay.id, by=SYSTEM, at=LATER, batch=1):
        pass
    replay.refresh_from_db()
    assert replay.finished_at == LATER
    assert not go_on(replay.id, by=SYSTEM, at=LATER)
    return replay


def test_a_replay_of_one_case_needs_its_code(world: World, portal: LocalPortal) -> None:
    case = send_birth(world)
    replay_case(case.code or "", by=world.officer("operator"), at=LATER)
    send_due(by=SYSTEM, at=LATER)
    assert set(portal.cases) == {case.code}
    with pytest.raises(NotFound):
        replay_case("H12.99-261123-0001", by=world.officer("operator"), at=LATER)
    with pytest.raises(NotAllowed):
        replay_case(case.code or "", by=world.officer("clerk"), at=LATER)


def test_every_event_that_is_told_is_one_that_there_is() -> None:
    assert set(TOLD) <= set(kinds())


CATALOGUE = [
    {"MATTHC": "1.001193", "TENTTHC": "Thủ tục đăng ký khai sinh", "LINHVUCTHUCHIEN": []},
    {"MATTHC": "9.999999", "TENTTHC": "Một thủ tục mới", "LINHVUCTHUCHIEN": []},
]


def test_the_national_catalogue_is_read_and_compared_and_changes_nothing_of_ours(
    world: World, portal: LocalPortal
) -> None:
    portal.procedures = CATALOGUE
    before = real("dang-ky-khai-sinh")
    assert read_catalogue(by=world.officer("administrator"), at=AT) == 2
    assert read_catalogue(by=world.officer("administrator"), at=AT) == 0
    found = {row.code: (bool(row.ours), row.theirs) for row in differences(AT.date())}
    assert found["9.999999"] == (False, "Một thủ tục mới")
    assert found["2.000815"] == (True, "")
    assert real("dang-ky-khai-sinh") == before


def test_a_catalogue_that_breaks_off_leaves_what_was_read_before(world: World, portal: LocalPortal) -> None:
    portal.procedures = CATALOGUE
    read_catalogue(by=world.officer("administrator"), at=AT)
    portal.procedures, portal.failing = [], "500"
    with pytest.raises(CatalogueNotRead):
        read_catalogue(by=world.officer("administrator"), at=LATER)
    assert "9.999999" in {row.code for row in differences(AT.date())}


def test_without_a_portal_no_catalogue_is_read(world: World, settings: Any) -> None:
    settings.NATIONAL_PORTAL_URL = ""
    with pytest.raises(NoPortal):
        read_catalogue(by=world.officer("administrator"), at=AT)


def test_an_administrator_sees_what_was_told_without_details_and_an_operator_sends_again(
    world: World, portal: LocalPortal
) -> None:
    case = send_birth(world)
    tell(case)
    portal.failing = "422"
    send_due(by=SYSTEM, at=LATER)
    desk = desk_of(world, "administrator")
    listed = desk.get("/desk/administration/national-portal/?state=GIVEN_UP").content.decode()
    assert case.code in listed
    assert "told to fail" in listed
    (row,) = told(case)
    page = f"/desk/administration/national-portal/messages/{row.id}/"
    shown = desk.get(page).content.decode()
    assert "DongBoHoSoMC" in shown
    assert case.applicant_name not in shown
    assert case.applicant_number not in shown
    portal.failing = ""
    assert "<pre" in shown
    operator = desk_of(world, "operator")
    assert case.code in operator.get("/desk/administration/national-portal/").content.decode()
    assert "<pre" not in operator.get(page).content.decode()
    assert (desk.post(f"{page}resending/").status_code, operator.post(f"{page}resending/").status_code) == (404, 302)
    assert told(case)[0].state == ShipmentState.WAITING
    assert desk_of(world, "clerk").get(page).status_code == 404


@pytest.mark.parametrize(
    ("typed", "status"),
    [({"since": "1/11/2026"}, 302), ({"since": "tomorrow"}, 422), ({}, 422), ({"code": "H12-1"}, 422)],
)
def test_a_replay_is_asked_for_on_a_page(world: World, portal: LocalPortal, typed: dict[str, str], status: int) -> None:
    send_birth(world)
    answer = desk_of(world, "operator").post("/desk/administration/national-portal/replay/", typed)
    assert answer.status_code == status
    assert Replay.objects.exists() == (status == 302)
    if status == 302:
        shown = desk_of(world, "operator").get("/desk/administration/national-portal/").content.decode()
        assert "Đang gửi lại mọi hồ sơ có thay đổi từ ngày 01/11/2026" in shown
