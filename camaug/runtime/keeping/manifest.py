"""What a backup says of itself: `manifest.json` beside `SHA256SUMS`, `database.dump`, `files/` and `history/`.

The dump and the files lie encrypted under the data keys (`kernel.files.sealed`): the files as they lie in the store. In
a backup from before both lie open, and there is no list: a file is checked by its name.
"""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, Self

LIST, DUMP, FILES, HISTORY, MANIFEST = "SHA256SUMS", "database.dump", "files", "history", "manifest.json"
CHUNK = 1 << 20


class Readable(Protocol):
    """Whatever gives bytes."""

    def read(self, size: int, /) -> bytes: ...


class NoBackup(Exception):
    """A folder that is no whole backup; the message says why."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """`files` counts stored files, `bytes` their size; `lost` names those that the store no longer had whole.

    `keys` are the ids of the data keys without which it cannot be read: those of its files, and all that the
    installation held, since rows in the dump may be under any of them.
    """

    made_at: datetime
    server: str
    dump_sha256: str
    files: int
    bytes: int
    lost: tuple[str, ...] = ()
    list_sha256: str = ""
    keys: tuple[str, ...] = ()

    @property
    def sealed(self) -> bool:
        """Whether it lies encrypted; one from before does not."""
        return bool(self.list_sha256)

    def write(self, folder: Path) -> None:
        """Put it into the folder, on disk when this returns."""
        content = {**asdict(self), "made_at": self.made_at.isoformat()}
        with (folder / MANIFEST).open("w") as file:
            json.dump(content, file, indent=2)
            file.flush()
            os.fsync(file.fileno())

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The manifest of a whole backup whose dump and list are as they were written; NoBackup otherwise."""
        told = cls.read_alone(folder)
        _refuse_damage(folder / DUMP, told.dump_sha256)
        if told.sealed:
            _refuse_damage(folder / LIST, told.list_sha256)
        return told

    @classmethod
    def read_alone(cls, folder: Path) -> Self:
        """What it says, without looking whether it is so."""
        try:
            content = json.loads((folder / MANIFEST).read_text())
            return cls(
                made_at=datetime.fromisoformat(content["made_at"]),
                server=content["server"],
                dump_sha256=content["dump_sha256"],
                files=content["files"],
                bytes=content["bytes"],
                lost=tuple(content["lost"]),
                list_sha256=content.get("list_sha256", ""),
                keys=tuple(content.get("keys", ())),
            )
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as slip:
            raise NoBackup(f"{folder} holds no whole backup: its {MANIFEST} cannot be read.") from slip


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return digest_of_open(file)


def digest_of_open(file: Readable) -> str:
    """SHA-256 of what is left to read."""
    digest = hashlib.sha256()
    while chunk := file.read(CHUNK):
        digest.update(chunk)
    return digest.hexdigest()


def _refuse_damage(path: Path, sha256: str) -> None:
    if not path.is_file() or digest_of(path) != sha256:
        raise NoBackup(f"{path} is not what was written: the backup is damaged.")
