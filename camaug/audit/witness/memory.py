"""What a witness remembers: its key and, for each tree, that tree's key and the last head. In a folder of its own."""

import base64
import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from camaug.audit.notes import WITNESS, Checkpoint, Note, Signer, Verifier

_KEY, _TREES = "key", "trees"


@dataclass(frozen=True, slots=True)
class Memory:
    """The folder; what is in it survives a crash at any point."""

    folder: Path

    def signer(self, name: str) -> Signer:
        """The witness's own key, made at the first asking."""
        kept = self.folder / _KEY
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not kept.exists():
            _put(kept, base64.b64encode(os.urandom(32)).decode())
        return Signer.from_seed(name, base64.b64decode(kept.read_text()), WITNESS)

    def know(self, tree: Verifier) -> None:
        """Bear witness for that tree from now on; one that is known keeps its head."""
        place = self._place(tree.name)
        place.mkdir(parents=True, exist_ok=True)
        _put(place / _KEY, str(tree))

    def tree(self, origin: str) -> Verifier | None:
        """The key of a known tree."""
        kept = self._place(origin) / _KEY
        return Verifier.parse(kept.read_text()) if kept.exists() else None

    def last(self, origin: str) -> Note | None:
        """The last head that was signed, with the tree's own signature."""
        kept = self._place(origin) / "head"
        return Note.parse(kept.read_text()) if kept.exists() else None

    @contextmanager
    def turn(self, origin: str) -> Iterator[Checkpoint | None]:
        """The last head, while nobody else can put another in its place."""
        with (self._place(origin) / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            last = self.last(origin)
            yield Checkpoint.parse(last.text) if last else None

    def remember(self, origin: str, head: Note) -> None:
        """Inside a turn, before anything is signed."""
        _put(self._place(origin) / "head", str(head))

    def _place(self, origin: str) -> Path:
        return self.folder / _TREES / hashlib.sha256(origin.encode()).hexdigest()[:16]


def _put(target: Path, text: str) -> None:
    """On disk, whole, when this returns."""
    new = target.with_suffix(".new")
    with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        out.write(text)
        out.flush()
        os.fsync(out.fileno())
    new.replace(target)
    handle = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
