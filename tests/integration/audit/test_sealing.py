"""Events are sealed once each, in order, whatever dies in between; and what is erased leaves the proofs valid."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from camaug.audit import keys, merkle
from camaug.audit.actions.erase_fact import KeptByLaw, NotSealedYet, erase_fact
from camaug.audit.actions.number_events import number_events
from camaug.audit.actions.seal import NotTheSameHistory, seal
from camaug.audit.entries import sealed_entry
from camaug.audit.models import Head, SealedEvent
from camaug.audit.notes import Checkpoint, Note
from camaug.audit.queries import Erasure, latest_heads, proof_of, published, tail
from camaug.audit.shelf import Shelf
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.kernel.dispatch import drain
from camaug.kernel.errors import NotFound
from camaug.kernel.files.storage import WriteOnceFolder
from camaug.kernel.models import EventRecord
from camaug.runtime.keeping.backup import back_up
from tests.applications import carry, send_birth
from tests.integration.audit.conftest import History

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_event_has_one_place_in_the_order_of_reading(history: History) -> None:
    send_birth(history.world)
    drain()
    read = list(EventRecord.objects.extra(order_by=["transaction", "id"]).values_list("id", flat=True))
    assert list(SealedEvent.objects.order_by("index").values_list("index", "event_id")) == list(enumerate(read))
    with transaction.atomic():
        number_events(list(EventRecord.objects.all()))
    assert SealedEvent.objects.count() == len(read)


@pytest.mark.parametrize("batch", [1, 7, 2048])
def test_heads_are_signed_and_make_a_chain(history: History, batch: int) -> None:
    carry(history.world, send_birth(history.world), to="APPROVE")
    size = history.seal(batch)
    assert size == EventRecord.objects.count()
    shelf = Shelf()
    for head in Head.objects.all():
        note = Note.parse(head.note)
        told = Checkpoint.parse(note.text)
        assert note.is_by(keys.signer().verifier)
        assert (told.origin, told.size, told.root) == (keys.origin(), head.size, bytes(head.root))
        assert told.root == merkle.root(head.size, shelf.nodes(head.size))
    assert Head.objects.count() == -(-size // batch)
    assert latest_heads(1)[0].size == size
    assert published() == Head.objects.get(size=size).note
    assert history.verify().findings == []
    assert seal(key=keys.signer(), at=now()).new == 0


@pytest.mark.parametrize("after", ["first file", "all files"])
def test_a_sealer_that_dies_before_its_head_is_signed_leaves_nothing_wrong(history: History, after: str) -> None:
    carry(history.world, send_birth(history.world), to="APPROVE")
    drain()
    seal(key=keys.signer(), at=now(), batch=EventRecord.objects.count() // 2)
    size = Head.objects.order_by("-size")[0].size
    numbered = SealedEvent.objects.filter(index__gte=size).order_by("index")
    rows = EventRecord.objects.in_bulk([one.event_id for one in numbered])
    entries = [sealed_entry(rows[one.event_id], {"was.there": 1}, bytes(one.salt or b"")) for one in numbered]
    Shelf().grow(size, entries if after == "all files" else entries[:1])  # as written by one who died then
    history.seal()
    assert history.verify().findings == []


def test_what_does_not_go_on_from_the_signed_head_is_not_signed(history: History) -> None:
    send_birth(history.world)
    history.seal()
    (kept,) = (history.folder / "history/tile/0/000.p").iterdir()
    kept.chmod(0o600)
    content = bytearray(kept.read_bytes())
    content[0] ^= 1
    kept.write_bytes(content)
    send_birth(history.world)
    with pytest.raises(NotTheSameHistory):
        history.seal()


def test_only_one_seals_at_a_time(history: History) -> None:
    send_birth(history.world)
    drain()
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("BEGIN; SELECT pg_advisory_xact_lock(8470113)")
            assert seal(key=keys.signer(), at=now()).new == 0
            cursor.execute("ROLLBACK")  # a backend that is only hung up on lets go when it likes
    finally:
        other.close()
    assert seal(key=keys.signer(), at=now()).new > 0


def test_without_a_key_nothing_is_sealed(history: History) -> None:
    (history.folder / "seal-key").unlink()
    with pytest.raises(keys.NoKey):
        keys.signer()
    (history.folder / "seal-key").write_text("no key")
    with pytest.raises(keys.NoKey):
        keys.signer()


def granted(history: History) -> EventRecord:
    carry(history.world, send_birth(history.world), to="RETURN")
    return EventRecord.objects.get(name="cases.CaseGranted")


def test_a_value_is_erased_and_all_proofs_stay_valid(history: History) -> None:
    event, at, keys = granted(history), now(), ["actor_name", "facts.code", "origin"]
    with pytest.raises(NotFound):
        erase_fact(event.subject_id, "origin", why="test", by=SYSTEM, at=at)
    history.seal()
    before = proof_of(event.id, opened=keys)
    assert before
    for _ in range(2):
        erase_fact(event.id, "origin", why="test", by=SYSTEM, at=at)
    assert EventRecord.objects.get(pk=event.id).origin == ""
    assert EventRecord.objects.filter(name="audit.FactErased").count() == 1
    history.seal()
    told = history.verify()
    assert (told.findings, told.erasures) == ([], [Erasure(event.id, "origin", "test", SYSTEM.name, at)])
    after = proof_of(event.id, opened=keys)
    assert after
    assert after["entry"] == before["entry"]
    assert [sorted(one[0] for one in proof["opened"]) for proof in (before, after)] == [keys, keys[:2]]


@pytest.mark.parametrize("key", ["actor_name", "facts.code", "beside.result.facts"])
def test_what_the_law_keeps_is_not_erased(history: History, key: str) -> None:
    event = granted(history)
    history.seal()
    with pytest.raises(KeptByLaw):
        erase_fact(event.id, key, why="test", by=SYSTEM, at=now())
    assert history.verify().findings == []


def test_what_is_not_sealed_is_not_erased(history: History) -> None:
    event = granted(history)
    drain()
    with pytest.raises(NotSealedYet):
        erase_fact(event.id, "origin", why="test", by=SYSTEM, at=now())


def test_a_value_taken_out_without_saying_so_is_found(history: History) -> None:
    event = granted(history)
    history.seal()
    erase_fact(event.id, "origin", why="test", by=SYSTEM, at=now())
    history.sql("DELETE FROM kernel_eventrecord WHERE name = 'audit.FactErased'")
    assert history.found() == {("ERASED", str(event.id), ("origin",))}


def test_a_value_put_back_after_erasing_is_found(history: History) -> None:
    event = granted(history)
    history.seal()
    erase_fact(event.id, "origin", why="test", by=SYSTEM, at=now())
    history.seal()
    history.sql(f"UPDATE kernel_eventrecord SET origin = '192.0.2.7' WHERE id = '{event.id}'")
    assert history.found() == {("CHANGED", str(event.id), ("origin",))}


@pytest.mark.parametrize("change", [{"name": "cases.CaseDenied"}, {"facts": {"code": "another"}}, {"actor_name": "X"}])
def test_erasing_lets_nothing_else_through(history: History, change: dict[str, object]) -> None:
    event = granted(history)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('camaug.erasing', %s, true)", [str(event.id)])
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            EventRecord.objects.filter(pk=event.pk).update(**change)


def test_the_tail_is_counted(history: History) -> None:
    send_birth(history.world)
    events = EventRecord.objects.count()
    assert tail(at=now()).events == events
    drain()
    assert tail(at=now()).events == events
    history.seal()
    assert tail(at=now()).events == 0


def test_a_proof_names_its_entry_and_opens_only_what_is_asked(history: History, tmp_path: Path) -> None:
    event = granted(history)
    assert proof_of(event.id, opened=[]) is None
    history.seal()
    told = proof_of(event.id, opened=["facts.code", "no.such"])
    assert told
    entry = json.loads(told["entry"])
    assert (entry["id"], entry["name"]) == (str(event.id), "cases.CaseGranted")
    assert [(key, value) for key, value, _salt in told["opened"]] == [("facts.code", event.facts["code"])]
    assert event.actor_name not in json.dumps(told, ensure_ascii=False)


def test_a_backup_takes_the_tree_along(history: History, settings: Any) -> None:
    send_birth(history.world)
    history.seal()
    send_birth(history.world)
    size = history.seal()
    settings.HISTORY_ROOT = history.folder / "history"
    backup = back_up(history.folder / "shelf", at=now(), progress=lambda _done, _total: None)
    kept = Shelf(WriteOnceFolder(location=backup / "history"))
    assert merkle.root(size, kept.nodes(size)) == bytes(Head.objects.get(size=size).root)
