from datetime import timedelta

import pytest

from camaug.cases.actions.approve import approve
from camaug.cases.actions.assign import NotOfThisStep, assign
from camaug.cases.actions.deny import deny
from camaug.cases.actions.hand_out import Receiver, ReceiverUnknown, hand_out
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.send_back import send_back
from camaug.cases.lifecycle import DeliveryState, State
from camaug.cases.models import Outcome
from camaug.cases.moves import ReasonMissing
from camaug.kernel.errors import NotAllowed
from camaug.kernel.lifecycle import WrongState
from camaug.people.queries import holders
from tests.applications import carry, send_birth
from tests.world import AT, COMMUNE, World


def test_a_birth_travels_from_the_phone_to_the_certificate_in_hand(world: World) -> None:
    case = carry(world, send_birth(world), to="RETURN", at=AT + timedelta(hours=1))
    assert (case.state, case.outcome) == (State.RESULT_READY, Outcome.GRANTED)
    result = case.results.get()
    assert (result.result, result.number, result.signer_name) == ("giay-khai-sinh", 1, "Phạm Văn Hùng")
    case = hand_out(case.id, Receiver("Nguyễn Thị Lan", "096194000123"), by=world.officer("clerk"), at=AT)
    assert (case.state, case.delivery.state) == (State.HANDED_OUT, DeliveryState.HANDED_OUT)
    assert case.delivery.receiver_name == "Nguyễn Thị Lan"


def test_results_of_a_book_are_numbered_through_the_year(world: World) -> None:
    numbers = [carry(world, send_birth(world), to="RETURN").results.get().number for _ in range(3)]
    assert numbers == [1, 2, 3]


def test_a_denial_reaches_the_applicant_with_its_reasons(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    with pytest.raises(ReasonMissing):
        propose(case.id, Outcome.DENIED, by=world.officer("specialist"), at=AT)
    propose(case.id, Outcome.DENIED, by=world.officer("specialist"), at=AT, note="Đã đăng ký nơi khác")
    case = deny(case.id, reason="Trẻ đã được đăng ký khai sinh tại xã khác.", by=world.officer("chairman"), at=AT)
    case = publish_result(case.id, by=world.officer("registrar"), at=AT)
    result = case.results.get()
    assert (case.outcome, result.result, result.book) == (Outcome.DENIED, "denial", "TU_CHOI")
    assert "đã được đăng ký khai sinh tại xã khác" in str(result.facts)


def test_nobody_decides_what_they_proposed(world: World) -> None:
    case = carry(world, send_birth(world), to="APPROVE")
    case.proposed_by = world.officers["chairman"]
    case.save(update_fields=["proposed_by"])
    with pytest.raises(NotAllowed):
        approve(case.id, by=world.officer("chairman"), at=AT)


def test_a_case_is_sent_back_to_the_one_who_examined_it(world: World) -> None:
    case = carry(world, send_birth(world), to="APPROVE")
    with pytest.raises(ReasonMissing):
        send_back(case.id, reason="", by=world.officer("chairman"), at=AT)
    case = send_back(case.id, reason="Kiểm tra lại tên cha", by=world.officer("chairman"), at=AT)
    assert (case.state, case.step, case.proposal) == (State.IN_PROCESS, "tham-dinh", "")


def test_only_the_step_that_approves_offers_approval(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    with pytest.raises(WrongState):
        approve(case.id, by=world.officer("specialist"), at=AT)


def test_a_case_is_assigned_to_one_of_the_step_and_then_it_is_nobody_elses_turn(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    colleagues = {p.officer_name: p.id for p in holders("CIVIL_STATUS", world.agencies[COMMUNE], AT)}
    other = next(position for name, position in colleagues.items() if name != "Lê Anh Tuấn")
    assign(case.id, to=other, by=world.officer("chairman"), at=AT)
    with pytest.raises(NotAllowed):
        propose(case.id, Outcome.GRANTED, by=world.officer("specialist"), at=AT)
    assign(case.id, to=colleagues["Lê Anh Tuấn"], by=world.officer("chairman"), at=AT)
    assert propose(case.id, Outcome.GRANTED, by=world.officer("specialist"), at=AT).step == "ky-duyet"


def test_a_case_is_not_assigned_outside_its_step(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    clerk = holders("ONE_STOP_CLERK", world.agencies[COMMUNE], AT)[0]
    with pytest.raises(NotOfThisStep):
        assign(case.id, to=clerk.id, by=world.officer("chairman"), at=AT)


def test_who_takes_the_result_is_recorded(world: World) -> None:
    case = carry(world, send_birth(world), to="RETURN")
    with pytest.raises(ReceiverUnknown):
        hand_out(case.id, Receiver(" "), by=world.officer("clerk"), at=AT)


def test_lateness_never_blocks(world: World) -> None:
    late = AT + timedelta(days=30)
    case = carry(world, send_birth(world), to="RETURN", at=AT)
    assert hand_out(case.id, Receiver("Nguyễn Thị Lan"), by=world.officer("clerk", at=late), at=late).finished_at
