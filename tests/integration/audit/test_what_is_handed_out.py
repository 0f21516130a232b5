"""A citizen's proof is checked by a stranger with one file and no network; machines read heads and tiles."""

import json
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from camaug.access.models import Account
from camaug.audit import keys, merkle
from camaug.audit.checker import check_history
from camaug.audit.models import Head
from camaug.audit.notes import Checkpoint, Note
from camaug.audit.witness.judging import Shown, judge
from camaug.audit.witness.memory import Memory
from camaug.kernel.clock import now
from camaug.kernel.outgoing.asking import ask
from tests.applications import carry, send_birth
from tests.integration.audit.conftest import History, RunningWitness, show_to_witnesses
from tests.sessions import enter

pytestmark = pytest.mark.django_db(transaction=True)


def stranger(proof: Path, *words: str) -> tuple[int, str]:
    """What a stranger sees who has only Python: neither our packages nor our folder."""
    checker = Path(check_history.__file__)
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(checker), str(proof), *words], capture_output=True, text=True, check=False
    )
    assert not done.stderr
    return done.returncode, done.stdout


@pytest.fixture
def handed_out(history: History, witnessed: RunningWitness, tmp_path: Path) -> tuple[Path, list[str], dict[str, Any]]:
    """The mother's proof as she downloads it, and the keys by which it is checked."""
    case = carry(history.world, send_birth(history.world), to="RETURN")
    mother = Client()
    enter(mother, Account.objects.get(pk=history.world.citizens["mother"]))
    early = mother.get(f"/my-cases/{case.pk}/proof/")
    assert "Nhật ký đang được niêm phong" in early.content.decode()
    history.seal()
    assert show_to_witnesses() == 1
    got = mother.get(f"/my-cases/{case.pk}/proof/")
    assert got.status_code == 200
    file = tmp_path / "proof.json"
    file.write_bytes(got.content)
    words = ["--key", str(keys.signer().verifier), "--witness", witnessed.key]
    return file, words, json.loads(got.content)


def test_a_stranger_checks_it_offline(handed_out: tuple[Path, list[str], dict[str, Any]]) -> None:
    file, words, told = handed_out
    status, said = stranger(file, *words)
    assert status == 0, said
    assert f"HOLDS: {len(told['proofs'])} events of {told['case']}" in said
    assert "cases.CaseGranted" in said
    assert told["case"] in said


def test_no_name_of_a_person_is_handed_out(handed_out: tuple[Path, list[str], dict[str, Any]]) -> None:
    text = handed_out[0].read_text()
    assert "actor_name" in text  # committed to
    assert not {key for proof in handed_out[2]["proofs"] for key, _value, _salt in proof["opened"]} & {"actor_name"}


def forge(told: dict[str, Any], change: str) -> None:
    proof = told["proofs"][2]
    if change == "value":
        proof["opened"][0][1] = "another"
    elif change == "entry":
        proof["entry"] = proof["entry"].replace("cases.", "cases.X")
    elif change == "index":
        proof["index"] += 1
    elif change == "path":
        proof["path"] = proof["path"][:-1]
    elif change == "head":
        proof["head"] = proof["head"].replace("\n", "\n1", 1)
    elif change == "root":
        proof["head"] = proof["head"].replace(proof["head"].split("\n")[2], b64encode(bytes(32)).decode())
    elif change == "signature":
        proof["head"] = "\n".join(line for line in proof["head"].split("\n") if not line.startswith("— localhost"))
    elif change == "nothing there":
        del proof["opened"]


FORGERIES = ("value", "entry", "index", "path", "head", "root", "signature", "nothing there")


def test_no_forged_one_holds(handed_out: tuple[Path, list[str], dict[str, Any]], tmp_path: Path) -> None:
    file, words, told = handed_out
    other = str(Memory(tmp_path / "other").signer(words[1].split("+")[0]).verifier)
    answers = {
        "key": stranger(file, "--key", other),
        "witness": stranger(file, *words[:3], other),
        "file": stranger(tmp_path / "not there", *words),
    }
    for change in FORGERIES:
        forged = deepcopy(told)
        forge(forged, change)
        file.write_text(json.dumps(forged))
        answers[change] = stranger(file, *words)
    assert {change: status for change, (status, _said) in answers.items()} == dict.fromkeys(answers, 1)
    assert all(said.startswith("DOES NOT HOLD") for _status, said in answers.values())


def test_machines_read_heads_and_tiles(history: History, client: Client) -> None:
    assert client.get("/history/checkpoint").headers["Location"] == "/history/"
    send_birth(history.world)
    size = history.seal()
    head = Checkpoint.parse(Note.parse(client.get("/history/checkpoint").content.decode()).text)
    assert head.size == size
    assert client.get(f"/history/checkpoint/{size}").content == client.get("/history/checkpoint").content
    tile = client.get(f"/history/tile/0/000.p/{size}").content
    assert client.get("/history/tile/0/000.p/1").content == tile[:32]
    hashes = [tile[at : at + 32] for at in range(0, len(tile), 32)]
    assert head.root == merkle.root(size, lambda level, at: merkle.subtree(hashes[at << level : (at + 1) << level]))
    for wrong in ("tile/0/001", "tile/9/000", "tile/0/..", "tile/0/000.p/256", "tile/0/%2e%2e/seal-key"):
        assert client.get(f"/history/{wrong}").status_code == 404
    assert "def main" in client.get("/history/check_history.py").content.decode()


def test_the_page_shows_heads_witnesses_and_the_tail(
    history: History, witnessed: RunningWitness, client: Client
) -> None:
    assert "Chưa có lần niêm phong nào." in client.get("/history/").content.decode()
    send_birth(history.world)
    history.seal()
    show_to_witnesses()
    send_birth(history.world)
    page = client.get("/history/").content.decode()
    assert bytes(Head.objects.get().root).hex() in page
    assert witnessed.key.replace("+", "&#43;") in page or witnessed.key in page
    assert "đang chờ niêm phong" in page


def test_a_witness_speaks_the_protocol(
    history: History, begin_witness: Callable[..., RunningWitness], tmp_path: Path
) -> None:
    """Answers of tlog-witness, with a real process; and its memory outlives it."""
    key = keys.signer()
    witness = begin_witness(tree=str(key.verifier))

    def show(size: int, root: bytes, old: int, path: tuple[bytes, ...] = (), by: Any = key) -> tuple[int, str]:
        text = str(Checkpoint(by.name, size, root))
        note = Note(text, (by.sign(text, at=now()).rstrip("\n"),))
        reply = ask("POST", f"{witness.address}/add-checkpoint", str(Shown(old, path, note)).encode())
        return reply.status, reply.body.decode()

    one, two = merkle.leaf_hash(b"1"), merkle.leaf_hash(b"2")
    both = merkle.node_hash(one, two)
    assert show(1, one, 0)[0] == 200
    assert show(1, one, 0) == (409, "1\n")
    assert show(1, one, 1)[0] == 200
    assert show(2, both, 1, (one,))[0] == 422
    assert show(2, both, 3, (two,))[0] == 400
    assert show(2, both, 1, (two,))[0] == 200
    stranger_ = Memory(tmp_path / "stranger").signer(key.name)
    assert show(2, both, 2, by=stranger_)[0] == 403
    unknown = Memory(tmp_path / "unknown").signer("nobody.example/history")
    assert show(2, both, 0, by=unknown)[0] == 404
    for nonsense in (b"", b"old x\n\n", b"\xff\xfe", b"old 0\n!\n\nnote\n", b"old 0\n" + b"AAAA\n" * 64 + b"\nnote"):
        assert ask("POST", f"{witness.address}/add-checkpoint", nonsense).status == 400
    witness.process.kill()
    witness.process.wait()
    again = begin_witness()
    assert again.key == witness.key
    assert Memory(witness.folder).last(key.name)
    verdict = judge("old 0\n\nx", memory=Memory(witness.folder), signer=stranger_, at=now())
    assert verdict.status == 400
