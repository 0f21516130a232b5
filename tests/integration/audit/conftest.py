"""A history of real cases, sealed in a folder of its own, and a witness that runs as a process of its own."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection

from camaug.audit import keys
from camaug.audit.actions.ask_witnesses import ask_witnesses
from camaug.audit.actions.seal import seal
from camaug.audit.verifying.findings import Verdict
from camaug.audit.verifying.verify import verify
from camaug.kernel.clock import now
from camaug.kernel.dispatch import drain
from tests.database import address_of
from tests.world import World, build


@dataclass(frozen=True, slots=True)
class History:
    """A sealed history; `sql` is what somebody with the database's password can do."""

    world: World
    folder: Path

    def seal(self, batch: int = 2048) -> int:
        drain()
        size = 0
        while (sealed := seal(key=keys.signer(), at=now(), batch=batch)).new:
            size = sealed.size
        return size

    def verify(self, *, at: datetime | None = None) -> Verdict:
        return verify(
            key=keys.signer().verifier, witnesses=keys.witnesses(), at=at or now(), progress=lambda _done, _total: None
        )

    def found(self) -> set[tuple[str, str, tuple[str, ...]]]:
        return {(one.kind.value, one.event, one.what) for one in self.verify().findings}

    def sql(self, *statements: str, values: list[object] | None = None) -> None:
        with psycopg.connect(address_of(connection.settings_dict["NAME"])) as server:
            server.execute("SET session_replication_role = replica")  # no trigger stands in the way
            for statement in statements:
                server.execute(statement.encode(), values)


@pytest.fixture
def history(tmp_path: Path, settings: Any) -> History:
    settings.SEAL_KEY_FILE = str(tmp_path / "seal-key")
    settings.STORAGES = {
        **settings.STORAGES,
        "history": {**settings.STORAGES["history"], "OPTIONS": {"location": tmp_path / "history"}},
    }
    keys.make_key(tmp_path / "seal-key")
    return History(build(), tmp_path)


@dataclass(slots=True)
class RunningWitness:
    """A witness as `camaug witness` runs it."""

    folder: Path
    process: subprocess.Popen[str]
    key: str
    address: str

    @property
    def setting(self) -> str:
        return f"{self.address} {self.key}"


@pytest.fixture
def begin_witness(tmp_path: Path) -> Iterator[Callable[..., RunningWitness]]:
    begun: list[subprocess.Popen[str]] = []

    def begin(name: str = "witness.example/one", *, tree: str = "") -> RunningWitness:
        folder = tmp_path / name.replace("/", "-")
        command = [sys.executable, "-m", "camaug.runtime", "witness", str(folder), "--name", name, "--port", "0"]
        process = subprocess.Popen(
            [*command, *(("--tree", tree) if tree else ())], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        begun.append(process)
        assert process.stdout
        said = ""
        while not said.endswith("}\n"):
            line = process.stdout.readline()
            assert line, process.stderr.read() if process.stderr else ""
            said += line
        told = json.loads(said)
        return RunningWitness(folder, process, told["witness"], told["address"])

    yield begin
    for process in begun:
        process.kill()
        process.wait()


@pytest.fixture
def witnessed(
    history: History, begin_witness: Callable[..., RunningWitness], settings: Any
) -> Iterator[RunningWitness]:
    """The history under a witness's eye; nothing is sealed yet."""
    witness = begin_witness(tree=str(keys.signer().verifier))
    settings.WITNESSES = [witness.setting]
    return witness


def show_to_witnesses() -> int:
    return ask_witnesses(at=now() + timedelta(seconds=1))
