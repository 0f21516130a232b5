"""Whoever has the database's password can change what happened, and it is found and named."""

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from camaug.audit import keys
from camaug.audit.entries import Opening
from camaug.audit.models import Head, SealedEvent
from camaug.kernel.dispatch import drain
from camaug.kernel.ids import uuid7
from camaug.kernel.models import EventRecord
from tests.applications import carry, send_birth
from tests.integration.audit.conftest import History, RunningWitness, show_to_witnesses
from tests.kept_rows import Kept, keep
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


@dataclass
class Past:
    """What the first test has made, for those after it: the rows with who is in them, and the key with the files of
    history and witness.
    """

    folder: Path
    rows: Kept | None = None
    world: World | None = None


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Past:
    return Past(tmp_path_factory.mktemp("past"))


@pytest.fixture
def before(history: History, past: Past) -> History:
    """As the first test left it, before anybody looks at the key."""
    if not past.rows or not past.world:
        return history
    past.rows.lay()
    shutil.rmtree(history.folder)
    shutil.copytree(past.folder, history.folder)
    return replace(history, world=past.world)


@pytest.fixture
def sealed(before: History, witnessed: RunningWitness, past: Past) -> History:
    """Three cases of which one was decided, all sealed under two heads and witnessed."""
    if not past.rows:
        carry(before.world, send_birth(before.world), to="RETURN")
        for _ in range(2):
            send_birth(before.world)
        drain()
        before.seal(batch=EventRecord.objects.count() // 2 + 1)
        assert Head.objects.count() == 2
        assert show_to_witnesses() == 1
        shutil.copytree(before.folder, past.folder, dirs_exist_ok=True)
        past.rows, past.world = keep(past=True), before.world
    return before


def granted() -> EventRecord:
    return EventRecord.objects.get(name="cases.CaseGranted")


def test_what_nobody_touched_holds(sealed: History) -> None:
    told = sealed.verify()
    assert told.findings == []
    assert told.size == told.witnessed == EventRecord.objects.count()
    assert (told.tail, told.tail_seconds, told.erasures, told.dated_before.events) == (0, 0, [], 0)


CHANGES = (
    ("actor_name = 'Nguyễn Văn Khác'", ("actor_name",)),
    ("actor_id = gen_random_uuid()", ("actor",)),
    ("at = at - interval '3 days'", ("at",)),
    ("recorded_at = recorded_at - interval '3 days'", ("recorded_at",)),
    ("facts = jsonb_set(facts, '{code}', '\"H12-1\"')", ("facts.code",)),
    ("facts = facts - 'code'", ("facts.code",)),
    ("facts = facts || '{\"more\": 1}'", ("facts.more",)),
    ("name = 'cases.CaseDenied'", ("name",)),
    ("post_id = gen_random_uuid(), unit_id = NULL", ("post", "unit")),
    ("subject_id = gen_random_uuid()", ("subject",)),
    ("origin = 'elsewhere'", ("origin",)),
    ("actor_kind = 'SYSTEM'", ("actor_kind",)),
)


def test_each_changed_event_is_named_with_what_was_changed(history: History) -> None:
    for _ in range(4):
        carry(history.world, send_birth(history.world), to="RETURN")
    history.seal()
    moves = EventRecord.objects.filter(name__startswith="cases.Case", actor_kind="STAFF", facts__has_key="code")
    events = list(moves.order_by("id")[: len(CHANGES)])
    assert len(events) == len(CHANGES)
    history.sql(
        *(
            f"UPDATE kernel_eventrecord SET {change} WHERE id = '{event.id}'"
            for event, (change, _what) in zip(events, CHANGES, strict=True)
        )
    )
    found = history.verify().findings
    assert [(one.kind, one.event, one.name, one.subject, one.what) for one in found] == [
        ("CHANGED", str(event.id), event.name, str(event.subject_id), what)
        for event, (_change, what) in zip(events, CHANGES, strict=True)
    ]


def test_a_deleted_event_is_named(sealed: History) -> None:
    event = granted()
    sealed.sql(f"DELETE FROM kernel_eventrecord WHERE id = '{event.id}'")
    assert sealed.found() == {("DELETED", str(event.id), ())}


def test_a_deleted_event_is_named_though_its_place_is_gone_too(sealed: History) -> None:
    event = granted()
    sealed.sql(
        f"DELETE FROM kernel_eventrecord WHERE id = '{event.id}'",
        f"DELETE FROM audit_sealedevent WHERE event_id = '{event.id}'",
    )
    assert sealed.found() == {("DELETED", str(event.id), ()), ("MOVED", str(event.id), ("place",))}


def forged_erasure(history: History, event: EventRecord, key: str, change: str) -> None:
    """What somebody with the database's password would do to change a value and pass it off as erased."""
    history.sql(
        "INSERT INTO kernel_eventrecord (id, name, subject_id, actor_kind, actor_name, origin, at, facts) VALUES"
        f" (gen_random_uuid(), 'audit.FactErased', '{event.id}', 'STAFF', 'Kẻ gian', '', now(), '{{\"key\": \"{key}\"}}')"
    )
    history.seal()
    place = SealedEvent.objects.get(event_id=event.id)
    told = [*(f"facts.{name}" for name in event.facts), "actor_name", "origin"]
    left = json.dumps(Opening.of(place.salt, place.opening).without(key, dict.fromkeys(told)))
    history.sql(
        f"UPDATE audit_sealedevent SET salt = NULL, opening = '{left}' WHERE event_id = '{event.id}'",
        f"UPDATE kernel_eventrecord SET {change} WHERE id = '{event.id}'",
    )


@pytest.mark.parametrize(
    ("key", "change"),
    [("facts.code", "facts = jsonb_set(facts, '{code}', 'null')"), ("actor_name", "actor_name = ''")],
)
def test_a_forged_erasure_of_what_the_law_keeps_is_a_change(sealed: History, key: str, change: str) -> None:
    event = granted()
    forged_erasure(sealed, event, key, change)
    show_to_witnesses()
    told = sealed.verify()
    assert [(one.kind, one.event, one.what) for one in told.findings] == [("CHANGED", str(event.id), (key,))]
    assert told.erasures == []


def test_a_forged_erasure_of_what_may_go_is_listed(sealed: History) -> None:
    event = granted()
    forged_erasure(sealed, event, "origin", "origin = ''")
    show_to_witnesses()
    told = sealed.verify()
    assert told.findings == []
    assert [(one.event, one.key, one.ground, one.by) for one in told.erasures] == [(event.id, "origin", "", "Kẻ gian")]


def inserted(columns: str, values: str) -> tuple[str, str]:
    event_id = str(uuid7())
    return event_id, (
        f"INSERT INTO kernel_eventrecord (id, name, subject_id, actor_kind, actor_name, origin, facts, {columns})"
        f" VALUES ('{event_id}', 'cases.CaseGranted', gen_random_uuid(), 'STAFF', 'Kẻ gian', '', '{{}}', {values})"
    )


def test_events_put_in_among_the_old_ones_are_named(sealed: History) -> None:
    ids = []
    for transaction in ("1", "2", "3", "(SELECT max(transaction::text) FROM kernel_eventrecord)"):
        event_id, statement = inserted("at, transaction", f"now() - interval '1 year', {transaction}::text::xid8")
        ids.append(f"00000000-0000-7000-8000-00000000000{len(ids)}")
        sealed.sql(statement.replace(f"'{event_id}'", f"'{ids[-1]}'"))
    assert sealed.found() == {("INSERTED", event_id, ()) for event_id in ids}


def test_an_event_put_in_the_place_of_another_is_named(sealed: History) -> None:
    event_id, statement = inserted("at, transaction", "now(), '3'")
    true = str(granted().id)
    sealed.sql(statement, f"UPDATE audit_sealedevent SET event_id = '{event_id}' WHERE event_id = '{true}'")
    kinds = {(kind, event) for kind, event, _what in sealed.found()}
    assert kinds == {("INSERTED", event_id), ("MOVED", true), ("INSERTED", true)}


def test_an_event_sealed_later_than_it_claims_to_be_written_is_named(sealed: History) -> None:
    event_id, statement = inserted("at, recorded_at", "now() - interval '2 days', now() - interval '2 days'")
    sealed.sql(statement)
    sealed.seal()
    assert sealed.found() == {("BACKDATED", event_id, ("recorded_at",))}


def test_an_event_dated_before_it_was_written_is_named(sealed: History) -> None:
    event_id, statement = inserted("at", "now() - interval '1 year'")
    sealed.sql(statement)
    sealed.seal()
    assert sealed.found() == {("BACKDATED", event_id, ("at",))}


def test_an_event_of_the_system_dated_like_what_it_follows_is_counted_apart(sealed: History) -> None:
    event_id, statement = inserted("at", "now() - interval '3 hours'")
    sealed.sql(statement.replace("'STAFF'", "'SYSTEM'"))
    sealed.seal()
    told = sealed.verify()
    assert told.findings == []
    assert (told.dated_before.events, [one.event for one in told.dated_before.first]) == (1, [event_id])


def test_nobody_lets_the_first_head_be_younger_to_date_events_before_it(sealed: History) -> None:
    first = Head.objects.order_by("size")[0].size
    _event_id, statement = inserted("at", "now() - interval '1 year'")
    sealed.sql(statement, f"UPDATE audit_head SET signed_at = now() + interval '1 year' WHERE size = {first}")
    sealed.seal()
    assert ("HEAD", "", ("time",)) in sealed.found()


def test_words_changed_beside_an_event_are_named(sealed: History) -> None:
    event = EventRecord.objects.get(name="cases.ResultPublished")
    sealed.sql(f"UPDATE cases_result SET signer_name = 'Người khác' WHERE id = '{event.facts['result']}'")
    assert sealed.found() == {("CHANGED", str(event.id), ("beside.result.signer",))}


def test_what_was_deleted_beside_an_event_is_named(sealed: History) -> None:
    published, received = (
        EventRecord.objects.get(name=f"cases.{name}", subject_id=granted().subject_id)
        for name in ("ResultPublished", "CaseReceived")
    )
    sealed.sql(
        f"DELETE FROM cases_result WHERE id = '{published.facts['result']}'",
        f"DELETE FROM cases_slip WHERE id = '{received.facts['slip']}'",
    )
    said = ("beside.result.facts", "beside.result.number", "beside.result.signer")
    assert sealed.found() == {
        ("DELETED", str(published.id), said),
        ("DELETED", str(received.id), ("beside.slip.facts",)),
    }


def test_places_that_were_exchanged_are_named(sealed: History) -> None:
    first, second = SealedEvent.objects.order_by("index")[:2]
    sealed.sql(
        "UPDATE audit_sealedevent SET index = -1 WHERE index = 0",
        "UPDATE audit_sealedevent SET index = 0 WHERE index = 1",
        "UPDATE audit_sealedevent SET index = 1 WHERE index = -1",
    )
    moved = {event for kind, event, _what in sealed.found() if kind == "MOVED"}
    assert moved == {str(first.event_id), str(second.event_id)}


def test_a_head_that_was_changed_is_named(sealed: History) -> None:
    first = Head.objects.order_by("size")[0]
    for column, value, what in (
        ("note", "replace(note, 'time', 'TIME')", "signature"),
        ("root", "decode(repeat('07', 32), 'hex')", "root"),
        ("note", "'no note'", "note"),
    ):
        sealed.sql(f"UPDATE audit_head SET {column} = {value} WHERE size = {first.size}")
        named = [one for one in sealed.verify().findings if one.index == first.size]
        assert what in {part for one in named for part in one.what}
        assert {one.kind for one in named} == {"HEAD"}


def test_a_head_that_was_deleted_breaks_the_chain(sealed: History) -> None:
    first = Head.objects.order_by("size")[0]
    sealed.sql("DELETE FROM audit_cosignature", f"DELETE FROM audit_head WHERE size = {first.size}")
    assert [(one.kind, one.what) for one in sealed.verify().findings] == [("HEAD", ("previous",))]


def test_all_heads_deleted_the_witness_still_knows(sealed: History) -> None:
    event = granted()
    sealed.sql("TRUNCATE audit_head CASCADE", f"DELETE FROM kernel_eventrecord WHERE id = '{event.id}'")
    assert ("DELETED", str(event.id), ()) in sealed.found()


def test_a_history_sealed_anew_with_the_same_key_is_refused_by_the_witness(
    sealed: History, witnessed: RunningWitness, settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """Even who holds database, files and key cannot pass off another history."""
    sealed.sql(
        "TRUNCATE audit_head CASCADE",
        "TRUNCATE audit_sealedevent",
        "DELETE FROM kernel_subscription WHERE name = 'audit.number'",
        f"DELETE FROM kernel_eventrecord WHERE id = '{granted().id}'",
    )
    settings.STORAGES = {
        **settings.STORAGES,
        "history": {**settings.STORAGES["history"], "OPTIONS": {"location": sealed.folder / "another"}},
    }
    send_birth(sealed.world)
    sealed.seal()
    assert show_to_witnesses() == 0
    assert "refuses" in caplog.text
    told = {(one.kind.value, one.what[0]) for one in sealed.verify().findings}
    assert told == {("WITNESS", "witness.example/one")}
    assert Head.objects.count() > 0


@pytest.mark.parametrize("file", ["tile/0/000.p", "tile/entries/000.p"])
def test_a_damaged_tree_is_named(sealed: History, file: str) -> None:
    (kept,) = (sealed.folder / "history" / file).iterdir()
    kept.chmod(0o600)
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 0xFF
    kept.write_bytes(content)
    assert "TREE" in {kind for kind, _event, _what in sealed.found()}


def test_a_witness_that_does_not_answer_is_told(sealed: History, witnessed: RunningWitness) -> None:
    witnessed.process.kill()
    witnessed.process.wait()
    assert sealed.found() == {("WITNESS", "", ("witness.example/one", "does not answer"))}


def test_the_age_of_what_is_not_sealed_is_told(sealed: History) -> None:
    send_birth(sealed.world)
    waiting = sealed.verify()
    assert waiting.tail > 0
    assert waiting.findings == []


def test_another_key_is_told(sealed: History) -> None:
    (sealed.folder / "seal-key").unlink()
    keys.make_key(sealed.folder / "seal-key")
    assert {what for _kind, _event, what in sealed.found()} >= {("signature",)}
