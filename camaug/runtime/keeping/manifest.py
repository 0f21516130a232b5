"""What a backup says of itself: `manifest.json` beside `database.dump`, `files/` and `history/`, the sealed tree."""

import hashlib
import json
import os
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Self

DUMP, FILES, HISTORY, MANIFEST = "database.dump", "files", "history", "manifest.json"
_CHUNK = 1 << 20


class NoBackup(Exception):
    """A folder that is no whole backup; the message says why."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """`files` counts stored files, `bytes` their size; `lost` names those that the store no longer had whole."""

    made_at: datetime
    server: str
    dump_sha256: str
    files: int
    bytes: int
    lost: tuple[str, ...] = ()

    def write(self, folder: Path) -> None:
        """Put it into the folder, on disk when this returns."""
        content = {**asdict(self), "made_at": self.made_at.isoformat()}
        with (folder / MANIFEST).open("w") as file:
            json.dump(content, file, indent=2)
            file.flush()
            os.fsync(file.fileno())

    @classmethod
    def read(cls, folder: Path) -> Self:
        """The manifest of a whole backup whose dump is as it was written; NoBackup otherwise."""
        try:
            content = json.loads((folder / MANIFEST).read_text())
            told = cls(
                made_at=datetime.fromisoformat(content["made_at"]),
                server=content["server"],
                dump_sha256=content["dump_sha256"],
                files=content["files"],
                bytes=content["bytes"],
                lost=tuple(content["lost"]),
            )
        except (OSError, ValueError, KeyError, TypeError) as slip:
            raise NoBackup(f"{folder} holds no whole backup: its {MANIFEST} cannot be read.") from slip
        if not (folder / DUMP).is_file() or digest_of(folder / DUMP) != told.dump_sha256:
            raise NoBackup(f"{folder / DUMP} is not what was written: the backup is damaged.")
        return told


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
