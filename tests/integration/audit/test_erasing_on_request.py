"""Personal text goes on a lawful request, by an administrator who does not read it, and all proofs stay valid."""

from datetime import timedelta
from uuid import UUID

import pytest

from camaug.audit.actions.erase_fact import KeptByLaw
from camaug.audit.actions.erase_on_request import erase_on_request
from camaug.audit.queries import proof_of
from camaug.cases.actions.ask_withdrawal import ask_withdrawal
from camaug.cases.actions.discard import discard
from camaug.cases.actions.erase_old import erase_old
from camaug.cases.actions.start import start
from camaug.cases.models import Case, Note
from camaug.cases.retention.terms import Kind
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.kernel.errors import InvalidInput, NotAllowed, NotFound
from camaug.kernel.models import EventRecord
from tests.applications import carry, send_birth
from tests.desks import desk_of
from tests.integration.audit.conftest import History
from tests.world import AT

pytestmark = pytest.mark.django_db(transaction=True)

PAGE = "/desk/administration/erasure/"
GROUND = "Quyết định 12/QĐ-UBND ngày 20/11/2026 của UBND xã Tân Ân"
WORDS = "Người nộp đang điều trị bệnh."


def withdrawn(history: History) -> EventRecord:
    """An event with words that should never have been written."""
    case = carry(history.world, send_birth(history.world), to="EXAMINE")
    ask_withdrawal(case.id, reason=WORDS, by=history.world.citizen("mother"), at=AT)
    history.seal()
    return EventRecord.objects.get(name="cases.WithdrawalAsked")


def test_an_administrator_erases_words_that_the_law_lets_go(history: History) -> None:
    event, administrator = withdrawn(history), desk_of(history.world, "administrator")
    before = proof_of(event.id, opened=["beside.note.text", "facts.code"])
    assert before
    assert WORDS in str(before["opened"])
    sent = administrator.post(PAGE, {"event": str(event.id), "key": "beside.note.text", "ground": GROUND}, follow=True)
    page = sent.content.decode()
    assert GROUND in page
    assert WORDS not in page
    assert Note.objects.get(pk=event.facts["note"]).text == ""
    after = proof_of(event.id, opened=["beside.note.text", "facts.code"])
    assert after
    assert (after["entry"], [one[0] for one in after["opened"]]) == (before["entry"], ["facts.code"])
    told = EventRecord.objects.get(name="audit.FactErased")
    assert (told.subject_id, told.facts) == (event.id, {"key": "beside.note.text", "why": GROUND})
    assert told.actor_id == history.world.officers["administrator"]
    history.seal()
    verdict = history.verify()
    assert verdict.findings == []
    assert [(one.event, one.key, one.ground) for one in verdict.erasures] == [(event.id, "beside.note.text", GROUND)]


def test_words_deleted_with_their_row_are_named(history: History) -> None:
    event = withdrawn(history)
    history.sql(f"DELETE FROM cases_note WHERE id = '{event.facts['note']}'")
    assert history.found() == {("DELETED", str(event.id), ("beside.note.text",))}


def test_a_draft_that_goes_leaves_nothing_that_is_missed(history: History) -> None:
    mother = history.world.citizen("mother")
    thrown, outlived = (start("dang-ky-khai-sinh", by=mother, at=AT).id for _ in range(2))
    history.seal()
    discard(thrown, by=mother, at=now())
    assert erase_old(Kind.DRAFTS, by=SYSTEM, at=now() + timedelta(days=4000)) == 1
    history.seal()
    assert not Case.objects.filter(pk__in=[thrown, outlived]).exists()
    assert history.verify().findings == []


def test_only_words_and_addresses_go_only_with_a_ground_and_only_by_an_administrator(history: History) -> None:
    event, by = withdrawn(history), history.world.officer("administrator")
    for key in ("facts.code", "actor_name", "beside.slip.facts", "beside.result.facts"):
        with pytest.raises(KeptByLaw):
            erase_on_request(event.id, key, ground=GROUND, by=by, at=AT)
    for ground in ("", "  ", "x" * 201):
        with pytest.raises(InvalidInput):
            erase_on_request(event.id, "origin", ground=ground, by=by, at=AT)
    plain = EventRecord.objects.get(name="cases.CaseReceived", subject_id=event.subject_id)
    with pytest.raises(NotFound):
        erase_on_request(plain.id, "beside.note.text", ground=GROUND, by=by, at=AT)
    with pytest.raises(NotFound):
        erase_on_request(UUID(int=1), "origin", ground=GROUND, by=by, at=AT)
    for officer in ("clerk", "chairman", "specialist"):
        with pytest.raises(NotAllowed):
            erase_on_request(event.id, "origin", ground=GROUND, by=history.world.officer(officer), at=AT)
    assert desk_of(history.world, "clerk").get(PAGE).status_code == 404
    administrator = desk_of(history.world, "administrator")
    for wrong in ({"event": "x"}, {"event": str(event.id), "key": "facts.code"}, {"event": str(UUID(int=1))}):
        answer = administrator.post(PAGE, {"key": "origin", "ground": GROUND, **wrong})
        assert answer.status_code == 422
    assert not EventRecord.objects.filter(name="audit.FactErased").exists()
    erase_on_request(event.id, "origin", ground=GROUND, by=by, at=AT)
    assert EventRecord.objects.get(pk=event.id).origin == ""
