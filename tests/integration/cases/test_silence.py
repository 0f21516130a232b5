"""Nobody answers: an agency's silence is told to the heads, an applicant's does what the procedure says; each once."""

from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.conf import settings
from pydantic import ValidationError

from camaug.access.models import Account
from camaug.cases.actions.answer import Answer, answer
from camaug.cases.actions.ask_withdrawal import ask_withdrawal
from camaug.cases.actions.await_answer import await_answer
from camaug.cases.actions.consult import Question, consult
from camaug.cases.actions.note_silence import note_silence
from camaug.cases.actions.propose import propose
from camaug.cases.actions.receive import receive
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.lifecycle import State
from camaug.cases.models import Awaited, Case, Consultation, Outcome, Payment, SilenceTimer, Supplement
from camaug.cases.queries import case_page
from camaug.cases.queries.silence import timers_due
from camaug.catalogue.actions.publish_version import publish_version
from camaug.catalogue.definition import process as shapes
from camaug.catalogue.definition.process import Silence, SilenceEffect
from camaug.catalogue.queries import current
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL
from camaug.kernel.dispatch import subscribers
from camaug.kernel.models import EventRecord
from camaug.notify.loading import load_profile
from camaug.notify.models import Message
from camaug.people.queries import holders
from tests.applications import carry, real, send_birth
from tests.unit.catalogue.samples import KNOWN
from tests.world import AT, COMMUNE, OTHER_COMMUNE, World

FAR = datetime(2027, 1, 15, 9, 0, tzinfo=LOCAL)
ITEM = Item("giay-chung-sinh", "Giấy chứng sinh", "Ảnh mờ.")
RULE = {"source": "Quy trình nội bộ", "confidence": "M"}


def hear() -> None:
    """Hand the events that happened to whoever sets the timers."""
    keeper = next(known for known in subscribers() if known.name == "cases.await_answers")
    keeper.react(list(EventRecord.objects.filter(name__in=keeper.to).order_by("id")))


def go_off(at: datetime = FAR) -> int:
    """What the job does: all timers that are due, one after the other."""
    due = timers_due(at=at)
    for timer in due:
        note_silence(timer, by=SYSTEM, at=at)
    return len(due)


def noted() -> list[dict[str, object]]:
    return [row.facts for row in EventRecord.objects.filter(name="cases.SilenceNoted").order_by("id")]


def told() -> set[object]:
    return set(Message.objects.filter(notice__endswith="_UNANSWERED").values_list("account_id", flat=True))


@pytest.fixture(autouse=True)
def _texts(world: World) -> None:
    load_profile(settings.PROFILE, at=AT, progress=lambda _done, _total: None)


@pytest.fixture
def consulted(world: World) -> Case:
    examined = carry(world, send_birth(world), to="EXAMINE", agreed=False)
    asked = Question(
        text="Có đăng ký kết hôn không?", consultation="xac-minh-hon-nhan", agency=world.agencies[OTHER_COMMUNE]
    )
    return consult(examined.id, asked, by=world.officer("specialist"), at=AT)


def with_rule(then: SilenceEffect) -> None:
    """From now on the procedure says what follows where nothing is added for five working days."""
    made = current("dang-ky-khai-sinh", AT.date()).definition
    rule = Silence(after_hours=Decimal(40), then=then, source="Quy trình nội bộ", confidence="M")  # type: ignore[arg-type]
    process = made.process.model_copy(update={"unsupplemented": rule})
    newer = made.model_copy(update={"version": made.version + 1, "valid_from": AT.date(), "process": process})
    publish_version(newer, known=KNOWN, by=SYSTEM, at=AT)


def unsupplemented(world: World) -> Case:
    case = receive(send_birth(world).id, by=world.officer("clerk"), at=AT)
    return request_supplement(case.id, [ITEM], reason="Chụp lại", by=world.officer("specialist"), at=AT)


def test_the_silence_of_an_agency_is_told_to_the_heads_once(world: World, consulted: Case) -> None:
    hear()
    hear()
    timer = SilenceTimer.objects.get()
    assert timer.due_at == consulted.consultations.get().due_at
    assert go_off(timer.due_at - timedelta(seconds=1)) == 0
    assert go_off(timer.due_at) == 1
    assert go_off(FAR) == 0
    note_silence(timer.id, by=SYSTEM, at=FAR)  # a job that was killed begins again
    assert [(fact["of"], fact["effect"]) for fact in noted()] == [("CONSULTATION", "ESCALATE")]
    heads = {one.officer_id for one in holders("ONE_STOP_HEAD", world.agencies[COMMUNE], AT)}
    assert world.officers["specialist"] in told()
    assert heads & set(Account.objects.filter(pk__in=told()).values_list("officer_id", flat=True))
    assert Consultation.objects.get().state == "ASKED"  # silence is not consent


def test_what_was_answered_in_time_is_not_noted(world: World, consulted: Case) -> None:
    hear()
    asked = consulted.consultations.get()
    said = Answer(verdict="INFORMS", text="Đã đăng ký.")
    Consultation.objects.filter(pk=asked.pk).update(role="ONE_STOP_CLERK")
    answer(consulted.id, asked.id, said, by=world.officer("other_clerk"), at=AT)
    assert go_off() == 1
    assert noted() == []
    assert SilenceTimer.objects.get().over_at == FAR


def test_an_applicant_is_waited_for_without_end_where_the_procedure_says_nothing(world: World) -> None:
    unsupplemented(world)
    hear()
    assert not SilenceTimer.objects.exists()


def test_the_silence_of_an_applicant_is_told(world: World) -> None:
    with_rule(SilenceEffect.ESCALATE)
    case = unsupplemented(world)
    hear()
    assert SilenceTimer.objects.get().due_at == datetime(2026, 12, 1, 8, 0, tzinfo=LOCAL)  # the 24th is a holiday
    go_off()
    assert Case.objects.get(pk=case.pk).state == State.SUPPLEMENT_REQUESTED
    assert [fact["effect"] for fact in noted()] == ["ESCALATE"]
    assert told()


def test_it_stops_the_case_where_the_procedure_says_so(world: World) -> None:
    with_rule(SilenceEffect.STOP)
    case = unsupplemented(world)
    hear()
    go_off()
    go_off()
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.finished_at) == (State.STOPPED, FAR)
    assert case.slips.filter(form=5).count() == 1
    assert [fact["effect"] for fact in noted()] == ["STOP"]
    assert not told()
    entries = case_page(str(case.code), world.officer("chairman"), at=FAR).timeline
    assert {entry.actor for entry in entries if entry.name in ("SilenceNoted", "CaseStopped")} == {"CaMau-G"}
    assert any("đã dừng giải quyết" in entry.words for entry in entries if entry.name == "SilenceNoted")


def test_what_cannot_be_stopped_by_itself_is_told(world: World) -> None:
    with_rule(SilenceEffect.STOP)
    case = unsupplemented(world)
    Payment.objects.create(
        case=case, state="PAID", items=[], amount=8000, asked_at=AT, paid_at=AT, way="CASH", receipt_number="1"
    )
    hear()
    go_off()
    assert Case.objects.get(pk=case.pk).state == State.SUPPLEMENT_REQUESTED
    assert [fact["effect"] for fact in noted()] == ["ESCALATE"]


def test_what_was_supplemented_goes_on(world: World) -> None:
    with_rule(SilenceEffect.STOP)
    case = unsupplemented(world)
    hear()
    Supplement.objects.filter(case=case).update(answered_at=AT)
    go_off()
    assert Case.objects.get(pk=case.pk).state == State.SUPPLEMENT_REQUESTED
    assert noted() == []


def test_setting_a_timer_twice_keeps_the_first(consulted: Case) -> None:
    asked = consulted.consultations.get()
    await_answer(Awaited.CONSULTATION, asked.id, at=AT)
    await_answer(Awaited.CONSULTATION, asked.id, at=FAR)
    assert SilenceTimer.objects.count() == 1


def test_an_agency_s_silence_can_decide_nothing() -> None:
    foreseen = {"id": "x", "name": "X", "agency": "COMPETENT", "role": "", "question": "?", "hours": 8, "verify": True}
    told = {**foreseen, "silence": {"after_hours": 8, "then": "ESCALATE", **RULE}}
    assert shapes.Consultation.model_validate(told).silence
    with pytest.raises(ValidationError):
        shapes.Consultation.model_validate({**foreseen, "silence": {"after_hours": 8, "then": "STOP", **RULE}})


def consenting(**changes: object) -> None:
    """From now on the silence of the agency that the birth's process asks is consent, and the step waits for it."""
    made = current("dang-ky-khai-sinh", AT.date()).definition
    rule = Silence(after_hours=Decimal(0), then=SilenceEffect.CONSENT, source="Luật", confidence="H")  # type: ignore[arg-type]
    steps = tuple(
        step.model_copy(
            update={
                "consultations": tuple(
                    one.model_copy(update={"silence": rule, "required": True, **changes}) for one in step.consultations
                )
            }
        )
        for step in made.process.steps
    )
    process = made.process.model_copy(update={"steps": steps})
    newer = made.model_copy(update={"version": made.version + 1, "valid_from": AT.date(), "process": process})
    publish_version(newer, known=KNOWN, by=SYSTEM, at=AT)


@pytest.mark.parametrize("stops", ["", "CONSULTATION"])
def test_silence_is_consent_where_a_law_says_so(world: World, stops: str) -> None:
    consenting(stops=stops)
    examined = carry(world, send_birth(world), to="EXAMINE")
    specialist = world.officer("specialist")
    text = "Có đăng ký kết hôn không?"
    question = Question(text=text, consultation="xac-minh-hon-nhan", agency=world.agencies[OTHER_COMMUNE])
    case = consult(examined.id, question, by=specialist, at=AT)
    assert case.state == (State.SUSPENDED if stops else State.IN_PROCESS)
    hear()
    timer = SilenceTimer.objects.get(of=Awaited.CONSULTATION)
    go_off(timer.due_at)
    go_off()
    asked = Consultation.objects.get()
    assert (asked.state, asked.ended_at, asked.verdict) == ("CONSENTED", timer.due_at, "")
    assert [(fact["of"], fact["effect"]) for fact in noted()] == [("CONSULTATION", "CONSENT")]
    case = Case.objects.get(pk=case.pk)
    assert case.state == State.IN_PROCESS
    told_now = Message.objects.filter(notice="CONSULTATION_CONSENTED").values_list("account_id", flat=True)
    assert world.officers["specialist"] in set(told_now)
    assert propose(case.id, Outcome.GRANTED, by=specialist, at=FAR).step == "ky-duyet"
    entries = case_page(str(case.code), world.officer("chairman"), at=FAR).timeline
    assert any("coi như đồng ý" in entry.words for entry in entries if entry.name == "SilenceNoted")


def test_an_answer_in_time_is_no_consent_by_silence(world: World) -> None:
    consenting(role="ONE_STOP_CLERK")
    examined = carry(world, send_birth(world), to="EXAMINE", agreed=False)
    question = Question(text="?", consultation="xac-minh-hon-nhan", agency=world.agencies[OTHER_COMMUNE])
    asked = consult(examined.id, question, by=world.officer("specialist"), at=AT).consultations.get()
    said = Answer(verdict="DISAGREES", text="Không khớp.")
    answer(examined.id, asked.id, said, by=world.officer("other_clerk"), at=AT)
    hear()
    go_off()
    assert (Consultation.objects.get().state, noted()) == ("ANSWERED", [])


def test_a_consent_that_finds_the_case_elsewhere_is_told(world: World) -> None:
    consenting()
    examined = carry(world, send_birth(world), to="EXAMINE", agreed=False)
    question = Question(text="?", consultation="xac-minh-hon-nhan", agency=world.agencies[OTHER_COMMUNE])
    consult(examined.id, question, by=world.officer("specialist"), at=AT)
    hear()
    ask_withdrawal(examined.id, reason="Nộp nhầm nơi.", by=world.citizen("mother"), at=AT)
    go_off()
    assert Consultation.objects.get().state == "ASKED"
    assert [fact["effect"] for fact in noted()] == ["ESCALATE"]


CONSENT = {"after_hours": 0, "then": "CONSENT", **RULE}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"silence": {**CONSENT, "source": "", "verify": True}}, "consent_without_law"),
        ({"silence": CONSENT, "duty": True}, "consent_without_law"),
        ({"silence": {**CONSENT, "then": "STOP"}}, "silence_stops"),
    ],
)
def test_consent_by_silence_needs_its_law(changes: dict[str, object], code: str) -> None:
    foreseen = {"id": "x", "name": "X", "agency": "COMPETENT", "role": "", "question": "?", "hours": 8, "verify": True}
    assert shapes.Consultation.model_validate({**foreseen, "silence": CONSENT}).silence
    with pytest.raises(ValidationError) as refused:
        shapes.Consultation.model_validate({**foreseen, **changes})
    assert refused.value.errors()[0]["type"] == code


def test_the_building_permit_carries_its_law_s_rules() -> None:
    process = real("cap-giay-phep-xay-dung").process
    (asked,) = (one for step in process.steps for one in step.consultations)
    assert asked.silence
    assert (asked.hours, asked.silence.then, "217/2026" in asked.silence.source) == (16, SilenceEffect.CONSENT, True)
    assert process.unsupplemented
    assert (process.unsupplemented.after_hours, process.unsupplemented.then) == (16, SilenceEffect.ESCALATE)
