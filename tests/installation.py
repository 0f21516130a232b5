"""One installation a run, loaded by the command into a folder that holds but keys: dear, so it is made once.

Those who serve the province restore the dump, with the files and parcels that the demonstration brings; the tests of the
command go on with the folder itself.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from camaug.runtime.postgres.locks import opened
from camaug.runtime.postgres.server import running
from camaug.runtime.postgres.software import client

KEYS = ("secret-key", "data-keys")
BROUGHT = "demo-post.json"


@dataclass(frozen=True)
class Installation:
    """A folder DATA with an embedded database; what its first command printed; a dump from before anybody used it."""

    folder: Path

    @property
    def data(self) -> Path:
        """The folder that the command was told."""
        return self.folder / "data"

    @property
    def printed(self) -> str:
        """What `camaug stats` told."""
        return (self.folder / "printed").read_text(encoding="utf-8")

    @property
    def progress(self) -> str:
        """What it said meanwhile."""
        return (self.folder / "progress").read_text(encoding="utf-8")

    @property
    def dump(self) -> Path:
        """The whole database."""
        return self.folder / "dump"


@pytest.fixture(scope="session")
def installation(testrun_uid: str) -> Installation:
    """Loaded by whoever comes first, with the keys of the run: what is closed in its dump, every process opens."""
    run = Path(os.environ["DATA"])
    made = Installation(run / f"installation-{testrun_uid}")
    with opened(run / "installation.lock") as lock:
        lock.own()
        if not made.dump.exists():
            _load(made, run)
    return made


def environment(data: Path, **more: str) -> dict[str, str]:
    """For a command on that folder, with its own database."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DATA")}
    return {**kept, "DATA": str(data), **more}


def _load(made: Installation, run: Path) -> None:
    shutil.rmtree(made.folder, ignore_errors=True)
    made.data.mkdir(parents=True)
    for key in KEYS:
        shutil.copy(run / key, made.data)
    with (made.folder / "printed").open("w") as printed, (made.folder / "progress").open("w") as progress:
        command = [sys.executable, "-m", "camaug.runtime", "stats"]
        done = subprocess.run(command, env=environment(made.data), check=False, stdout=printed, stderr=progress)
    assert done.returncode == 0, made.progress
    shutil.copytree(made.data / "files", run / "files", dirs_exist_ok=True)
    shutil.copy(made.data / BROUGHT, run)
    unfinished = made.dump.with_suffix(".unfinished")
    with running(made.data) as address:
        dump: list[str | Path] = [client("pg_dump"), "--format=custom", "--compress=0", "--file", unfinished, address]
        subprocess.run(dump, check=True)
    unfinished.rename(made.dump)
