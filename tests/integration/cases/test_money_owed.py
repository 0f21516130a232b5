"""What a case costs: owed from reception on, counted anew with what is declared, paid before the result is handed out."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from camaug.access.models import Account
from camaug.cases.actions.add_file import add_file
from camaug.cases.actions.amend import Details, amend
from camaug.cases.actions.ask_payment import NothingOwed, ask_payment
from camaug.cases.actions.confirm_payment import NothingToPay, confirm_payment
from camaug.cases.actions.correct import correct
from camaug.cases.actions.deny import deny
from camaug.cases.actions.hand_out import FeeNotCounted, Receiver, StillOwed, hand_out
from camaug.cases.actions.order_delivery import NotForThePost, order_delivery
from camaug.cases.actions.owe import SumUnknown
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.receive import receive
from camaug.cases.actions.register import register
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import start
from camaug.cases.actions.submit import submit
from camaug.cases.actions.supplement import supplement
from camaug.cases.dues import dues
from camaug.cases.lifecycle import PaymentState, State
from camaug.cases.models import Case, Outcome
from camaug.cases.queries import case_page, progress_of
from camaug.catalogue.queries import definition
from camaug.kernel.models import EventRecord
from tests.applications import BIRTH, SHOP, carry, photo, send_birth, shop_intake
from tests.desks import desk_of
from tests.sessions import enter
from tests.world import AT, DISTRICT, World

LATER = AT + timedelta(hours=2)
HERSELF = Receiver("Nguyễn Thị Lan", "096194000123")


def received(world: World, **answers: Any) -> Case:
    """The mother's case, received, with some answers otherwise."""
    case = send_birth(world)
    if answers:
        Case.objects.filter(pk=case.pk).update(answers={**BIRTH, **answers})
    return receive(case.id, by=world.officer("clerk"), at=AT)


def amended(world: World, case: Case, **answers: Any) -> Case:
    """The specialist corrects what was declared."""
    details = Details(
        answers={**case.answers, **answers},
        name=case.applicant_name,
        phone=case.applicant_phone,
        email=case.applicant_email,
        address=case.applicant_address,
    )
    return amend(case.id, details, reason="Ghi sai.", by=world.officer("specialist"), at=LATER)


def paid(world: World, case: Case) -> Case:
    return confirm_payment(case.id, way="CASH", by=world.officer("clerk"), at=AT)


def money(case: Case) -> list[tuple[str, int]]:
    return list(case.payments.order_by("asked_at").values_list("state", "amount"))


def recounted(case: Case) -> list[tuple[int, int, int]]:
    """Before, after and overpaid, as the history says it."""
    rows = EventRecord.objects.filter(subject_id=case.id, name="cases.FeesRecounted").order_by("id")
    return [(row.facts["before"], row.facts["after"], row.facts["overpaid"]) for row in rows]


def slip(case: Case) -> Mapping[str, Any]:
    """The receipt as issued last."""
    facts: Mapping[str, Any] = case.slips.filter(form=1).order_by("ordinal").reverse()[0].facts
    return facts


def lines(case: Case) -> list[int]:
    return [line["amount"] for line in slip(case)["fees"]]


# Owed from reception on.


def test_what_an_application_from_afar_costs_is_owed_when_it_is_received(world: World) -> None:
    case = send_birth(world)
    assert money(case) == []
    case = receive(case.id, by=world.officer("clerk"), at=AT)
    assert money(case) == [("OWED", 16_000)]
    assert lines(case) == [16_000]
    fact = EventRecord.objects.get(subject_id=case.id, name="cases.CaseReceived").facts
    assert fact["owed"] == 16_000
    assert [one.amount for one in progress_of(case.id, world.citizen("mother"), at=AT).owed] == [16_000]


def test_who_owes_nothing_gets_no_row(world: World) -> None:
    case = received(world, copies_wanted="NO")
    assert money(case) == []
    assert EventRecord.objects.get(subject_id=case.id, name="cases.CaseReceived").facts["owed"] == 0


def test_what_the_channel_costs_is_owed(world: World) -> None:
    keeper = world.citizen("mother")
    case = start("dang-ky-ho-kinh-doanh", by=keeper, at=AT)
    save(case.id, Changes(answers=SHOP, receiving_agency=world.agencies[DISTRICT]), by=keeper, at=AT)
    add_file(case.id, "giay-de-nghi", content=photo(), file_name="giay-de-nghi.jpg", by=keeper, at=AT)
    submit(case.id, by=keeper, at=AT)
    case = receive(case.id, by=world.officer("district_clerk"), at=AT)
    assert [(item["rule"], item["amount"]) for item in case.payments.get().items] == [("le-phi-truc-tuyen", 150_000)]
    counter = register(shop_intake(world, payment_way=""), by=world.officer("district_clerk"), at=AT)
    assert [(item["rule"], item["amount"]) for item in counter.payments.get().items] == [("le-phi-truc-tiep", 50_000)]


# Paid before the result is handed out.


def test_a_result_is_handed_out_when_it_is_paid(world: World) -> None:
    case, clerk = carry(world, send_birth(world), to="RETURN", paid=False), world.officer("clerk")
    with pytest.raises(StillOwed, match=r"16\.000"):
        hand_out(case.id, HERSELF, by=clerk, at=AT)
    case = confirm_payment(case.id, way="TRANSFER", by=clerk, at=AT)
    assert (case.state, money(case)) == (State.RESULT_READY, [("PAID", 16_000)])
    assert hand_out(case.id, HERSELF, by=clerk, at=AT).state == State.HANDED_OUT


def test_what_nobody_asked_for_is_not_forgotten_and_taken_with_one_move(world: World) -> None:
    case, clerk = carry(world, send_birth(world), to="RETURN", paid=False), world.officer("clerk")
    case.payments.all().delete()  # as cases stood that were received before fees were owed from reception on
    with pytest.raises(StillOwed, match=r"16\.000"):
        hand_out(case.id, HERSELF, by=clerk, at=AT)
    page = case_page(str(case.code), clerk, at=AT)
    assert (page.debt and page.debt.amount, page.may("confirm_payment"), page.may("ask_payment")) == (
        16_000,
        True,
        True,
    )
    assert money(confirm_payment(case.id, way="CASH", by=clerk, at=AT)) == [("PAID", 16_000)]
    assert not case_page(str(case.code), clerk, at=AT).may("confirm_payment")
    with pytest.raises(NothingToPay):
        confirm_payment(case.id, way="CASH", by=clerk, at=AT)


def test_money_asked_for_at_the_return_counter_stops_no_clock(world: World) -> None:
    case, clerk = carry(world, send_birth(world), to="RETURN", paid=False), world.officer("clerk")
    case.payments.all().delete()
    case = ask_payment(case.id, by=clerk, at=AT)
    assert (case.state, money(case), case.stops.count()) == (State.RESULT_READY, [("OWED", 16_000)], 0)
    assert not case_page(str(case.code), clerk, at=AT).may("ask_payment")
    assert EventRecord.objects.get(subject_id=case.id, name="cases.PaymentAsked").facts["stopped"] is False


def test_nothing_is_taken_before_reception_that_was_not_asked_for(world: World) -> None:
    case = send_birth(world)
    assert not case_page(str(case.code), world.officer("clerk"), at=AT).may("confirm_payment")
    with pytest.raises(NothingToPay):
        confirm_payment(case.id, way="CASH", by=world.officer("clerk"), at=AT)


def test_the_post_brings_only_what_is_paid(world: World) -> None:
    case, clerk = carry(world, send_birth(world), to="RETURN", paid=False), world.officer("clerk")
    Case.objects.filter(pk=case.pk).update(delivery_way="POST", delivery_address="Ấp Dinh Củ, xã Tân Ân")
    with pytest.raises(NotForThePost):
        order_delivery(case.id, by=clerk, at=AT)
    case.payments.all().delete()
    with pytest.raises(NotForThePost):
        order_delivery(case.id, by=clerk, at=AT)


def test_a_sum_that_no_text_gives_is_entered_where_the_money_is_taken(world: World) -> None:
    late = (AT - timedelta(days=90)).date().isoformat()
    case, clerk = send_birth(world), world.officer("clerk")
    Case.objects.filter(pk=case.pk).update(answers={**BIRTH, "child_birth_date": late})
    case = carry(world, case, to="RETURN")
    assert money(case) == []
    with pytest.raises(FeeNotCounted, match="quá hạn"):
        hand_out(case.id, HERSELF, by=clerk, at=AT)
    with pytest.raises(SumUnknown):
        confirm_payment(case.id, way="CASH", by=clerk, at=AT)
    case = confirm_payment(case.id, way="CASH", sums={"le-phi-qua-han": 5_000}, by=clerk, at=AT)
    assert money(case) == [("PAID", 21_000)]
    assert hand_out(case.id, HERSELF, by=clerk, at=AT).state == State.HANDED_OUT


def test_a_sum_of_nothing_is_entered_too(world: World) -> None:
    late = (AT - timedelta(days=90)).date().isoformat()
    case, clerk = send_birth(world), world.officer("clerk")
    answers = {name: said for name, said in BIRTH.items() if name != "copies"}
    Case.objects.filter(pk=case.pk).update(answers={**answers, "copies_wanted": "NO", "child_birth_date": late})
    case = carry(world, case, to="RETURN")
    case = confirm_payment(case.id, way="CASH", sums={"le-phi-qua-han": 0}, by=clerk, at=AT)
    assert money(case) == [("OWED", 0)]
    assert not progress_of(case.id, world.citizen("mother"), at=AT).owed
    assert hand_out(case.id, HERSELF, by=clerk, at=AT).state == State.HANDED_OUT


def test_a_denial_costs_nothing_that_was_to_be_paid_for_the_result(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    propose(case.id, Outcome.DENIED, note="Thiếu căn cứ", by=world.officer("specialist"), at=AT)
    case = deny(case.id, reason="Thiếu căn cứ.", by=world.officer("chairman"), at=AT)
    assert (money(case), recounted(case)) == ([], [(16_000, 0, 0)])
    publish_result(case.id, by=world.officer("registrar"), at=AT)
    assert hand_out(case.id, HERSELF, by=world.officer("clerk"), at=AT).state == State.HANDED_OUT


# Counted anew with what is declared.


def test_an_amendment_replaces_what_is_not_paid_yet(world: World) -> None:
    case = amended(world, received(world), copies=5)
    assert (money(case), recounted(case)) == ([("OWED", 40_000)], [(16_000, 40_000, 0)])
    assert lines(case) == [40_000]
    assert case.slips.filter(form=1).count() == 2
    case = amended(world, case, copies=1)
    assert (money(case), recounted(case)[-1], lines(case)) == ([("OWED", 8_000)], (40_000, 8_000, 0), [8_000])


def test_an_amendment_that_costs_the_same_says_nothing_of_fees(world: World) -> None:
    case = amended(world, received(world), birth_place="Trạm y tế xã Tân Ân")
    assert (money(case), recounted(case)) == ([("OWED", 16_000)], [])


def test_what_is_not_wanted_any_more_is_not_owed(world: World) -> None:
    case = amended(world, received(world), copies_wanted="NO")
    assert (money(case), recounted(case)) == ([], [(16_000, 0, 0)])
    with pytest.raises(NothingOwed):
        ask_payment(case.id, by=world.officer("specialist"), at=LATER)


def test_more_than_was_paid_is_owed_beside_it(world: World) -> None:
    case = amended(world, paid(world, received(world)), copies=5)
    assert money(case) == [("PAID", 16_000), ("OWED", 24_000)]
    assert [item["amount"] for item in case.payments.get(state=PaymentState.OWED).items] == [24_000]
    assert (recounted(case), lines(case), slip(case)["paid"]) == ([(0, 24_000, 0)], [40_000], 16_000)
    case = amended(world, case, copies=3)
    assert money(case) == [("PAID", 16_000), ("OWED", 8_000)]
    case = paid(world, case)
    assert money(case) == [("PAID", 16_000), ("PAID", 8_000)]
    assert len({one.receipt_number for one in case.payments.all()}) == 2


def test_less_than_was_paid_is_told_and_owed_back(world: World) -> None:
    case = amended(world, paid(world, received(world)), copies=1)
    assert (money(case), recounted(case)) == ([("PAID", 16_000)], [(0, 0, 8_000)])
    assert (lines(case), slip(case)["paid"]) == ([8_000], 16_000)
    page = desk_of(world, "clerk").get(f"/desk/cases/{case.code}/").content.decode()
    assert "Còn phải hoàn trả" in page
    assert f"/desk/cases/{case.code}/refund/" in page
    case = amended(world, case, copies=2)
    assert recounted(case)[-1] == (0, 0, 0)
    assert not case.refunds.exists()


def test_a_supplement_counts_anew(world: World) -> None:
    case, mother = received(world), world.citizen("mother")
    asked = [Item("", "Tờ khai", "Ghi số bản sao")]
    request_supplement(case.id, asked, reason="Ghi lại", by=world.officer("specialist"), at=AT)
    correct(case.id, {"copies": 5}, by=mother, at=LATER)
    assert money(case) == [("OWED", 16_000)]
    case = supplement(case.id, by=mother, at=LATER, answers={"copies": 5})
    assert (money(case), recounted(case)) == ([("OWED", 40_000)], [(16_000, 40_000, 0)])


def test_a_supplement_before_reception_is_counted_when_it_is_received(world: World) -> None:
    case, clerk = send_birth(world), world.officer("clerk")
    request_supplement(case.id, [Item("", "Tờ khai", "Ghi số bản sao")], reason="Ghi lại", by=clerk, at=AT)
    case = supplement(case.id, by=world.citizen("mother"), at=AT, answers={"copies": 5})
    assert (money(case), recounted(case)) == ([], [])
    assert money(receive(case.id, by=clerk, at=LATER)) == [("OWED", 40_000)]


def test_a_repeated_request_counts_once(world: World) -> None:
    case = received(world)
    details = Details(answers={**case.answers, "copies": 5}, name=case.applicant_name, phone=case.applicant_phone)
    for _n in range(2):
        amend(case.id, details, reason="Sai", by=world.officer("specialist"), at=LATER, seen=case.revision)
    assert (money(case), recounted(case)) == ([("OWED", 40_000)], [(16_000, 40_000, 0)])


# As the pages say it.


def test_the_applicants_page_says_what_is_owed_and_how_to_pay(world: World) -> None:
    case = received(world)
    phone = Client()
    enter(phone, Account.objects.get(pk=world.citizens["mother"]))
    page = phone.get(f"/my-cases/{case.id}/").content.decode()
    assert "16.000\u00a0đ" in page
    assert "tiền mặt" in page


def test_a_waiver_is_known_at_reception(world: World) -> None:
    late = (AT - timedelta(days=90)).date().isoformat()
    case = received(world, child_birth_date=late, waiver_group="POOR", copies_wanted="NO")
    assert money(case) == []
    assert [(line["amount"], bool(line["waiver"])) for line in slip(case)["fees"]] == [(0, True)]
    case = amended(world, case, waiver_group="NONE")
    known = dues(case, definition(case.version_id))
    assert [item.rule for item in known.unknown] == ["le-phi-qua-han"]
