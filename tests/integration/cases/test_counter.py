"""At the counter: a case taken in with its fee, and a certified copy handed out on the spot."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from camaug.cases.actions.approve import approve
from camaug.cases.actions.ask_payment import NothingOwed, ask_payment
from camaug.cases.actions.confirm_payment import NothingToPay, confirm_payment
from camaug.cases.actions.hand_out import Receiver, StillOwed, hand_out
from camaug.cases.actions.owe import SumUnknown
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.register import register
from camaug.cases.actions.serve import NotImmediate, SignerMissing, serve
from camaug.cases.intake import PaperTaken
from camaug.cases.lifecycle import PaperState, PaymentState, State
from camaug.cases.models import Case, Outcome
from camaug.catalogue.queries import current
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import InvalidInput, NotAllowed
from camaug.kernel.models import EventRecord
from camaug.people.queries import holders
from tests.applications import BIRTH, copy_intake, send_birth, shop_intake
from tests.applications import carry as carry_birth
from tests.world import AT, COMMUNE, FINANCE_OFFICE, World


def _signer(world: World) -> object:
    return holders("LEADER", world.agencies[COMMUNE], AT)[0].id


def test_a_shop_is_taken_in_paid_and_handed_to_the_finance_office(world: World) -> None:
    case = register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    assert (case.state, case.step, case.code) == (State.IN_PROCESS, "tham-dinh", "H12.39-261123-0001")
    assert case.holder_unit_id == case.competent_agency_id == world.agencies[FINANCE_OFFICE]
    assert case.due_at == datetime(2026, 11, 27, 17, 0, tzinfo=LOCAL)  # three working days past the holiday
    payment = case.payments.get()
    assert (payment.state, payment.way, payment.receipt_number) == (PaymentState.PAID, "CASH", "00001/2026")
    names = EventRecord.objects.filter(subject_id=case.id).order_by("id").values_list("name", flat=True)
    assert [n.removeprefix("cases.") for n in names] == [
        "CaseSubmitted", "PaymentConfirmed", "CaseReceived", "CaseHandedOver",
    ]  # fmt: skip


def test_who_typed_is_kept_apart_from_the_applicant(world: World) -> None:
    case = register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    clerk = world.officer("district_clerk").post
    assert clerk is not None
    assert (case.applicant_name, case.typed_by_id) == ("Lê Văn Được", clerk.id)


def test_the_same_intake_sent_twice_is_one_case_and_one_receipt(world: World) -> None:
    intake, clerk = shop_intake(world), world.officer("district_clerk")
    first = register(intake, by=clerk, at=AT)
    again = register(intake, by=clerk, at=AT + timedelta(seconds=1))
    assert again.id == first.id
    assert (first.payments.count(), Case.objects.count()) == (1, 1)


def test_a_wrong_form_is_refused_by_field_and_takes_no_number(world: World) -> None:
    intake = shop_intake(world)
    with pytest.raises(InvalidInput) as refused:
        register(
            replace(intake, name=" ", answers={**intake.answers, "capital": None}),
            by=world.officer("district_clerk"),
            at=AT,
        )
    assert set(refused.value.errors) == {"capital", "applicant_name"}
    assert register(intake, by=world.officer("district_clerk"), at=AT).code == "H12.39-261123-0001"


def test_what_is_missing_at_the_counter_is_named_and_nothing_is_taken_in(world: World) -> None:
    birth = copy_intake(world, procedure="dang-ky-khai-sinh", answers=BIRTH, delivery_way="POST", payment_way="")
    with pytest.raises(InvalidInput) as refused:
        register(birth, by=world.officer("clerk"), at=AT)
    assert set(refused.value.errors) == {"paper-giay-chung-sinh", "delivery-address"}
    assert not Case.objects.exists()


def test_only_a_clerk_of_the_counter_takes_cases_in(world: World) -> None:
    for key in ("clerk", "district_specialist", "administrator"):
        with pytest.raises(NotAllowed):
            register(shop_intake(world), by=world.officer(key), at=AT)


def test_a_paper_taken_over_the_counter_is_checked(world: World) -> None:
    case = register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    assert case.papers.get(paper="giay-de-nghi").state == PaperState.CHECKED


def test_money_not_taken_at_once_is_asked_for_confirmed_and_the_clock_resumes(world: World) -> None:
    case = register(shop_intake(world, payment_way=""), by=world.officer("district_clerk"), at=AT)
    assert case.payments.get().state == PaymentState.OWED
    case = ask_payment(case.id, by=world.officer("district_specialist"), at=AT + timedelta(hours=1))
    assert (case.state, case.due_at) == (State.FINANCIAL_DUTY, None)
    later = datetime(2026, 11, 25, 8, 0, tzinfo=LOCAL)
    case = confirm_payment(case.id, way="TRANSFER", by=world.officer("district_clerk"), at=later)
    assert (case.state, case.stops.get().effect) == (State.IN_PROCESS, "RESUME")
    assert case.due_at is not None
    assert case.due_at > datetime(2026, 11, 27, 17, 0, tzinfo=LOCAL)
    with pytest.raises(NothingToPay):
        confirm_payment(case.id, way="CASH", by=world.officer("district_clerk"), at=later)


def test_a_case_without_a_fee_is_never_sent_through_a_payment(world: World) -> None:
    case = send_birth(world)
    case.answers["copies_wanted"] = "NO"
    case.answers.pop("copies")
    case.save()
    case = carry_birth(world, case, to="EXAMINE")
    with pytest.raises(NothingOwed):
        ask_payment(case.id, by=world.officer("specialist"), at=AT)


def test_a_certified_copy_is_handed_out_on_the_spot(world: World) -> None:
    case = serve(copy_intake(world), signed_by=_signer(world), by=world.officer("clerk"), at=AT)
    assert (case.state, case.outcome) == (State.HANDED_OUT, Outcome.GRANTED)
    assert case.payments.get().amount == 4 * (2000 + 2000 + 1000)
    result = case.results.get()
    assert (result.book, result.number) == ("CHUNG_THUC_BAN_SAO", 1)
    names = EventRecord.objects.filter(subject_id=case.id).order_by("id").values_list("name", flat=True)
    assert [n.removeprefix("cases.") for n in names] == [
        "CaseSubmitted", "PaymentConfirmed", "CaseReceived", "CaseGranted", "ResultPublished", "ResultHandedOut",
    ]  # fmt: skip


def test_served_twice_is_served_once(world: World) -> None:
    intake, clerk = copy_intake(world), world.officer("clerk")
    first = serve(intake, signed_by=_signer(world), by=clerk, at=AT)
    again = serve(intake, signed_by=_signer(world), by=clerk, at=AT)
    assert (again.id, Case.objects.count()) == (first.id, 1)


def test_unpaid_copies_are_not_handed_out(world: World) -> None:
    with pytest.raises(StillOwed, match=r"20\.000"):
        serve(copy_intake(world, payment_way=""), signed_by=_signer(world), by=world.officer("clerk"), at=AT)
    assert not Case.objects.exists()


def test_a_copy_is_signed_by_one_who_may(world: World) -> None:
    clerk = world.officer("clerk")
    assert clerk.post is not None
    with pytest.raises(SignerMissing):
        serve(copy_intake(world), signed_by=clerk.post.id, by=clerk, at=AT)


def test_a_slow_procedure_is_not_done_on_the_spot(world: World) -> None:
    with pytest.raises(NotImmediate):
        serve(shop_intake(world), signed_by=_signer(world), by=world.officer("district_clerk"), at=AT)


def test_a_licence_is_published_by_the_office_and_handed_out_by_the_counter(world: World) -> None:
    case = register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    propose(case.id, Outcome.GRANTED, by=world.officer("district_specialist"), at=AT)
    approve(case.id, by=world.officer("district_head"), at=AT)
    publish_result(case.id, by=world.officer("district_registrar"), at=AT)
    case = hand_out(case.id, Receiver("Lê Văn Được"), by=world.officer("district_clerk"), at=AT)
    assert case.results.get().signer_name == "Võ Thị Hồng Nhung"


def test_a_sum_that_no_text_gives_is_entered_and_never_taken_for_nothing(world: World) -> None:
    late = {**BIRTH, "child_birth_date": "2026-01-05", "copies_wanted": "NO", "copies": None}
    papers = {"giay-chung-sinh": PaperTaken(originals=1)}
    intake = copy_intake(world, procedure="dang-ky-khai-sinh", answers=late, papers=papers, payment_way="")
    with pytest.raises(SumUnknown):
        register(intake, by=world.officer("clerk"), at=AT)
    rule = next(r for r in current("dang-ky-khai-sinh", AT.date()).definition.fees if r.verify)
    case = register(replace(intake, sums={rule.id: 8000}), by=world.officer("clerk"), at=AT)
    assert case.payments.get().amount == 8000
