"""Money that was paid and is not due goes back: a record of its own, once, until the counter has paid it back."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from camaug.access.models import Account
from camaug.cases.actions.ask_payment import ask_payment
from camaug.cases.actions.ask_withdrawal import ask_withdrawal
from camaug.cases.actions.confirm_payment import UnknownWay
from camaug.cases.actions.deny import deny
from camaug.cases.actions.pay_back import NothingToPayBack, pay_back
from camaug.cases.actions.propose import propose
from camaug.cases.actions.refuse import refuse
from camaug.cases.actions.register import register
from camaug.cases.actions.reopen import reopen
from camaug.cases.actions.stop import RefundTooLittle, RefundTooMuch, stop
from camaug.cases.dues import back_without_result, dues
from camaug.cases.lifecycle import RefundState, State
from camaug.cases.models import Case, Outcome, Refund
from camaug.cases.queries.refunds import RefundTotal, refund_totals, refunds_of
from camaug.cases.slips.register import register_rows
from camaug.catalogue.queries import definition
from camaug.kernel.clock import LOCAL, now
from camaug.kernel.errors import NotAllowed
from camaug.kernel.models import EventRecord
from tests.applications import carry, send_birth, shop_intake
from tests.callers import program_of
from tests.desks import desk_of
from tests.integration.cases.test_money_owed import LATER, amended, money, paid, received
from tests.sessions import enter
from tests.world import AT, COMMUNE, World


def owed_back(case: Case) -> list[tuple[str, str, int]]:
    return list(case.refunds.order_by("owed_at").values_list("state", "reason", "amount"))


def told(case: Case, name: str) -> list[dict[str, Any]]:
    rows = EventRecord.objects.filter(subject_id=case.id, name=f"cases.{name}").order_by("id")
    return [row.facts for row in rows]


def overpaid(world: World) -> Case:
    """Two copies were paid, one is wanted: 8,000 đồng go back."""
    return amended(world, paid(world, received(world)), copies=1)


# When money is owed back.


def test_what_is_paid_beyond_what_is_due_is_owed_back_to_the_applicant(world: World) -> None:
    case = overpaid(world)
    assert owed_back(case) == [("OWED", "LESS_DUE", 8_000)]
    refund = case.refunds.get()
    assert (refund.payee_name, refund.payee_number) == ("Nguyễn Thị Lan", "096194000123")
    assert refund.agency_id == case.receiving_agency_id
    assert [(fact["before"], fact["amount"]) for fact in told(case, "RefundOwed")] == [(0, 8_000)]


def test_it_is_owed_once_however_often_the_case_is_counted(world: World) -> None:
    case = amended(world, overpaid(world), birth_place="Trạm y tế xã Tân Ân")
    assert owed_back(case) == [("OWED", "LESS_DUE", 8_000)]
    assert len(told(case, "RefundOwed")) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Refund.objects.create(
            case=case, agency_id=case.receiving_agency_id, reason="LESS_DUE", amount=1, payee_name="A", owed_at=AT
        )


def test_another_count_changes_what_is_owed_back(world: World) -> None:
    case = amended(world, overpaid(world), copies_wanted="NO")
    assert owed_back(case) == [("OWED", "LESS_DUE", 16_000)]
    case = amended(world, case, copies_wanted="YES", copies=5)
    assert owed_back(case) == []
    assert money(case) == [("PAID", 16_000), ("OWED", 24_000)]
    assert [fact["amount"] for fact in told(case, "RefundOwed")] == [8_000, 16_000, 0]


def test_a_denial_gives_back_what_was_paid_for_the_result(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    case = paid(world, case)
    propose(case.id, Outcome.DENIED, note="Thiếu căn cứ", by=world.officer("specialist"), at=AT)
    case = deny(case.id, reason="Thiếu căn cứ.", by=world.officer("chairman"), at=AT)
    assert owed_back(case) == [("OWED", "DENIED", 16_000)]


def test_what_was_paid_before_a_refusal_goes_back(world: World) -> None:
    case, clerk = send_birth(world), world.officer("clerk")
    ask_payment(case.id, by=clerk, at=AT)
    case = paid(world, case)
    case = refuse(case.id, reason="Không thuộc thẩm quyền.", by=clerk, at=LATER)
    assert (case.state, owed_back(case)) == (State.REFUSED, [("OWED", "REFUSED", 16_000)])
    case = pay_back(case.id, way="CASH", by=clerk, at=LATER)
    assert (case.state, owed_back(case)) == (State.REFUSED, [("PAID_BACK", "REFUSED", 16_000)])


def test_a_charge_for_filing_that_is_not_refundable_stays(world: World) -> None:
    case = register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    made = definition(case.version_id)
    assert money(case) == [("PAID", 50_000)]
    assert back_without_result(dues(case, made), made) == 0
    rules = tuple(rule.model_copy(update={"refundable": True}) for rule in made.fees)
    assert back_without_result(dues(case, made), made.model_copy(update={"fees": rules})) == 50_000


def test_who_stops_a_case_says_what_goes_back_and_no_less_than_was_paid_too_much(world: World) -> None:
    case, clerk = overpaid(world), world.officer("clerk")
    case = ask_withdrawal(case.id, reason="Không cần nữa.", by=clerk, at=LATER)
    with pytest.raises(RefundTooLittle, match=r"8\.000"):
        stop(case.id, reason="", refund=0, by=clerk, at=LATER)
    with pytest.raises(RefundTooMuch):
        stop(case.id, reason="", refund=16_001, by=clerk, at=LATER)
    case = stop(case.id, reason="", refund=16_000, by=clerk, at=LATER)
    assert owed_back(case) == [("OWED", "STOPPED", 16_000)]


def test_a_case_opened_again_owes_what_was_given_back(world: World) -> None:
    case, clerk = paid(world, received(world)), world.officer("clerk")
    ask_withdrawal(case.id, reason="Không cần nữa.", by=clerk, at=LATER)
    stop(case.id, reason="", refund=16_000, by=clerk, at=LATER)
    pay_back(case.id, way="CASH", by=clerk, at=LATER)
    case = reopen(case.id, reason="Rút nhầm.", by=world.officer("chairman"), at=LATER)
    assert money(case) == [("PAID", 16_000), ("OWED", 16_000)]
    assert [item["amount"] for item in case.payments.get(state="OWED").items] == [16_000]
    case = paid(world, case)
    known = dues(case, definition(case.version_id))
    assert (known.paid, known.more, known.back, known.is_paid) == (16_000, 0, 0, True)


def test_one_opened_again_before_the_money_went_back_owes_nothing_either_way(world: World) -> None:
    case, clerk = paid(world, received(world)), world.officer("clerk")
    ask_withdrawal(case.id, reason="Không cần nữa.", by=clerk, at=LATER)
    stop(case.id, reason="", refund=16_000, by=clerk, at=LATER)
    case = reopen(case.id, reason="Rút nhầm.", by=world.officer("chairman"), at=LATER)
    assert (money(case), owed_back(case)) == ([("PAID", 16_000)], [])


# Paying it back.


def test_the_counter_pays_it_back_once_with_the_next_voucher(world: World) -> None:
    case, clerk = overpaid(world), world.officer("clerk")
    with pytest.raises(UnknownWay):
        pay_back(case.id, way="TREASURY", by=clerk, at=LATER)
    seen = case.revision
    for _n in range(2):
        case = pay_back(case.id, way="CASH", by=clerk, at=LATER, seen=seen)
    refund = case.refunds.get()
    assert (refund.state, refund.way, refund.paid_by) == (RefundState.PAID_BACK, "CASH", clerk.account_id)
    assert refund.receipt_number == f"00001/{LATER.astimezone(LOCAL).year}"
    assert [fact["amount"] for fact in told(case, "RefundPaidBack")] == [8_000]
    with pytest.raises(NothingToPayBack):
        pay_back(case.id, way="CASH", by=clerk, at=LATER)
    known = dues(case, definition(case.version_id))
    assert (known.paid, known.back, known.more) == (8_000, 0, 0)


def test_what_was_paid_back_is_counted_in_whatever_comes_after(world: World) -> None:
    case, clerk = overpaid(world), world.officer("clerk")
    pay_back(case.id, way="TRANSFER", by=clerk, at=LATER)
    case = amended(world, Case.objects.get(pk=case.pk), copies=2)
    assert money(case) == [("PAID", 16_000), ("OWED", 8_000)]
    assert [item["amount"] for item in case.payments.get(state="OWED").items] == [8_000]
    case = amended(world, case, copies_wanted="NO")
    assert owed_back(case) == [("PAID_BACK", "LESS_DUE", 8_000), ("OWED", "LESS_DUE", 8_000)]


def test_who_else_took_the_money_is_written_down(world: World) -> None:
    case = overpaid(world)
    case = pay_back(
        case.id, way="CASH", receiver="Hoàng Minh Khôi", number="096092000456", by=world.officer("clerk"), at=LATER
    )
    refund = case.refunds.get()
    assert (refund.payee_name, refund.payee_number) == ("Hoàng Minh Khôi", "096092000456")


@pytest.mark.parametrize("who", ["specialist", "chairman", "registrar"])
def test_only_the_counter_that_received_the_case_pays_back(world: World, who: str) -> None:
    with pytest.raises(NotAllowed):
        pay_back(overpaid(world).id, way="CASH", by=world.officer(who), at=LATER)


# As it is shown.


def test_the_counter_lists_what_it_owes_and_pays_it_on_the_case_s_page(world: World) -> None:
    case, clerk, agency = overpaid(world), desk_of(world, "clerk"), world.agencies[COMMUNE]
    assert [(row.code, row.amount) for row in refunds_of(agency, RefundState.OWED).rows] == [(case.code, 8_000)]
    page = clerk.get("/desk/refunds/").content.decode()
    assert str(case.code) in page
    assert "8.000\u00a0đ" in page
    refund = f"/desk/cases/{case.code}/refund/"
    form = clerk.get(refund).content.decode()
    assert 'value="Nguyễn Thị Lan"' in form
    refused = clerk.post(refund, {"seen": str(case.revision), "way": ""})
    assert refused.status_code == 422
    answer = clerk.post(refund, {"seen": str(case.revision), "way": "CASH", "receiver_name": "Nguyễn Thị Lan"})
    assert answer.status_code == 302
    assert refund_totals(agency) == {
        RefundState.OWED: RefundTotal(),
        RefundState.PAID_BACK: RefundTotal(1, 8_000),
    }
    assert str(case.code) not in clerk.get("/desk/refunds/").content.decode()
    assert str(case.code) in clerk.get("/desk/refunds/?state=PAID_BACK").content.decode()
    assert refund not in clerk.get(f"/desk/cases/{case.code}/").content.decode()


def test_another_counter_and_other_roles_do_not_see_the_list(world: World) -> None:
    case = overpaid(world)
    assert str(case.code) not in desk_of(world, "other_clerk").get("/desk/refunds/").content.decode()
    assert desk_of(world, "specialist").get("/desk/refunds/").status_code == 404


def test_the_list_asks_the_database_as_often_for_many_as_for_one(
    world: World, django_assert_max_num_queries: Any
) -> None:
    for _n in range(3):
        overpaid(world)
    with django_assert_max_num_queries(3):
        rows = refunds_of(world.agencies[COMMUNE], RefundState.OWED).rows
    assert len(rows) == 3
    first = refunds_of(world.agencies[COMMUNE], RefundState.OWED, size=2)
    second = refunds_of(world.agencies[COMMUNE], RefundState.OWED, size=2, token=first.older)
    assert {row.code for row in (*first.rows, *second.rows)} == {row.code for row in rows}


def test_the_register_says_what_goes_back(world: World) -> None:
    case, day = overpaid(world), AT.astimezone(LOCAL).date()
    notes = {row.code: row.note for row in register_rows(world.agencies[COMMUNE], day, day.replace(year=day.year + 1))}
    assert notes[str(case.code)] == "Còn phải hoàn trả 8.000 đồng"
    pay_back(case.id, way="CASH", by=world.officer("clerk"), at=LATER)
    notes = {row.code: row.note for row in register_rows(world.agencies[COMMUNE], day, day.replace(year=day.year + 1))}
    assert notes[str(case.code)] == "Đã hoàn trả 8.000 đồng"


def test_the_applicant_reads_what_goes_back(world: World) -> None:
    case, phone = overpaid(world), Client()
    enter(phone, Account.objects.get(pk=world.citizens["mother"]))
    page = phone.get(f"/my-cases/{case.id}/").content.decode()
    assert "được hoàn trả 8.000\u00a0đ" in page
    pay_back(case.id, way="CASH", by=world.officer("clerk"), at=LATER)
    page = phone.get(f"/my-cases/{case.id}/").content.decode()
    assert "Đã hoàn trả: 8.000\u00a0đ" in page


def test_programs_read_it_and_pay_it_back(world: World) -> None:
    case, clerk = overpaid(world), program_of(world.officer("clerk", at=now()))
    paid_back = clerk.post(f"/cases/{case.code}/moves/pay-back", {"way": "CASH"})
    assert paid_back.status_code == 200
    (refund,) = clerk.get(f"/cases/{case.code}?expand=refunds").json()["refunds"]
    assert (refund["state"], refund["amount"], refund["reason"]) == ("PAID_BACK", 8_000, "LESS_DUE")
    assert clerk.post(f"/cases/{case.code}/moves/pay-back", {"way": "CASH"}).status_code == 422
