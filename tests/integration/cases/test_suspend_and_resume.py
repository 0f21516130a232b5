from datetime import datetime, timedelta

import pytest
from django.conf import settings

from camaug.cases.actions.apologise import NothingPromised, apologise
from camaug.cases.actions.receive import receive
from camaug.cases.actions.register import register
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.actions.resume import AnswerMissing, resume
from camaug.cases.actions.supplement import supplement
from camaug.cases.actions.suspend import DocumentMissing, NotAGround, suspend
from camaug.cases.lifecycle import State
from camaug.cases.models import Case, Consultation
from camaug.cases.moves import ReasonMissing
from camaug.cases.queries import case_page
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotAllowed
from camaug.kernel.lifecycle import WrongState
from camaug.kernel.models import EventRecord
from camaug.notify.loading import load_profile
from tests.applications import carry, send_birth, shop_intake
from tests.desks import desk_of, move, page_of
from tests.integration.cases.test_applicants_are_told import latest
from tests.world import AT, FINANCE_OFFICE, World

GROUND = {"ground": "APPRAISAL", "document": "125/CV-XM", "reason": "Chờ kết quả kiểm tra thực tế."}
WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=LOCAL)
FRIDAY = datetime(2026, 11, 27, 9, 0, tzinfo=LOCAL)


@pytest.fixture
def shop(world: World) -> Case:
    """The shopkeeper's case: three working days, due on Friday at five, since Tuesday is a holiday."""
    case = register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    assert case.due_at == datetime(2026, 11, 27, 17, 0, tzinfo=LOCAL)
    return case


@pytest.fixture
def suspended(world: World, shop: Case) -> Case:
    return suspend(shop.id, **GROUND, by=world.officer("district_specialist"), at=WEDNESDAY)


def test_the_clock_stands_still_on_a_ground_and_a_document(suspended: Case) -> None:
    assert (suspended.state, suspended.resume_state) == (State.SUSPENDED, State.IN_PROCESS)
    assert (suspended.due_at, suspended.step_due_at) == (None, None)
    stop = suspended.stops.get()
    assert (stop.ground, stop.effect, stop.document, stop.from_at) == ("APPRAISAL", "RESUME", "125/CV-XM", WEDNESDAY)


def test_the_limit_goes_on_by_the_days_that_were_lost_and_the_step_begins_anew(world: World, suspended: Case) -> None:
    case = resume(suspended.id, by=world.officer("district_specialist"), at=FRIDAY)
    assert (case.state, case.resume_state) == (State.IN_PROCESS, "")
    assert case.due_at == datetime(2026, 12, 1, 17, 0, tzinfo=LOCAL)
    assert case.step_due_at
    assert case.step_due_at > FRIDAY
    assert case.original_due_at == datetime(2026, 11, 27, 17, 0, tzinfo=LOCAL)


def test_a_case_goes_on_in_the_state_in_which_it_was_suspended(world: World) -> None:
    case = receive(send_birth(world).id, by=world.officer("clerk"), at=AT)
    item = Item("giay-chung-sinh", "Giấy chứng sinh", "Mờ")
    request_supplement(case.id, [item], reason="", by=world.officer("specialist"), at=AT)
    supplement(case.id, by=world.citizen("mother"), at=WEDNESDAY)
    suspend(case.id, **GROUND, by=world.officer("specialist"), at=WEDNESDAY)
    assert resume(case.id, by=world.officer("specialist"), at=FRIDAY).state == State.SUPPLEMENTED


@pytest.mark.parametrize("ground", ["SUPPLEMENT", "FINANCIAL_DUTY", "CONSULTATION", "TIRED", ""])
def test_only_what_the_law_names_and_has_no_move_of_its_own(world: World, shop: Case, ground: str) -> None:
    with pytest.raises(NotAGround):
        suspend(shop.id, **{**GROUND, "ground": ground}, by=world.officer("district_specialist"), at=WEDNESDAY)


def test_a_document_and_a_reason_are_always_said(world: World, shop: Case) -> None:
    specialist = world.officer("district_specialist")
    with pytest.raises(DocumentMissing):
        suspend(shop.id, **{**GROUND, "document": " "}, by=specialist, at=WEDNESDAY)
    with pytest.raises(ReasonMissing):
        suspend(shop.id, **{**GROUND, "reason": " "}, by=specialist, at=WEDNESDAY)
    shop.refresh_from_db()
    assert (shop.state, shop.stops.count()) == (State.IN_PROCESS, 0)


def test_only_the_one_whose_turn_it_is(world: World, shop: Case) -> None:
    for who in ("district_clerk", "district_head"):
        with pytest.raises(NotAllowed):
            suspend(shop.id, **GROUND, by=world.officer(who), at=WEDNESDAY)


def test_not_before_reception_nor_after_the_decision_nor_twice(world: World, suspended: Case) -> None:
    with pytest.raises(WrongState):
        suspend(suspended.id, **GROUND, by=world.officer("district_specialist"), at=FRIDAY)
    with pytest.raises(WrongState):
        suspend(send_birth(world).id, **GROUND, by=world.officer("clerk"), at=AT)
    with pytest.raises(WrongState):
        suspend(carry(world, send_birth(world), to="PUBLISH").id, **GROUND, by=world.officer("registrar"), at=AT)


def test_a_click_twice_suspends_and_resumes_once(world: World, shop: Case) -> None:
    specialist, seen = world.officer("district_specialist"), shop.revision
    for _click in range(2):
        suspend(shop.id, **GROUND, by=specialist, at=WEDNESDAY, seen=seen)
    for _click in range(2):
        resume(shop.id, by=specialist, at=FRIDAY, seen=seen + 1)
    names = list(EventRecord.objects.filter(subject_id=shop.id).values_list("name", flat=True))
    assert (names.count("cases.CaseSuspended"), names.count("cases.CaseResumed")) == (1, 1)


def test_what_waits_for_another_agency_does_not_go_on(world: World, suspended: Case) -> None:
    post = world.officer("district_specialist").post
    assert post
    asked = Consultation.objects.create(
        case=suspended,
        name="Xác minh",
        agency_id=world.agencies[FINANCE_OFFICE],
        role="SPECIALIST",
        question="Có đúng không?",
        stops="CONSULTATION",
        asked_at=WEDNESDAY,
        asked_by_id=post.id,
        due_at=FRIDAY,
    )
    with pytest.raises(AnswerMissing):
        resume(suspended.id, by=world.officer("district_specialist"), at=FRIDAY)
    asked.stops = ""
    asked.save()
    assert resume(suspended.id, by=world.officer("district_specialist"), at=FRIDAY).state == State.IN_PROCESS


def test_what_was_late_stays_late(world: World, shop: Case) -> None:
    late = FRIDAY + timedelta(days=3)
    case = suspend(shop.id, **GROUND, by=world.officer("district_specialist"), at=late)
    assert case.due_at == datetime(2026, 11, 27, 17, 0, tzinfo=LOCAL)
    case = resume(case.id, by=world.officer("district_specialist"), at=late + timedelta(days=1))
    assert case.due_at == datetime(2026, 11, 27, 17, 0, tzinfo=LOCAL)


def test_no_new_date_is_set_while_the_clock_stands_still(world: World, suspended: Case) -> None:
    with pytest.raises(WrongState):
        apologise(suspended.id, new_date=FRIDAY.date(), reason="Bận", by=world.officer("district_head"), at=WEDNESDAY)
    Case.objects.filter(pk=suspended.id).update(state=State.IN_PROCESS)
    with pytest.raises(NothingPromised):
        apologise(suspended.id, new_date=FRIDAY.date(), reason="Bận", by=world.officer("district_head"), at=WEDNESDAY)


def test_the_applicant_is_told_why_and_when_it_goes_on(world: World, suspended: Case) -> None:
    load_profile(settings.PROFILE, at=AT, progress=lambda _done, _total: None)
    told = latest(suspended)
    assert told.notice == "CASE_SUSPENDED"
    assert "Giám định, xác minh" in told.body
    assert "125/CV-XM" in told.body
    assert "Chờ kết quả kiểm tra thực tế." in told.body
    resume(suspended.id, by=world.officer("district_specialist"), at=FRIDAY)
    told = latest(suspended)
    assert told.notice == "CASE_RESUMED"
    assert "17:00 ngay 01/12/2026" in told.sms


def test_the_desk_asks_for_ground_document_and_reason_and_keeps_what_was_typed(world: World, shop: Case) -> None:
    desk = desk_of(world, "district_specialist")
    refused = move(desk, shop, "suspension/", ground="APPRAISAL", document="", reason="Chờ kiểm tra")
    assert refused.status_code == 422
    assert "Chờ kiểm tra" in refused.content.decode()
    assert move(desk, shop, "suspension/", **GROUND).status_code == 302
    page = desk.get(page_of(shop)).content.decode()
    assert "resumption/" in page
    assert "125/CV-XM" in page
    assert move(desk, shop, "resumption/").status_code == 302


def test_meanwhile_it_waits_and_nobody_is_late(world: World, suspended: Case) -> None:
    page = case_page(suspended.code or "", world.officer("district_specialist"), at=FRIDAY + timedelta(days=30))
    assert page.due.tone == "stopped"
