"""Whoever applies online agrees to the draft of the result, or says what is wrong, before it is put forward."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from camaug.access.models import Account
from camaug.cases.actions.answer_draft import NoDraftWaits, WrongUnsaid, answer_draft
from camaug.cases.actions.ask_withdrawal import ask_withdrawal
from camaug.cases.actions.deny import deny
from camaug.cases.actions.note_silence import note_silence
from camaug.cases.actions.propose import propose
from camaug.cases.actions.register import register
from camaug.cases.actions.show_draft import (
    DraftNotAgreed,
    DraftObjectedTo,
    DraftWaits,
    NoDraftHere,
    show_draft,
)
from camaug.cases.actions.stop import stop
from camaug.cases.lifecycle import DraftState, State
from camaug.cases.models import Case, Outcome, ShownDraft, SilenceTimer
from camaug.cases.queries import case_page
from camaug.cases.results.drafts import draft_pdf
from camaug.cases.subscribers.silence import await_answers
from camaug.catalogue.actions.publish_version import publish_version
from camaug.catalogue.definition.process import DraftConsent, SilenceEffect
from camaug.catalogue.queries import current
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL, now
from camaug.kernel.errors import NotAllowed, NotFound
from camaug.kernel.models import EventRecord
from camaug.notify.loading import load_profile
from camaug.notify.models import Message
from camaug.worktime.limits import Unit
from tests.applications import born_lately, carry, send_birth, shop_intake
from tests.callers import program_of
from tests.desks import desk_of
from tests.integration.cases.test_money_owed import amended
from tests.sessions import enter
from tests.unit.catalogue.samples import KNOWN
from tests.world import AT, World

LATER = AT + timedelta(minutes=30)


@pytest.fixture
def examined(world: World) -> Case:
    """The mother's case before the officer who examines it; nobody has shown her anything."""
    return carry(world, send_birth(world), to="EXAMINE", agreed=False)


@pytest.fixture
def shown(world: World, examined: Case) -> Case:
    return show_draft(examined.id, by=world.officer("specialist"), at=AT)


def draft_of(case: Case) -> ShownDraft:
    return case.drafts.latest("shown_at")


def granted(world: World, case: Case) -> Case:
    return propose(case.id, Outcome.GRANTED, by=world.officer("specialist"), at=LATER)


def mother(world: World) -> Client:
    phone = Client()
    enter(phone, Account.objects.get(pk=world.citizens["mother"]))
    return phone


# Shown, and agreed to.


def test_the_draft_says_what_the_certificate_will_and_counts_a_day(world: World, shown: Case) -> None:
    draft = draft_of(shown)
    assert (draft.state, draft.step, draft.name) == (DraftState.SHOWN, "tham-dinh", "Giấy khai sinh")
    assert (draft.facts["name"], draft.facts["signer"]) == ("HOÀNG NGUYỄN BẢO AN", "")
    due = draft.due_at.astimezone(LOCAL)
    assert due.date() > AT.astimezone(LOCAL).date()
    assert (shown.state, shown.step) == (State.IN_PROCESS, "tham-dinh")
    assert draft_pdf(draft).startswith(b"%PDF")


def test_nothing_is_put_forward_before_the_applicant_agrees(world: World, examined: Case) -> None:
    with pytest.raises(DraftNotAgreed):
        granted(world, examined)
    show_draft(examined.id, by=world.officer("specialist"), at=AT)
    with pytest.raises(DraftWaits):
        granted(world, examined)
    case = answer_draft(examined.id, agrees=True, by=world.citizen("mother"), at=LATER)
    assert draft_of(case).state == DraftState.AGREED
    assert granted(world, case).step == "ky-duyet"


def test_what_is_denied_needs_no_draft(world: World, examined: Case) -> None:
    case = propose(examined.id, Outcome.DENIED, note="Thiếu căn cứ", by=world.officer("specialist"), at=AT)
    assert case.step == "ky-duyet"


def test_nobody_is_asked_about_a_draft_of_what_was_denied(world: World, shown: Case) -> None:
    propose(shown.id, Outcome.DENIED, note="Thiếu căn cứ", by=world.officer("specialist"), at=LATER)
    deny(shown.id, reason="Thiếu căn cứ", by=world.officer("chairman"), at=LATER)
    _asked_no_more(world, shown)


def test_nobody_is_asked_about_a_draft_of_what_was_withdrawn(world: World, shown: Case) -> None:
    ask_withdrawal(shown.id, reason="Nộp nhầm", by=world.citizen("mother"), at=LATER)
    stop(shown.id, reason="", by=world.officer("clerk"), at=LATER)
    _asked_no_more(world, shown)


def _asked_no_more(world: World, case: Case) -> None:
    assert draft_of(case).state == DraftState.WITHDRAWN
    assert "Kiểm tra bản dự thảo" not in mother(world).get(f"/my-cases/{case.id}/").content.decode()


def test_one_draft_at_a_time_and_only_where_the_process_shows_one(world: World, shown: Case) -> None:
    with pytest.raises(DraftWaits):
        show_draft(shown.id, by=world.officer("specialist"), at=LATER)
    shop = register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    with pytest.raises(NoDraftHere):
        show_draft(shop.id, by=world.officer("district_specialist"), at=AT)
    at_counter = carry(world, send_birth(world), to="EXAMINE", agreed=False)
    Case.objects.filter(pk=at_counter.pk).update(channel="COUNTER")
    with pytest.raises(NoDraftHere):
        show_draft(at_counter.id, by=world.officer("specialist"), at=AT)
    assert granted(world, at_counter).step == "ky-duyet"


# Something is wrong.


def test_what_is_wrong_is_mended_and_shown_once_more(world: World, shown: Case) -> None:
    with pytest.raises(WrongUnsaid):
        answer_draft(shown.id, agrees=False, by=world.citizen("mother"), at=LATER)
    case = answer_draft(shown.id, agrees=False, wrong="Sai nơi sinh.", by=world.citizen("mother"), at=LATER)
    assert (draft_of(case).state, draft_of(case).answer) == (DraftState.OBJECTED, "Sai nơi sinh.")
    with pytest.raises(DraftObjectedTo):
        granted(world, case)
    amended(world, case, birth_place="Trạm y tế xã Tân Ân")
    show_draft(case.id, by=world.officer("specialist"), at=LATER)
    case = answer_draft(case.id, agrees=True, by=world.citizen("mother"), at=LATER)
    assert granted(world, case).step == "ky-duyet"


def test_what_is_changed_after_the_agreement_has_to_be_agreed_to_anew(world: World, shown: Case) -> None:
    answer_draft(shown.id, agrees=True, by=world.citizen("mother"), at=LATER)
    case = amended(world, Case.objects.get(pk=shown.pk), copies=3)
    assert draft_of(case).state == DraftState.AGREED  # the certificate says nothing of copies
    case = amended(world, case, child_name="Hoàng Nguyễn Bảo Ân")
    assert draft_of(case).state == DraftState.WITHDRAWN
    with pytest.raises(DraftNotAgreed):
        granted(world, case)


# Silence.


def hear() -> None:
    await_answers(list(EventRecord.objects.filter(name="cases.DraftShown")))


def test_silence_is_agreement_as_the_procedure_says(world: World, shown: Case) -> None:
    load_profile(settings.PROFILE, at=AT, progress=lambda _done, _total: None)
    hear()
    hear()
    timer = SilenceTimer.objects.get()
    assert (timer.of, timer.effect, timer.due_at) == ("DRAFT", "CONSENT", draft_of(shown).due_at)
    note_silence(timer.id, by=SYSTEM, at=timer.due_at - timedelta(seconds=1))
    assert draft_of(shown).state == DraftState.SHOWN
    note_silence(timer.id, by=SYSTEM, at=timer.due_at)
    note_silence(timer.id, by=SYSTEM, at=timer.due_at)
    assert draft_of(shown).state == DraftState.CONSENTED
    noted = EventRecord.objects.get(name="cases.SilenceNoted").facts
    assert (noted["of"], noted["effect"]) == ("DRAFT", "CONSENT")
    assert Message.objects.filter(notice="DRAFT_CONSENTED", account_id=world.officers["specialist"]).exists()
    with pytest.raises(NoDraftWaits):
        answer_draft(shown.id, agrees=False, wrong="Muộn", by=world.citizen("mother"), at=timer.due_at)
    assert propose(shown.id, Outcome.GRANTED, by=world.officer("specialist"), at=timer.due_at).step == "ky-duyet"


def test_an_answer_in_time_ends_the_waiting(world: World, shown: Case) -> None:
    hear()
    answer_draft(shown.id, agrees=True, by=world.citizen("mother"), at=LATER)
    timer = SilenceTimer.objects.get()
    note_silence(timer.id, by=SYSTEM, at=timer.due_at)
    assert not EventRecord.objects.filter(name="cases.SilenceNoted").exists()
    assert draft_of(shown).state == DraftState.AGREED


def test_without_such_a_rule_the_heads_are_told_and_the_draft_waits_on(world: World) -> None:
    load_profile(settings.PROFILE, at=AT, progress=lambda _done, _total: None)
    made = current("dang-ky-khai-sinh", AT.date()).definition
    rule = DraftConsent(amount=2, unit=Unit.WORKING_DAYS, required=True, verify=True)
    steps = [
        step.model_copy(update={"draft_consent": rule}) if step.draft_consent else step for step in made.process.steps
    ]
    process = made.process.model_copy(update={"steps": tuple(steps)})
    newer = made.model_copy(update={"version": made.version + 1, "valid_from": AT.date(), "process": process})
    publish_version(newer, known=KNOWN, by=SYSTEM, at=AT)
    case = carry(world, send_birth(world), to="EXAMINE", agreed=False)
    show_draft(case.id, by=world.officer("specialist"), at=AT)
    hear()
    timer = SilenceTimer.objects.get()
    assert timer.effect == SilenceEffect.ESCALATE
    note_silence(timer.id, by=SYSTEM, at=timer.due_at)
    assert draft_of(case).state == DraftState.SHOWN
    assert Message.objects.filter(notice="DRAFT_UNANSWERED").exists()


# Who.


def test_only_the_applicant_or_the_counter_answers(world: World, shown: Case) -> None:
    with pytest.raises(NotAllowed):
        answer_draft(shown.id, agrees=True, by=world.officer("specialist"), at=LATER)
    with pytest.raises(NotFound):
        answer_draft(shown.id, agrees=True, by=world.citizen("shopkeeper"), at=LATER)
    case = answer_draft(shown.id, agrees=True, by=world.officer("clerk"), at=LATER)
    assert draft_of(case).answered_by == world.officers["clerk"]


def test_the_same_answer_sent_twice_is_one(world: World, shown: Case) -> None:
    for _n in range(2):
        answer_draft(shown.id, agrees=True, by=world.citizen("mother"), at=LATER, seen=shown.revision)
    assert EventRecord.objects.filter(subject_id=shown.id, name="cases.DraftAgreed").count() == 1


# Pages and programs.


def test_the_mother_reads_the_draft_and_answers_on_the_site(world: World, shown: Case) -> None:
    born_lately(shown)
    phone, page = mother(world), f"/my-cases/{shown.id}/draft/"
    assert page in phone.get(f"/my-cases/{shown.id}/").content.decode()
    form = phone.get(page).content.decode()
    assert "coi như đồng ý với bản dự thảo" in form
    assert phone.get(f"{page}file/").headers["Content-Type"] == "application/pdf"
    for typed in ({}, {"answer": "wrong", "wrong": " "}):
        refused = phone.post(page, {"seen": str(shown.revision), **typed})
        assert refused.status_code == 422
    answer = phone.post(page, {"seen": str(shown.revision), "answer": "wrong", "wrong": "Sai tên đệm."})
    assert answer.status_code == 302
    assert draft_of(shown).answer == "Sai tên đệm."
    assert phone.get(page).status_code == 302
    desk = desk_of(world, "specialist").get(f"/desk/cases/{shown.code}/").content.decode()
    assert "Sai tên đệm." in desk
    assert f"/desk/cases/{shown.code}/draft/" in desk


def test_the_desk_offers_the_draft_before_the_proposal(world: World, examined: Case) -> None:
    desk, root = desk_of(world, "specialist"), f"/desk/cases/{examined.code}/"
    page = desk.get(root).content.decode()
    assert page.index(f'href="{root}draft/"') < page.index(f'href="{root}proposal/"')
    assert "chưa đồng ý với bản dự thảo" in page
    assert desk.get(f"{root}draft/preview/").headers["Content-Type"] == "application/pdf"
    assert desk.post(f"{root}draft/", {"seen": str(examined.revision)}).status_code == 302
    case = Case.objects.get(pk=examined.pk)
    shown = desk.get(f"{root}drafts/{draft_of(case).id}/")
    assert shown.headers["Content-Type"] == "application/pdf"
    assert not case_page(str(case.code), world.officer("specialist"), at=now()).may("show_draft")
    clerk = desk_of(world, "clerk")
    unsaid = clerk.post(f"{root}draft-answer/", {"seen": str(case.revision), "wrong": "Sai nơi sinh."})
    assert unsaid.status_code == 422
    assert "Chọn bản dự thảo đúng hay có chỗ sai." in unsaid.content.decode()
    assert "Sai nơi sinh." in unsaid.content.decode()
    wrong = clerk.post(f"{root}draft-answer/", {"seen": str(case.revision), "answer": "wrong", "wrong": ""})
    assert wrong.status_code == 422
    assert clerk.post(f"{root}draft-answer/", {"seen": str(case.revision), "answer": "agrees"}).status_code == 302
    assert f'href="{root}draft/"' not in desk.get(root).content.decode()


def test_programs_show_the_draft_and_answer_it(world: World, examined: Case) -> None:
    officer = program_of(world.officer("specialist", at=now()))
    assert officer.post(f"/cases/{examined.code}/moves/show-draft", {}).status_code == 200
    citizen = program_of(world.citizen("mother", at=now()))
    told: dict[str, Any] = citizen.get(f"/own-cases/{examined.id}").json()
    assert told["draft"]["name"] == "Giấy khai sinh"
    assert datetime.fromisoformat(told["draft"]["due_at"]) == draft_of(examined).due_at
    assert citizen.get(f"/own-cases/{examined.id}/draft").headers["Content-Type"] == "application/pdf"
    answer = f"/own-cases/{examined.id}/draft-answer"
    assert citizen.post(answer, {"agrees": False}).status_code == 422
    agreed = citizen.post(answer, {"agrees": True})
    assert (agreed.status_code, agreed.json()["draft"]) == (200, None)
    assert draft_of(examined).state == DraftState.AGREED
    assert citizen.get(f"/own-cases/{examined.id}/draft").status_code == 404
