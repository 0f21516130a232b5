"""What lies encrypted beside events is sealed as it was said: closed, renewed or erased, all proofs stay valid."""

from pathlib import Path
from typing import Any

import pytest

from camaug.audit.actions.erase_on_request import erase_on_request
from camaug.audit.actions.seal import NotReadable
from camaug.audit.queries import proof_of
from camaug.cases.actions.approve import approve
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.models import Note, Outcome
from camaug.kernel.clock import now
from camaug.kernel.encryption import add_key, is_current, is_encrypted, make_keys
from camaug.kernel.models import EventRecord
from camaug.kernel.rotation import every_column, rotate
from tests.applications import carry, send_birth
from tests.integration.audit.conftest import History
from tests.world import AT

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = "Người mẹ đang điều trị, đề nghị xem xét."
TEXT, FACTS = "beside.note.text", "beside.result.facts"


@pytest.fixture
def data_keys(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_KEYS_FILE = str(tmp_path / "data-keys")
    make_keys(tmp_path / "data-keys")
    return tmp_path / "data-keys"


@pytest.fixture
def decided(data_keys: Path, history: History) -> History:
    """A case with words beside a proposal and a result, not sealed yet."""
    case, world = carry(history.world, send_birth(history.world), to="EXAMINE"), history.world
    propose(case.id, Outcome.GRANTED, note=WORDS, by=world.officer("specialist"), at=AT)
    approve(case.id, by=world.officer("chairman"), at=AT)
    publish_result(case.id, by=world.officer("registrar"), at=AT)
    return history


def event(name: str) -> EventRecord:
    return EventRecord.objects.get(name=f"cases.{name}")


def lying() -> str:
    (kept,) = Note.objects.values_list("text", flat=True)
    return kept if isinstance(kept, str) else kept.kept


def rotate_all() -> int:
    return sum(rotate(one, progress=lambda _done, _total: None).renewed for one in every_column())


def opened() -> list[Any]:
    """What the proofs of both events open, without the head, which grows."""
    proofs = [
        proof_of(event("DecisionProposed").id, opened=[TEXT]),
        proof_of(event("ResultPublished").id, opened=[FACTS]),
    ]
    return [(proof["entry"], proof["opened"]) for proof in proofs if proof]


def test_words_are_sealed_as_they_were_said_and_stay_so_under_another_key(decided: History, data_keys: Path) -> None:
    decided.seal()
    before = opened()
    assert WORDS in str(before)
    assert decided.verify().findings == []
    name = add_key(data_keys)
    assert not is_current(lying())
    assert rotate_all() >= 3
    data_keys.write_text("".join(line for line in data_keys.read_text().splitlines(True) if line.startswith(name)))
    assert is_current(lying())
    assert (decided.verify().findings, opened()) == ([], before)


def test_what_lay_open_when_it_was_sealed_is_closed_and_stays_what_it_was(decided: History) -> None:
    said = event("ResultPublished").facts["result"]
    decided.sql(f"UPDATE cases_note SET text = '{WORDS}'")
    decided.sql(f"""UPDATE cases_result SET facts = '{{"name": "Bảo An"}}' WHERE id = '{said}'""")
    decided.seal()
    before = opened()
    assert not is_encrypted(lying())
    assert rotate_all() == 2
    assert rotate_all() == 0
    assert is_current(lying())
    assert (decided.verify().findings, opened()) == ([], before)


@pytest.mark.parametrize("text", ["e1:00000000:AAAA", "Lời khác"])
def test_words_that_were_changed_are_named(decided: History, text: str) -> None:
    decided.seal()
    decided.sql(f"UPDATE cases_note SET text = '{text}'")
    assert decided.found() == {("CHANGED", str(event("DecisionProposed").id), (TEXT,))}
    proof = proof_of(event("DecisionProposed").id, opened=["facts.code"])
    assert proof
    assert [key for key, _value, _salt in proof["opened"]] == ["facts.code"]


def test_a_result_that_was_changed_is_named(decided: History) -> None:
    decided.seal()
    decided.sql("UPDATE cases_result SET facts = to_jsonb(replace(facts #>> '{}', 'e1:', 'e1:0'))")
    assert decided.found() == {("CHANGED", str(event("ResultPublished").id), (FACTS,))}


def test_nothing_is_sealed_that_cannot_be_read(decided: History) -> None:
    kept = lying()
    decided.sql("UPDATE cases_note SET text = 'e1:00000000:AAAA'")
    with pytest.raises(NotReadable, match=r"note\.text"):
        decided.seal()
    decided.sql(f"UPDATE cases_note SET text = '{kept}'")
    assert decided.seal() == EventRecord.objects.count()
    assert decided.verify().findings == []


def test_words_that_were_erased_leave_nothing_and_all_proofs_valid(decided: History, data_keys: Path) -> None:
    decided.seal()
    before = opened()
    by = decided.world.officer("administrator")
    erase_on_request(event("DecisionProposed").id, TEXT, ground="Quyết định 12/QĐ-UBND", by=by, at=now())
    assert lying() == ""
    add_key(data_keys)
    rotate_all()
    decided.seal()
    verdict = decided.verify()
    assert (verdict.findings, [one.key for one in verdict.erasures]) == ([], [TEXT])
    (words, gone), result = opened()
    assert (words, gone, result) == (before[0][0], [], before[1])
