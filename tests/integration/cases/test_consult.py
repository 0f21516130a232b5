"""Asking another agency, its answer, and what both do to the clock."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from camaug.cases.actions.answer import AmountMissing, Answer, AnsweredAlready, AnswerMissing, answer
from camaug.cases.actions.confirm_payment import ProofMissing, UnknownWay, confirm_payment
from camaug.cases.actions.consult import (
    AskedAlready,
    NobodyToAsk,
    NoTimeToAnswer,
    Question,
    QuestionMissing,
    consult,
)
from camaug.cases.actions.withdraw_question import withdraw_question
from camaug.cases.lifecycle import ConsultationState, State
from camaug.cases.models import Case, Consultation
from camaug.cases.moves import CaseMovedOn
from camaug.cases.queries import case_page, inbox
from camaug.cases.slips.control import control_facts
from camaug.catalogue.actions.publish_version import publish_version
from camaug.catalogue.queries import current
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotAllowed, NotFound
from camaug.kernel.models import EventRecord
from tests.applications import carry, photo, send_birth
from tests.unit.catalogue.samples import KNOWN
from tests.world import AT, COMMUNE, OTHER_COMMUNE, World

LATER = datetime(2026, 11, 25, 9, 0, tzinfo=LOCAL)
ASKED = Question(text="Có đăng ký kết hôn không?", consultation="xac-minh-hon-nhan")
YES = Answer(verdict="INFORMS", text="Đã đăng ký ngày 20/5/2022, số 15.")


def others(world: World, **changes: Any) -> Question:
    return replace(ASKED, agency=world.agencies[OTHER_COMMUNE], **changes)


@pytest.fixture
def examined(world: World) -> Case:
    """The mother's case, at the specialist of her commune."""
    return carry(world, send_birth(world), to="EXAMINE")


@pytest.fixture
def stopping(world: World) -> None:
    """The question stops the clock and brings a duty, as a tax notice does."""
    made = current("dang-ky-khai-sinh", AT.date()).definition
    steps = tuple(
        step.model_copy(update={"consultations": tuple(c.model_copy(update=WITH_DUTY) for c in step.consultations)})
        for step in made.process.steps
    )
    process = made.process.model_copy(update={"steps": steps})
    newer = made.model_copy(update={"version": made.version + 1, "valid_from": AT.date(), "process": process})
    publish_version(newer, known=KNOWN, by=SYSTEM, at=AT)


WITH_DUTY = {"stops": "CONSULTATION", "duty": True, "role": ""}


def test_the_process_says_whom_to_ask_and_how_long(world: World, examined: Case) -> None:
    case = consult(examined.id, others(world), by=world.officer("specialist"), at=AT)
    asked = case.consultations.get()
    assert (case.state, asked.role, asked.name) == (
        State.IN_PROCESS,
        "CIVIL_STATUS",
        "Xác minh tình trạng hôn nhân của cha, mẹ",
    )
    assert asked.due_at == datetime(2026, 11, 27, 8, 0, tzinfo=LOCAL)  # 24 working hours on, the 24th is a holiday
    assert case.due_at == examined.due_at  # nothing lets the clock stop here
    assert world.agencies[OTHER_COMMUNE] in case.participants


@pytest.mark.parametrize(
    ("question", "refusal"),
    [
        (replace(ASKED, text="  "), QuestionMissing),
        (ASKED, NobodyToAsk),  # the process lets the agency be chosen, and none was
        (Question(text="Ai?", hours=8), NobodyToAsk),
        (Question(text="Ai?", consultation="khong-co"), NotFound),
    ],
)
def test_a_question_needs_words_and_an_agency(
    world: World, examined: Case, question: Question, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        consult(examined.id, question, by=world.officer("specialist"), at=AT)


@pytest.mark.parametrize("hours", [None, 0, 241])
def test_another_question_says_how_long_there_is_to_answer(world: World, examined: Case, hours: int | None) -> None:
    with pytest.raises(NoTimeToAnswer):
        consult(examined.id, others(world, consultation="", hours=hours), by=world.officer("specialist"), at=AT)


def test_the_agency_that_is_asked_is_of_the_kind_that_the_process_names(world: World, examined: Case) -> None:
    wrong = replace(ASKED, agency=world.agencies["H12.39.04"])  # a district's finance office is no committee
    with pytest.raises(NobodyToAsk):
        consult(examined.id, wrong, by=world.officer("specialist"), at=AT)


def test_the_same_agency_is_not_asked_twice_at_a_time(world: World, examined: Case) -> None:
    specialist = world.officer("specialist")
    consult(examined.id, others(world), by=specialist, at=AT)
    with pytest.raises(AskedAlready):
        consult(examined.id, others(world), by=specialist, at=AT)


def test_only_the_one_whose_turn_it_is_asks(world: World, examined: Case) -> None:
    with pytest.raises(NotAllowed):
        consult(examined.id, others(world), by=world.officer("clerk"), at=AT)
    with pytest.raises(NotFound):
        consult(examined.id, others(world), by=world.officer("other_clerk"), at=AT)


def test_the_agency_that_is_asked_finds_the_case_and_answers_it(world: World, examined: Case) -> None:
    other = world.officer("other_clerk")
    assert not Case.objects.visible_to(other).filter(pk=examined.pk).exists()
    asked = Question(text="Số 15 có đúng không?", agency=world.agencies[OTHER_COMMUNE], hours=16)
    consult(examined.id, asked, by=world.officer("specialist"), at=AT)
    found = inbox(other, "answer", at=AT)
    assert [row.id for row in found.rows] == [examined.id]
    assert found.counts["answer"] == 1
    page = case_page(examined.code or "", other, at=AT)
    assert page.may("answer")
    assert not page.may("hand_over")
    case = answer(examined.id, page.consultations[0].row.id, YES, by=other, at=LATER)
    row = case.consultations.get()
    assert (row.state, row.verdict, row.ended_at) == ("ANSWERED", "INFORMS", LATER)
    assert inbox(other, "answer", at=LATER).rows == ()
    told = EventRecord.objects.get(name="cases.ConsultationAnswered")
    assert (told.facts["on_time"], told.unit_id) == (True, world.agencies[OTHER_COMMUNE])


def test_form_06_tells_the_question_and_the_answer(world: World, examined: Case) -> None:
    other, specialist = world.officer("other_clerk"), world.officer("specialist")
    answer(examined.id, _ask(world, examined).id, YES, by=other, at=LATER)
    rows = control_facts(examined, by=specialist, at=LATER).rows[-2:]
    assert [(row.note, row.from_person, row.outcome) for row in rows] == [
        ("Lấy ý kiến", "Lê Anh Tuấn", ""),
        ("Trả lời ý kiến", "Danh Thị Sà Rinh", "EARLY"),
    ]
    assert (rows[0].from_unit, rows[0].to_unit) == (rows[1].to_unit, rows[1].from_unit)


def _ask(world: World, case: Case) -> Consultation:
    asked = Question(text="Số 15 có đúng không?", agency=world.agencies[OTHER_COMMUNE], hours=16)
    return consult(case.id, asked, by=world.officer("specialist"), at=AT).consultations.get()


@pytest.mark.parametrize("said", [replace(YES, text=" "), replace(YES, verdict=""), replace(YES, verdict="MAYBE")])
def test_an_answer_says_something(world: World, examined: Case, said: Answer) -> None:
    with pytest.raises(AnswerMissing):
        answer(examined.id, _ask(world, examined).id, said, by=world.officer("other_clerk"), at=LATER)


def test_nobody_answers_for_another_agency(world: World, examined: Case) -> None:
    asked = _ask(world, examined)
    with pytest.raises(NotAllowed):
        answer(examined.id, asked.id, YES, by=world.officer("specialist"), at=LATER)
    with pytest.raises(NotFound):
        answer(examined.id, asked.id, YES, by=world.officer("district_specialist"), at=LATER)


def test_an_answer_of_who_had_not_seen_what_others_did_meanwhile_is_refused(world: World, examined: Case) -> None:
    asked, other = _ask(world, examined), world.officer("other_clerk")
    read = Case.objects.get(pk=examined.pk).revision
    consult(examined.id, others(world), by=world.officer("specialist"), at=AT)
    with pytest.raises(CaseMovedOn):
        answer(examined.id, asked.id, YES, by=other, at=LATER, seen=read)
    assert Consultation.objects.get(pk=asked.pk).state == ConsultationState.ASKED


@pytest.mark.usefixtures("stopping")
def test_two_questions_that_were_read_together_are_both_answered(world: World, examined: Case) -> None:
    first, other = _ask(world, examined), world.officer("other_clerk")
    consult(examined.id, others(world), by=world.officer("specialist"), at=AT)
    second, read = examined.consultations.exclude(pk=first.pk).get(), Case.objects.get(pk=examined.pk).revision
    for asked in (first, first, second):
        answer(examined.id, asked.id, replace(YES, amount=0), by=other, at=LATER, seen=read)
    answered = examined.consultations.filter(state=ConsultationState.ANSWERED)
    assert {one.pk for one in answered} == {first.pk, second.pk}


def test_an_answer_is_given_once(world: World, examined: Case) -> None:
    asked, other = _ask(world, examined), world.officer("other_clerk")
    first = answer(examined.id, asked.id, YES, by=other, at=LATER)
    again = answer(examined.id, asked.id, YES, by=other, at=LATER + timedelta(minutes=1))
    assert (again.revision, EventRecord.objects.filter(name="cases.ConsultationAnswered").count()) == (
        first.revision,
        1,
    )


def test_a_file_may_come_with_the_answer(world: World, examined: Case) -> None:
    asked = _ask(world, examined)
    said = replace(YES, content=photo(), file_name="tra-loi.jpg")
    case = answer(examined.id, asked.id, said, by=world.officer("other_clerk"), at=LATER)
    file = case.consultations.get().file
    assert file is not None
    assert (file.file_name, file.paper) == ("tra-loi.jpg", "y-kien")


def test_a_question_that_is_withdrawn_needs_no_answer(world: World, examined: Case) -> None:
    asked = _ask(world, examined)
    withdraw_question(examined.id, asked.id, reason="Đã tự tra cứu được.", by=world.officer("specialist"), at=AT)
    assert inbox(world.officer("other_clerk"), "answer", at=AT).rows == ()
    with pytest.raises(AnsweredAlready):
        answer(examined.id, asked.id, YES, by=world.officer("other_clerk"), at=LATER)


@pytest.mark.usefixtures("stopping")
def test_a_question_on_a_ground_of_law_stops_the_clock_until_the_answer(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    waiting = consult(case.id, others(world), by=world.officer("specialist"), at=AT)
    assert (waiting.state, waiting.due_at, waiting.step_due_at) == (State.SUSPENDED, None, None)
    done = answer(
        case.id, waiting.consultations.get().id, replace(YES, amount=0), by=world.officer("other_clerk"), at=LATER
    )
    assert (done.state, done.resume_state) == (State.IN_PROCESS, "")
    assert done.due_at == datetime(2026, 11, 25, 17, 0, tzinfo=LOCAL)  # same day: the stop's days are added
    assert done.step_due_at is not None


@pytest.mark.usefixtures("stopping")
def test_two_questions_that_were_read_together_are_both_withdrawn(world: World, examined: Case) -> None:
    specialist = world.officer("specialist")
    first = _ask(world, examined)
    consult(examined.id, others(world), by=specialist, at=AT)
    second, read = examined.consultations.exclude(pk=first.pk).get(), Case.objects.get(pk=examined.pk).revision
    for asked in (first, first, second):
        withdraw_question(examined.id, asked.id, reason="Đã tra cứu được.", by=specialist, at=LATER, seen=read)
    withdrawn = examined.consultations.filter(state=ConsultationState.WITHDRAWN)
    assert {one.pk for one in withdrawn} == {first.pk, second.pk}
    assert EventRecord.objects.filter(name="cases.ConsultationWithdrawn").count() == 2


@pytest.mark.usefixtures("stopping")
def test_a_duty_is_paid_before_the_case_goes_on(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    asked = consult(case.id, others(world), by=world.officer("specialist"), at=AT).consultations.get()
    other, clerk = world.officer("other_clerk"), world.officer("clerk")
    with pytest.raises(AmountMissing):
        answer(case.id, asked.id, YES, by=other, at=LATER)
    owing = answer(case.id, asked.id, replace(YES, amount=7_500_000), by=other, at=LATER)
    assert (owing.state, owing.due_at) == (State.FINANCIAL_DUTY, None)
    payment = owing.payments.get(kind="DUTY")
    assert (payment.kind, payment.amount, payment.state) == ("DUTY", 7_500_000, "OWED")
    assert [stop.ground for stop in owing.stops.order_by("from_at")] == ["CONSULTATION", "FINANCIAL_DUTY"]
    paid_at = LATER + timedelta(days=1)
    with pytest.raises(UnknownWay):
        confirm_payment(case.id, way="CASH", by=clerk, at=paid_at)
    with pytest.raises(ProofMissing):
        confirm_payment(case.id, way="TREASURY", by=clerk, at=paid_at)
    going_on = confirm_payment(case.id, way="TREASURY", document="0012345", by=clerk, at=paid_at)
    payment.refresh_from_db()
    assert (payment.state, payment.document, payment.receipt_number) == ("PAID", "0012345", "")
    assert going_on.state == State.IN_PROCESS
    assert going_on.due_at == datetime(2026, 11, 26, 17, 0, tzinfo=LOCAL)


@pytest.mark.usefixtures("stopping")
def test_the_clock_waits_for_the_last_answer_it_stood_still_for(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    specialist = world.officer("specialist")
    first = consult(case.id, others(world), by=specialist, at=AT).consultations.get()
    Case.objects.filter(pk=case.pk).update(state=State.IN_PROCESS)  # as if the law named a second ground at once
    second = Consultation.objects.create(
        case=case, name="khác", agency_id=world.agencies[COMMUNE], role="", question="?", stops="CONSULTATION",
        asked_at=AT, asked_by_id=first.asked_by_id, due_at=LATER,
    )  # fmt: skip
    Case.objects.filter(pk=case.pk).update(state=State.SUSPENDED)
    still = answer(case.id, first.id, replace(YES, amount=0), by=world.officer("other_clerk"), at=LATER)
    assert still.state == State.SUSPENDED
    assert answer(case.id, second.id, YES, by=world.officer("clerk"), at=LATER).state == State.IN_PROCESS
