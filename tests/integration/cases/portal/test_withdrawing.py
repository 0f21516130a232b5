from datetime import datetime

import pytest
from django.test import Client

from camaug.cases.actions.apologise import apologise
from camaug.cases.actions.approve import approve
from camaug.cases.actions.ask_withdrawal import ask_withdrawal
from camaug.cases.actions.register import register
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.actions.resume import resume
from camaug.cases.actions.stop import stop
from camaug.cases.actions.suspend import suspend
from camaug.cases.lifecycle import State
from camaug.cases.models import Case
from camaug.kernel.clock import LOCAL
from tests.applications import carry, send_birth, shop_intake
from tests.integration.cases.portal.conftest import SignedIn
from tests.world import AT, World

pytestmark = pytest.mark.django_db
WHY = "Tôi đăng ký ở quê chồng."


@pytest.fixture
def mother(signed_in: SignedIn) -> Client:
    return signed_in("mother")


@pytest.fixture
def case(world: World) -> Case:
    return carry(world, send_birth(world), to="EXAMINE")


def page(case: Case, resource: str = "") -> str:
    return f"/my-cases/{case.id}/{resource}"


def shown(client: Client, case: Case) -> str:
    return client.get(page(case)).content.decode()


def again(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def test_a_citizen_withdraws_says_why_and_thinks_better_of_it(mother: Client, case: Case) -> None:
    assert page(case, "withdrawal/") in shown(mother, case)
    seen = {"seen": str(case.revision)}
    empty = mother.post(page(case, "withdrawal/"), {**seen, "reason": " "})
    assert empty.status_code == 422
    assert "Hãy ghi lý do" in empty.content.decode()
    sent = mother.post(page(case, "withdrawal/"), {**seen, "reason": WHY})
    assert sent["Location"] == page(case)
    assert again(case).state == State.WITHDRAWAL_ASKED
    told = shown(mother, case)
    assert WHY in told
    assert page(case, "continuation/") in told
    assert page(case, "withdrawal/") not in told
    back = mother.post(page(case, "continuation/"), {"seen": str(again(case).revision)})
    assert back["Location"] == page(case)
    assert again(case).state == State.IN_PROCESS


def test_a_click_twice_withdraws_once(mother: Client, case: Case) -> None:
    fields = {"seen": str(case.revision), "reason": WHY}
    for _click in range(2):
        assert mother.post(page(case, "withdrawal/"), fields)["Location"] == page(case)
    assert again(case).revision == case.revision + 1


def test_what_was_decided_meanwhile_is_said_and_what_was_typed_stays(world: World, mother: Client) -> None:
    case = carry(world, send_birth(world), to="APPROVE")
    approve(case.id, by=world.officer("chairman"), at=AT)
    late = mother.post(page(case, "withdrawal/"), {"seen": str(case.revision), "reason": WHY})
    assert late.status_code == 422
    assert WHY in late.content.decode()
    assert mother.get(page(case, "withdrawal/"))["Location"] == page(case)
    assert mother.get(page(case, "continuation/"))["Location"] == page(case)
    assert page(case, "withdrawal/") not in shown(mother, case)


def test_others_cannot_withdraw_it(signed_in: SignedIn, case: Case) -> None:
    stranger = signed_in("shopkeeper")
    for resource in ("withdrawal/", "continuation/"):
        assert stranger.get(page(case, resource)).status_code == 404
        assert stranger.post(page(case, resource), {"reason": WHY}).status_code == 404


def test_nothing_is_asked_any_more_of_one_who_withdraws(world: World, mother: Client, case: Case) -> None:
    item = Item("giay-chung-sinh", "Giấy chứng sinh", "Ảnh mờ")
    request_supplement(case.id, [item], reason="", by=world.officer("specialist"), at=AT)
    assert page(case, "supplement/") in shown(mother, case)
    ask_withdrawal(case.id, reason=WHY, by=world.citizen("mother"), at=AT)
    assert page(case, "supplement/") not in shown(mother, case)
    stop(case.id, reason="", by=world.officer("clerk"), at=AT)
    assert page(case, "supplement/") not in shown(mother, case)


def test_what_was_stopped_says_why_and_gives_the_notice(world: World, mother: Client, case: Case) -> None:
    ask_withdrawal(case.id, reason=WHY, by=world.citizen("mother"), at=AT)
    slip = stop(case.id, reason="", by=world.officer("clerk"), at=AT).slips.get(form=5)
    told = shown(mother, case)
    assert "Hồ sơ đã dừng giải quyết" in told
    assert "Người nộp đề nghị rút hồ sơ" in told
    notice = mother.get(page(case, f"slips/{slip.id}/"))
    assert b"".join(notice.streaming_content).startswith(b"%PDF")
    assert "Hồ sơ của bạn" not in told


def test_a_suspended_case_says_why_until_it_goes_on(world: World, mother: Client, case: Case) -> None:
    specialist = world.officer("specialist")
    why = "Chờ trả lời của bệnh viện."
    suspend(case.id, ground="APPRAISAL", document="1/CV", reason=why, by=specialist, at=AT)
    told = shown(mother, case)
    assert "Cơ quan tạm dừng xử lý hồ sơ" in told
    assert "Thời hạn tạm dừng trong lúc chờ xác minh" in told
    assert told.index(why) < told.index("Đã làm những gì")
    resume(case.id, by=specialist, at=AT)
    assert "Cơ quan tạm dừng xử lý hồ sơ" not in shown(mother, case)


def test_an_apology_and_both_dates_are_read_by_the_owner_and_by_whoever_follows(
    world: World, signed_in: SignedIn, client: Client
) -> None:
    owner = world.citizen("shopkeeper").person_id
    case = register(shop_intake(world, applicant=owner), by=world.officer("district_clerk"), at=AT)
    thursday, new = datetime(2026, 11, 26, 9, 0, tzinfo=LOCAL), datetime(2027, 6, 1, 17, 0, tzinfo=LOCAL)
    why = "Hệ thống gián đoạn."
    apologise(case.id, new_date=new.date(), reason=why, by=world.officer("district_head"), at=thursday)
    told = shown(signed_in("shopkeeper"), case)
    for words in ("Cơ quan xin lỗi vì sự chậm trễ", why, "17:00, 27/11/2026", "17:00, 01/06/2027"):
        assert words in told
    client.post("/follow/", {"code": case.code, "fact": "0789"})
    followed = client.get("/follow/case/").content.decode()
    assert "17:00, 01/06/2027" in followed
    assert why not in followed


def test_whoever_follows_reads_the_state_and_no_reason(world: World, case: Case, client: Client) -> None:
    ask_withdrawal(case.id, reason=WHY, by=world.citizen("mother"), at=AT)
    client.post("/follow/", {"code": case.code, "fact": "0123"})
    asked = client.get("/follow/case/").content.decode()
    assert "Người nộp đề nghị rút hồ sơ" in asked
    stop(case.id, reason="", by=world.officer("clerk"), at=AT)
    stopped = client.get("/follow/case/").content.decode()
    assert "Hồ sơ đã dừng giải quyết" in stopped
    assert WHY not in asked + stopped
