"""After receipt and after the result: correct details, correct or revoke a result, hand out to one who was sent, reopen."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from camaug.cases.actions.amend import Details, NothingCorrected, amend
from camaug.cases.actions.approve import approve
from camaug.cases.actions.correct_result import NoResult, correct_result
from camaug.cases.actions.deny import deny
from camaug.cases.actions.hand_out import AuthorisationMissing, Receiver, hand_out
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.receive import receive
from camaug.cases.actions.refuse import refuse
from camaug.cases.actions.reopen import NotAStepOfWork, reopen
from camaug.cases.actions.revoke_result import revoke_result
from camaug.cases.lifecycle import State
from camaug.cases.models import Case, Outcome
from camaug.cases.moves import ReasonMissing
from camaug.cases.queries import case_page
from camaug.kernel.errors import InvalidInput, NotAllowed
from camaug.kernel.lifecycle import WrongState
from camaug.kernel.models import EventRecord
from tests.applications import carry, send_birth
from tests.world import AT, World

LATER = AT + timedelta(hours=2)
WHY = "Ghi sai tên đệm của bé."
HERSELF = Receiver("Nguyễn Thị Lan", "096194000123")


def details(case: Case, **answers: Any) -> Details:
    return Details(
        answers={**case.answers, **answers},
        name=case.applicant_name,
        phone=case.applicant_phone,
        email=case.applicant_email,
        address=case.applicant_address,
        delivery_way=case.delivery_way,
    )


@pytest.fixture
def examined(world: World) -> Case:
    return carry(world, send_birth(world), to="EXAMINE")


@pytest.fixture
def ready(world: World) -> Case:
    return carry(world, send_birth(world), to="RETURN")


# --- details ----------------------------------------------------------------------------------------------------------


def test_details_are_corrected_and_the_receipt_is_issued_again(world: World, examined: Case) -> None:
    wanted = details(examined, child_name="Hoàng Nguyễn Minh An")
    case = amend(examined.id, wanted, reason=WHY, by=world.officer("specialist"), at=LATER)
    assert case.answers["child_name"] == "Hoàng Nguyễn Minh An"
    assert (case.state, case.step, case.due_at) == (examined.state, examined.step, examined.due_at)
    assert [slip.ordinal for slip in case.slips.filter(form=1).order_by("ordinal")] == [1, 2]
    assert "minh an" in case.folded
    event = EventRecord.objects.get(name="cases.DetailsCorrected")
    assert event.facts["fields"] == ["child_name"]
    assert "Minh" not in str(event.facts)


def test_the_applicants_own_details_are_corrected_too(world: World, examined: Case) -> None:
    wanted = replace(details(examined), phone="+84918000124", address="Ấp Đất Mũi")
    case = amend(examined.id, wanted, reason="Đổi số", by=world.officer("clerk"), at=LATER)
    assert (case.applicant_phone, case.applicant_address) == ("+84918000124", "Ấp Đất Mũi")


def test_a_correction_is_right_changes_something_and_says_why(world: World, examined: Case) -> None:
    clerk = world.officer("clerk")
    with pytest.raises(InvalidInput):
        amend(examined.id, details(examined, child_birth_date="2027-01-01"), reason=WHY, by=clerk, at=LATER)
    with pytest.raises(InvalidInput):
        amend(examined.id, replace(details(examined), name=" "), reason=WHY, by=clerk, at=LATER)
    with pytest.raises(NothingCorrected):
        amend(examined.id, details(examined), reason=WHY, by=clerk, at=LATER)
    with pytest.raises(ReasonMissing):
        amend(examined.id, details(examined, child_name="An"), reason=" ", by=clerk, at=LATER)
    assert Case.objects.get(pk=examined.pk).answers == examined.answers


def test_only_reception_or_the_one_whose_turn_it_is_corrects_and_not_after_the_decision(
    world: World, examined: Case
) -> None:
    wanted = details(examined, child_name="An")
    with pytest.raises(NotAllowed):
        amend(examined.id, wanted, reason=WHY, by=world.officer("registrar"), at=LATER)
    propose(examined.id, Outcome.GRANTED, by=world.officer("specialist"), at=AT)
    approve(examined.id, by=world.officer("chairman"), at=AT)
    with pytest.raises(WrongState):
        amend(examined.id, wanted, reason=WHY, by=world.officer("clerk"), at=LATER)


# --- results ----------------------------------------------------------------------------------------------------------


def test_a_corrected_result_takes_the_place_of_the_wrong_one(world: World, ready: Case) -> None:
    handed = hand_out(ready.id, HERSELF, by=world.officer("clerk"), at=AT)
    right = {**handed.answers, "child_name": "Hoàng Nguyễn Minh An"}
    case = correct_result(handed.id, reason=WHY, answers=right, by=world.officer("chairman"), at=LATER)
    wrong, corrected = case.results.order_by("published_at", "number")
    assert (wrong.state, wrong.ended_at, wrong.ended_note) == ("REPLACED", LATER, WHY)
    assert (corrected.state, corrected.replaces_id, corrected.number) == ("ISSUED", wrong.id, wrong.number + 1)
    assert corrected.facts["name"] == "HOÀNG NGUYỄN MINH AN"
    assert corrected.signer_name == "Phạm Văn Hùng"
    assert (case.state, case.finished_at) == (State.RESULT_READY, handed.finished_at)
    assert [taken["name"] for taken in case.delivery.earlier] == ["Nguyễn Thị Lan"]
    assert hand_out(case.id, HERSELF, by=world.officer("clerk"), at=LATER).state == State.HANDED_OUT


def test_a_revoked_result_holds_no_more(world: World, ready: Case) -> None:
    leader = world.officer("chairman")
    case = revoke_result(ready.id, reason="Khai sai sự thật.", document="12/QĐ-UBND", by=leader, at=LATER)
    assert (case.state, case.results.get().state) == (State.REVOKED, "REVOKED")
    assert EventRecord.objects.get(name="cases.ResultRevoked").facts["document"] == "12/QĐ-UBND"
    with pytest.raises(WrongState):
        hand_out(case.id, HERSELF, by=world.officer("clerk"), at=LATER)
    with pytest.raises(WrongState):
        correct_result(case.id, reason=WHY, by=leader, at=LATER)


@pytest.mark.parametrize("who", ["clerk", "specialist", "registrar", "other_clerk", "administrator"])
def test_only_a_head_of_the_agency_that_decided_mends_a_result(world: World, ready: Case, who: str) -> None:
    page_is_known = who not in ("other_clerk", "administrator")
    for move in (correct_result, revoke_result):
        with pytest.raises(NotAllowed if page_is_known else Exception):
            move(ready.id, reason=WHY, by=world.officer(who), at=LATER)
    assert ready.results.get().state == "ISSUED"


def test_a_result_is_mended_only_with_a_reason_and_where_there_is_one(world: World, ready: Case) -> None:
    leader = world.officer("chairman")
    with pytest.raises(ReasonMissing):
        revoke_result(ready.id, reason="", by=leader, at=LATER)
    ready.results.update(state="REVOKED", ended_at=LATER)
    with pytest.raises(NoResult):
        correct_result(ready.id, reason=WHY, by=leader, at=LATER)


# --- handing out ------------------------------------------------------------------------------------------------------


def test_somebody_else_takes_the_result_only_when_sent_and_identified(world: World, ready: Case) -> None:
    clerk, father = world.officer("clerk"), Receiver("Hoàng Minh Khôi", "096092000456")
    for missing in (
        father,
        replace(father, relation="chồng"),
        replace(father, authorisation="Giấy ủy quyền", number=""),
        replace(father, relation="chồng", authorisation="Giấy ủy quyền", number=ready.applicant_number),
    ):
        with pytest.raises(AuthorisationMissing):
            hand_out(ready.id, missing, by=clerk, at=AT)
    sent = replace(father, relation="chồng", authorisation="Giấy ủy quyền 20/11/2026", identity_paper="Căn cước")
    delivery = hand_out(ready.id, sent, by=clerk, at=AT).delivery
    assert (delivery.receiver_name, delivery.receiver_number) == ("Hoàng Minh Khôi", "096092000456")
    assert (delivery.receiver_relation, delivery.authorisation) == ("chồng", "Giấy ủy quyền 20/11/2026")


def test_who_was_named_in_the_application_needs_only_his_number(world: World, ready: Case) -> None:
    Case.objects.filter(pk=ready.pk).update(
        authorised_name="Hoàng Minh Khôi", authorised_number="096092000456", authorised_relation="chồng"
    )
    delivery = hand_out(ready.id, Receiver("HOANG MINH KHOI"), by=world.officer("clerk"), at=AT).delivery
    assert (delivery.receiver_number, delivery.receiver_relation) == ("096092000456", "chồng")


# --- opening again ----------------------------------------------------------------------------------------------------


def test_a_denied_case_is_reopened_and_its_new_result_replaces_the_denial(world: World, examined: Case) -> None:
    specialist, leader, registrar = (world.officer(key) for key in ("specialist", "chairman", "registrar"))
    propose(examined.id, Outcome.DENIED, by=specialist, at=AT, note="Thiếu")
    deny(examined.id, reason="Thiếu căn cứ.", by=leader, at=AT)
    denied = publish_result(examined.id, by=registrar, at=AT)
    case = reopen(denied.id, reason="Đã tìm thấy căn cứ.", by=leader, at=LATER)
    assert (case.state, case.step, case.reopened) == (State.IN_PROCESS, "tham-dinh", 1)
    assert (case.outcome, case.decided_at, case.finished_at) == ("", None, None)
    assert case.due_at == denied.due_at  # lateness is not made good
    propose(case.id, Outcome.GRANTED, by=specialist, at=LATER)
    approve(case.id, by=leader, at=LATER)
    granted = publish_result(case.id, by=registrar, at=LATER)
    assert sorted(granted.results.values_list("result", "state")) == [
        ("denial", "REPLACED"),
        ("giay-khai-sinh", "ISSUED"),
    ]


def test_a_case_that_was_never_received_is_reopened_at_reception(world: World) -> None:
    refused = refuse(send_birth(world).id, reason="Sai nơi nộp", by=world.officer("clerk"), at=AT)
    case = reopen(refused.id, reason="Từ chối nhầm.", by=world.officer("chairman"), at=LATER)
    assert (case.state, case.step) == (State.SUBMITTED, "tiep-nhan")
    assert receive(case.id, by=world.officer("clerk"), at=LATER).state == State.IN_PROCESS


def test_only_a_head_reopens_at_a_step_of_work_with_a_reason(world: World, ready: Case) -> None:
    leader = world.officer("chairman")
    with pytest.raises(NotAllowed):
        reopen(ready.id, reason=WHY, by=world.officer("specialist"), at=LATER)
    with pytest.raises(ReasonMissing):
        reopen(ready.id, reason=" ", by=leader, at=LATER)
    with pytest.raises(NotAStepOfWork):
        reopen(ready.id, reason=WHY, to="ky-duyet", by=leader, at=LATER)


def test_a_page_offers_these_moves_to_those_who_may(world: World, ready: Case) -> None:
    rare = {"correct_result", "revoke_result", "reopen"}
    for who, offered in (("chairman", rare), ("clerk", set())):
        page = case_page(ready.code or "", world.officer(who), at=LATER)
        assert {name for name in rare if page.may(name)} == offered
