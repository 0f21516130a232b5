"""One message a fact: on receipt, refusal, supplement, payment, result; a case done on the spot is told once."""

from datetime import timedelta

import pytest
from django.conf import settings

from camaug.access.models import Account
from camaug.cases.actions.ask_payment import ask_payment
from camaug.cases.actions.confirm_payment import confirm_payment
from camaug.cases.actions.deny import deny
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.receive import receive
from camaug.cases.actions.refuse import refuse
from camaug.cases.actions.register import register
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.actions.serve import serve
from camaug.cases.actions.supplement import supplement
from camaug.cases.models import Case, Outcome
from camaug.kernel.dispatch import subscribers
from camaug.kernel.models import EventRecord
from camaug.notify.loading import load_profile
from camaug.notify.models import Message
from camaug.people.queries import holders
from tests.applications import carry, copy_intake, send_birth, shop_intake
from tests.world import AT, COMMUNE, World


@pytest.fixture(autouse=True)
def _texts(world: World) -> None:
    load_profile(settings.PROFILE, at=AT, progress=lambda _done, _total: None)


def hear() -> None:
    """Hand all events that ever happened to the subscriber, as a dispatcher that lost its place would."""
    teller = next(known for known in subscribers() if known.name == "cases.tell_applicants")
    teller.react(list(EventRecord.objects.filter(name__in=teller.to).order_by("id")))


def told(case: Case) -> list[str]:
    """The notices about a case, in the order of its facts; heard of twice."""
    hear()
    hear()
    return list(Message.objects.filter(subject_id=case.id).order_by("id").values_list("notice", flat=True))


def latest(case: Case) -> Message:
    hear()
    return Message.objects.filter(subject_id=case.id).order_by("id").reverse()[0]


def test_an_application_from_afar_is_told_at_each_station(world: World) -> None:
    case = carry(world, send_birth(world), to="RETURN")
    expected = ["CASE_SUBMITTED", "CASE_RECEIVED_TO_PAY", "DRAFT_TO_CHECK", "PAYMENT_CONFIRMED", "RESULT_READY"]
    assert told(case) == expected
    assert {message.account_id for message in Message.objects.filter(subject_id=case.id)} == {world.citizens["mother"]}


def test_the_receipt_says_code_office_and_due_time_and_no_name(world: World) -> None:
    case = receive(send_birth(world).id, by=world.officer("clerk"), at=AT)
    message = latest(case)
    assert case.code is not None
    assert case.code in message.sms
    assert "17:00 ngày 23/11/2026" in message.body
    assert "17:00 ngay 23/11/2026" in message.sms
    assert "Tân Ân" in message.body
    assert "Phí, lệ phí còn phải nộp: 16.000 đồng. Nơi nộp: Bộ phận Một cửa" in message.body
    assert "16.000 dong" in message.sms
    for name in ("Lan", "Bảo An", "Khôi", "096194000123"):
        assert name not in message.title + message.body + message.sms


def test_a_message_leads_an_account_to_its_case_and_everybody_else_to_following(world: World) -> None:
    assert latest(case := send_birth(world)).link == f"/my-cases/{case.id}/"
    assert latest(register(shop_intake(world), by=world.officer("district_clerk"), at=AT)).link == "/follow/"


def test_a_refusal_is_told_with_its_reason_but_not_by_sms(world: World) -> None:
    case = refuse(send_birth(world).id, reason="Thuộc thẩm quyền xã khác.", by=world.officer("clerk"), at=AT)
    assert told(case) == ["CASE_SUBMITTED", "CASE_REFUSED"]
    message = latest(case)
    assert "Thuộc thẩm quyền xã khác." in message.body
    assert "tham quyen" not in message.sms


def test_a_supplement_is_asked_for_with_all_its_items(world: World) -> None:
    case = receive(send_birth(world).id, by=world.officer("clerk"), at=AT)
    items = [Item("giay-chung-sinh", "Giấy chứng sinh", "Ảnh mờ."), Item("", "Tờ khai", "Thiếu quê quán.")]
    case = request_supplement(case.id, items, reason="Gửi lại", by=world.officer("specialist"), at=AT)
    assert told(case)[-1] == "SUPPLEMENT_REQUESTED"
    body = latest(case).body
    assert "– Giấy chứng sinh: Ảnh mờ.\n– Tờ khai: Thiếu quê quán.\nGửi lại" in body
    supplement(case.id, by=world.citizen("mother"), at=AT + timedelta(hours=1))
    assert told(case)[-1] == "SUPPLEMENT_REQUESTED"


def test_money_is_asked_for_and_confirmed(world: World) -> None:
    case = register(shop_intake(world, payment_way=""), by=world.officer("district_clerk"), at=AT)
    case = ask_payment(case.id, by=world.officer("district_specialist"), at=AT + timedelta(hours=1))
    asked = latest(case)
    assert "50.000 đồng" in asked.body
    assert "50.000 dong" in asked.sms
    case = confirm_payment(case.id, way="CASH", by=world.officer("district_clerk"), at=AT + timedelta(hours=2))
    assert told(case) == ["CASE_RECEIVED_TO_PAY", "PAYMENT_ASKED", "PAYMENT_CONFIRMED"]
    assert case.payments.get().receipt_number in latest(case).sms


def test_a_denial_is_told_as_one(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    propose(case.id, Outcome.DENIED, note="Không đủ điều kiện", by=world.officer("specialist"), at=AT)
    deny(case.id, reason="Không đủ điều kiện", by=world.officer("chairman"), at=AT)
    case = publish_result(case.id, by=world.officer("registrar"), at=AT)
    assert told(case)[-1] == "RESULT_DENIED"


def test_what_is_taken_in_and_paid_at_a_counter_is_told_as_received_and_paid(world: World) -> None:
    case = register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    assert sorted(told(case)) == ["CASE_RECEIVED", "PAYMENT_CONFIRMED"]


def test_a_case_done_on_the_spot_is_told_once(world: World) -> None:
    signer = holders("LEADER", world.agencies[COMMUNE], AT)[0].id
    intake = copy_intake(world, phone="+84918000321")
    case = serve(intake, signed_by=signer, by=world.officer("clerk"), at=AT)
    assert told(case) == ["CASE_SERVED"]
    assert latest(case).phone == "+84918000321"


def test_a_visitor_of_the_counter_who_has_an_account_finds_the_message_there(world: World) -> None:
    owner = world.citizen("shopkeeper").person_id
    case = register(shop_intake(world, applicant=owner), by=world.officer("district_clerk"), at=AT)
    assert latest(case).account_id == world.citizens["shopkeeper"]
    Account.objects.filter(pk=world.citizens["shopkeeper"]).update(is_active=False)
    other = register(shop_intake(world, applicant=owner), by=world.officer("district_clerk"), at=AT)
    assert latest(other).account_id is None


def test_who_cannot_be_reached_is_told_nothing_and_holds_nobody_up(world: World) -> None:
    case = register(shop_intake(world, phone=""), by=world.officer("district_clerk"), at=AT)
    assert told(case) == []
