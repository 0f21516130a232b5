from datetime import datetime

import pytest
from django.conf import settings

from camaug.cases.actions.approve import approve
from camaug.cases.actions.ask_payment import ask_payment
from camaug.cases.actions.ask_withdrawal import ask_withdrawal
from camaug.cases.actions.confirm_payment import confirm_payment
from camaug.cases.actions.drop_withdrawal import drop_withdrawal
from camaug.cases.actions.receive import receive
from camaug.cases.actions.register import register
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.actions.resume import resume
from camaug.cases.actions.stop import RefundTooMuch, RefundUnsaid, stop
from camaug.cases.actions.supplement import supplement
from camaug.cases.actions.suspend import suspend
from camaug.cases.lifecycle import ConsultationState, State
from camaug.cases.models import Case, Consultation
from camaug.cases.moves import CaseMovedOn, ReasonMissing
from camaug.cases.queries import case_page, inbox
from camaug.cases.slips.control import control_facts
from camaug.cases.slips.register import register_rows
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotAllowed, NotFound
from camaug.kernel.lifecycle import WrongState
from camaug.kernel.models import EventRecord
from camaug.notify.loading import load_profile
from tests.applications import carry, send_birth, shop_intake
from tests.desks import desk_of, move, page_of
from tests.integration.cases.test_applicants_are_told import told
from tests.world import AT, COMMUNE, DISTRICT, World

ITEMS = [Item("giay-chung-sinh", "Giấy chứng sinh", "Mờ")]
WHY = "Tôi đăng ký ở quê chồng."
LATER = datetime(2026, 11, 25, 9, 0, tzinfo=LOCAL)


def sent(world: World) -> Case:
    return send_birth(world)


def examined(world: World) -> Case:
    return carry(world, send_birth(world), to="EXAMINE")


def proposed(world: World) -> Case:
    return carry(world, send_birth(world), to="APPROVE")


def asked(world: World) -> Case:
    return request_supplement(examined(world).id, ITEMS, reason="", by=world.officer("specialist"), at=AT)


def supplemented(world: World) -> Case:
    return supplement(asked(world).id, by=world.citizen("mother"), at=AT)


def suspended(world: World) -> Case:
    said = {"ground": "APPRAISAL", "document": "1/CV", "reason": "Chờ xác minh"}
    return suspend(examined(world).id, **said, by=world.officer("specialist"), at=AT)


def unpaid(world: World) -> Case:
    case = register(
        shop_intake(world, payment_way="", applicant=world.citizen("shopkeeper").person_id),
        by=world.officer("district_clerk"),
        at=AT,
    )
    return ask_payment(case.id, by=world.officer("district_specialist"), at=AT)


UNDECIDED = [sent, examined, proposed, asked, supplemented, suspended]


@pytest.mark.parametrize("before", UNDECIDED)
def test_until_it_is_decided_the_applicant_may_withdraw_and_think_better_of_it(world: World, before: object) -> None:
    case, mother = before(world), world.citizen("mother")  # type: ignore[operator]
    was = (case.state, case.step, case.due_at, case.resume_state, case.proposal)
    with pytest.raises(ReasonMissing):
        ask_withdrawal(case.id, reason=" ", by=mother, at=AT)
    case = ask_withdrawal(case.id, reason=WHY, by=mother, at=AT)
    assert (case.state, case.before_withdrawal, case.due_at) == (State.WITHDRAWAL_ASKED, was[0], was[2])
    case = drop_withdrawal(case.id, by=mother, at=AT)
    assert (case.state, case.step, case.due_at, case.resume_state, case.proposal) == was
    assert case.before_withdrawal == ""


def test_what_stood_still_goes_on_by_its_own_move_after_a_dropped_withdrawal(world: World) -> None:
    mother, specialist = world.citizen("mother"), world.officer("specialist")
    case = suspended(world)
    ask_withdrawal(case.id, reason=WHY, by=mother, at=AT)
    drop_withdrawal(case.id, by=mother, at=AT)
    assert resume(case.id, by=specialist, at=LATER).state == State.IN_PROCESS
    owing = unpaid(world)
    shopkeeper = world.citizen("shopkeeper")
    ask_withdrawal(owing.id, reason=WHY, by=shopkeeper, at=AT)
    drop_withdrawal(owing.id, by=shopkeeper, at=AT)
    paid = confirm_payment(owing.id, way="CASH", by=world.officer("district_clerk"), at=LATER)
    assert (paid.state, paid.stops.get().until_at) == (State.IN_PROCESS, LATER)


@pytest.mark.parametrize("to", ["PUBLISH", "RETURN"])
def test_what_is_decided_is_not_withdrawn(world: World, to: str) -> None:
    case = carry(world, send_birth(world), to=to)
    with pytest.raises(WrongState):
        ask_withdrawal(case.id, reason=WHY, by=world.citizen("mother"), at=AT)


def test_the_one_stop_unit_withdraws_for_the_applicant_and_nobody_else_does(world: World) -> None:
    case = examined(world)
    for who in ("specialist", "chairman"):
        with pytest.raises(NotAllowed):
            ask_withdrawal(case.id, reason=WHY, by=world.officer(who), at=AT)
    for stranger in (world.citizen("shopkeeper"), world.officer("other_clerk")):
        with pytest.raises(NotFound):
            ask_withdrawal(case.id, reason=WHY, by=stranger, at=AT)
    assert ask_withdrawal(case.id, reason=WHY, by=world.officer("clerk"), at=AT).state == State.WITHDRAWAL_ASKED


def test_who_decides_in_the_same_moment_and_was_quicker_wins(world: World) -> None:
    case = proposed(world)
    seen = case.revision
    approve(case.id, by=world.officer("chairman"), at=AT, seen=seen)
    with pytest.raises(CaseMovedOn):
        ask_withdrawal(case.id, reason=WHY, by=world.citizen("mother"), at=AT, seen=seen)
    case = proposed(world)
    ask_withdrawal(case.id, reason=WHY, by=world.citizen("mother"), at=AT, seen=case.revision)
    with pytest.raises(CaseMovedOn):
        approve(case.id, by=world.officer("chairman"), at=AT, seen=case.revision)


def test_the_clock_runs_on_and_it_is_the_officers_turn(world: World) -> None:
    case = ask_withdrawal(examined(world).id, reason=WHY, by=world.citizen("mother"), at=AT)
    specialist = world.officer("specialist")
    for at, tone in ((AT, "ok"), (LATER, "late")):
        assert case_page(case.code or "", specialist, at=at).due.tone == tone
    assert case.code in {row.code for row in inbox(specialist, "todo", at=AT).rows}
    assert case.code not in {row.code for row in inbox(specialist, "waiting", at=AT).rows}


def test_what_waited_for_a_supplement_still_stands_still_but_is_to_be_done(world: World) -> None:
    case = ask_withdrawal(asked(world).id, reason=WHY, by=world.citizen("mother"), at=AT)
    specialist = world.officer("specialist")
    assert case_page(case.code or "", specialist, at=LATER).due.tone == "stopped"
    assert case.code in {row.code for row in inbox(specialist, "todo", at=LATER).rows}


@pytest.mark.parametrize("who", ["clerk", "specialist", "chairman"])
def test_it_is_stopped_with_the_applicants_own_reason_on_form_05(world: World, who: str) -> None:
    case = ask_withdrawal(examined(world).id, reason=WHY, by=world.citizen("mother"), at=AT)
    case = stop(case.id, reason="", by=world.officer(who), at=LATER)
    assert (case.state, case.finished_at, case.step_due_at) == (State.STOPPED, LATER, None)
    slip = case.slips.get(form=5)
    assert slip.number == f"{(case.code or '')[-11:]}/TB"
    assert slip.facts["ground"] == f"Ông/Bà đề nghị rút hồ sơ ngày 23/11/2026.\nLý do Ông/Bà nêu: {WHY}"
    assert (slip.facts["paid"], slip.facts["refund"]) == (0, None)
    with pytest.raises(WrongState):
        drop_withdrawal(case.id, by=world.citizen("mother"), at=LATER)


def test_others_do_not_stop_it_nor_does_anybody_what_runs(world: World) -> None:
    case = ask_withdrawal(examined(world).id, reason=WHY, by=world.citizen("mother"), at=AT)
    with pytest.raises(NotAllowed):
        stop(case.id, reason="Dừng", by=world.officer("registrar"), at=AT)
    with pytest.raises(NotAllowed):
        stop(case.id, reason="Dừng", by=world.citizen("mother"), at=AT)
    with pytest.raises(WrongState):
        stop(examined(world).id, reason="Dừng", by=world.officer("specialist"), at=AT)


def test_a_click_twice_stops_once(world: World) -> None:
    case = ask_withdrawal(examined(world).id, reason=WHY, by=world.citizen("mother"), at=AT)
    for _click in range(2):
        stop(case.id, reason="", by=world.officer("clerk"), at=LATER, seen=case.revision)
    assert case.slips.filter(form=5).count() == 1


def test_what_is_not_supplemented_is_stopped_with_a_reason(world: World) -> None:
    case = asked(world)
    with pytest.raises(ReasonMissing):
        stop(case.id, reason=" ", by=world.officer("specialist"), at=LATER)
    case = stop(case.id, reason="Quá 30 ngày chưa bổ sung.", by=world.officer("specialist"), at=LATER)
    said = "Ông/Bà không bổ sung, hoàn thiện hồ sơ theo yêu cầu ngày 23/11/2026.\nQuá 30 ngày chưa bổ sung."
    assert case.slips.get(form=5).facts["ground"] == said
    stopped = EventRecord.objects.get(subject_id=case.id, name="cases.CaseStopped")
    assert stopped.facts["ground"] == "NOT_SUPPLEMENTED"
    assert case.stops.get().until_at == LATER
    assert case.due_at
    assert case.finished_at
    assert case.finished_at <= case.due_at


def test_what_is_not_paid_is_stopped(world: World) -> None:
    case = stop(unpaid(world).id, reason="Quá hạn nộp.", by=world.officer("district_head"), at=LATER)
    assert case.slips.get(form=5).facts["ground"].startswith("Ông/Bà không thực hiện nghĩa vụ tài chính theo yêu cầu")


def test_the_desk_asks_for_no_money_in_a_case_that_was_stopped(world: World) -> None:
    case, desk = unpaid(world), desk_of(world, "district_clerk")
    assert "Còn phải nộp" in desk.get(page_of(case)).content.decode()
    stop(case.id, reason="Quá hạn nộp.", by=world.officer("district_head"), at=LATER)
    shown = desk.get(page_of(case)).content.decode()
    assert "Không còn phải nộp" in shown
    assert "Còn phải nộp" not in shown


def test_whoever_has_paid_learns_what_comes_back(world: World) -> None:
    case = register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    clerk = world.officer("district_clerk")
    ask_withdrawal(case.id, reason=WHY, by=clerk, at=AT)
    for refund, refusal in ((None, RefundUnsaid), (-1, RefundUnsaid), (50_001, RefundTooMuch)):
        with pytest.raises(refusal):
            stop(case.id, reason="", by=clerk, at=LATER, refund=refund)
    case = stop(case.id, reason="", by=clerk, at=LATER, refund=50_000)
    facts = case.slips.get(form=5).facts
    assert (facts["paid"], facts["refund"]) == (50_000, 50_000)
    assert EventRecord.objects.get(subject_id=case.id, name="cases.CaseStopped").facts["refund"] == 50_000


def test_nobody_need_answer_any_more_in_a_case_that_was_stopped(world: World) -> None:
    case = examined(world)
    post = world.officer("specialist").post
    assert post
    question = Consultation.objects.create(
        case=case,
        name="Xác minh",
        agency_id=world.agencies[DISTRICT],
        role="SPECIALIST",
        question="Có đúng không?",
        asked_at=AT,
        asked_by_id=post.id,
        due_at=LATER,
    )
    ask_withdrawal(case.id, reason=WHY, by=world.citizen("mother"), at=AT)
    stop(case.id, reason="", by=world.officer("clerk"), at=LATER)
    question.refresh_from_db()
    assert (question.state, question.ended_at) == (ConsultationState.WITHDRAWN, LATER)
    assert EventRecord.objects.filter(subject_id=case.id, name="cases.ConsultationWithdrawn").exists()


def test_the_applicant_is_told_at_each_station(world: World) -> None:
    load_profile(settings.PROFILE, at=AT, progress=lambda _done, _total: None)
    case, mother = examined(world), world.citizen("mother")
    ask_withdrawal(case.id, reason=WHY, by=mother, at=AT)
    drop_withdrawal(case.id, by=mother, at=AT)
    ask_withdrawal(case.id, reason=WHY, by=mother, at=AT)
    case = stop(case.id, reason="", by=world.officer("clerk"), at=LATER)
    asking = ["WITHDRAWAL_ASKED", "WITHDRAWAL_DROPPED", "WITHDRAWAL_ASKED", "CASE_WITHDRAWN"]
    assert told(case)[-len(asking) :] == asking
    other = stop(asked(world).id, reason="Quá hạn bổ sung.", by=world.officer("clerk"), at=LATER)
    assert told(other)[-1] == "CASE_STOPPED"


def test_register_and_control_sheet_say_that_it_was_stopped(world: World) -> None:
    case = ask_withdrawal(asked(world).id, reason=WHY, by=world.citizen("mother"), at=AT)
    case = stop(case.id, reason="", by=world.officer("clerk"), at=LATER)
    remarks = control_facts(case, by=world.officer("clerk"), at=LATER).remarks
    assert remarks[-1] == "Dừng giải quyết hồ sơ từ 09:00 25/11/2026."
    assert "Yêu cầu bổ sung, hoàn thiện hồ sơ" in remarks[0]
    rows = register_rows(world.agencies[COMMUNE], AT.date(), LATER.date())
    assert {row.code: row.note for row in rows}[case.code or ""] == "Dừng giải quyết"


def test_the_desk_withdraws_for_a_visitor_drops_it_and_stops(world: World) -> None:
    case = register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    desk = desk_of(world, "district_clerk")
    assert move(desk, case, "withdrawal/", reason=" ").status_code == 422
    assert move(desk, case, "withdrawal/", reason=WHY).status_code == 302
    assert move(desk, case, "continuation/").status_code == 302
    assert move(desk, case, "withdrawal/", reason=WHY).status_code == 302
    shown = desk_of(world, "district_specialist").get(page_of(case, "stop-notice/")).content.decode()
    assert WHY in shown
    assert "50.000" in shown
    refused = move(desk, case, "stop-notice/", reason="Xem kỹ", refund="nhiều")
    assert refused.status_code == 422
    assert "Xem kỹ" in refused.content.decode()
    assert move(desk, case, "stop-notice/", reason="", refund="0").status_code == 302
    assert case.slips.get(form=5).facts["refund"] == 0


def test_a_registered_case_may_still_be_received_after_a_dropped_withdrawal(world: World) -> None:
    case, mother = sent(world), world.citizen("mother")
    ask_withdrawal(case.id, reason=WHY, by=mother, at=AT)
    drop_withdrawal(case.id, by=mother, at=AT)
    assert receive(case.id, by=world.officer("clerk"), at=AT).received_at == AT
