"""Signed notes: what others publish is read, what we sign is checked, and nothing else is."""

from datetime import UTC, datetime

import pytest

from camaug.audit.notes import SIGNER, WITNESS, Checkpoint, NotANote, Note, Signer, Verifier

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
KEY = Signer.from_seed("camau.example/history", bytes(range(32)))
OTHER = Signer.from_seed("camau.example/history", bytes(32))
HEAD = Checkpoint("camau.example/history", 42, b"\x07" * 32, ("time 2026-03-02T09:00:00+00:00",))

# The example of the Go checksum database, whose key is public: golang.org/x/mod/sumdb/note
GO_KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
GO_NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_a_note_of_others_is_read() -> None:
    note, key = Note.parse(GO_NOTE), Verifier.parse(GO_KEY)
    assert note.is_by(key)
    assert str(note) == GO_NOTE
    assert str(key) == GO_KEY
    assert not Note.parse(GO_NOTE.replace("answer", "Answer")).is_by(key)


@pytest.mark.parametrize("kind", [SIGNER, WITNESS])
def test_what_is_signed_is_checked(kind: int) -> None:
    key = Signer.from_seed("a.example", bytes(range(32)), kind)
    line = key.sign(str(HEAD), at=AT)
    public = Verifier.parse(str(key.verifier))
    assert public.has_signed(str(HEAD), line)
    assert public.signed_at(str(HEAD), line) == (AT if kind == WITNESS else datetime.fromtimestamp(0, UTC))
    assert not public.has_signed(str(HEAD) + "more\n", line)
    assert not Signer.from_seed("a.example", bytes(32), kind).verifier.has_signed(str(HEAD), line)
    assert not Signer.from_seed("b.example", bytes(range(32)), kind).verifier.has_signed(str(HEAD), line)
    other = WITNESS if kind == SIGNER else SIGNER
    assert not Signer.from_seed("a.example", bytes(range(32)), other).verifier.has_signed(str(HEAD), line)


@pytest.mark.parametrize(
    "line",
    ["", "— a.example", "— a.example AAAA", "— a.example !!!!", "- a.example AAAAAAAA", "— a.example " + "A" * 200],
)
def test_what_is_no_signature_proves_nothing(line: str) -> None:
    for kind in (SIGNER, WITNESS):
        assert not Signer.from_seed("a.example", bytes(32), kind).verifier.has_signed("text\n", line)


def test_a_head_is_read_back() -> None:
    assert Checkpoint.parse(str(HEAD)) == HEAD


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a\n",
        "a\n1\n",
        "a\n-1\n" + "A" * 43 + "=\n",
        "a\n01\n" + "A" * 43 + "=\n",
        "a\n²\n" + "A" * 43 + "=\n",
        "a\n1\nAAAA\n",
        "a\n1\n?\n",
    ],
)
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(NotANote):
        Checkpoint.parse(text)


@pytest.mark.parametrize("text", ["", "text\n", "text\n\n", "text\n\nno signature\n", "\n\n— a AAAA"])
def test_what_is_no_note_is_refused(text: str) -> None:
    with pytest.raises(NotANote):
        Note.parse(text)


@pytest.mark.parametrize("text", ["", "a", "a+00000000", "a+00000000+AAAA", GO_KEY.replace("Peter", "Pieter")])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(NotANote):
        Verifier.parse(text)
