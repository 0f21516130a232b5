"""The stored files on their way into a backup: linked to the last one where it has the same octets, copied otherwise.

Copies are of backups only, never links to the store. A file's head holds its key, wrapped anew with a random nonce at
each rotation: files of the same name, head and size are the same.
"""

import hashlib
import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from django.core.files import File
from django.core.files.storage import storages

from camaug.kernel.encryption import NotDecrypted, is_current, key_of
from camaug.kernel.files.sealed import wrapped_key
from camaug.kernel.files.storage import SealedFolder
from camaug.kernel.files.store import name_of
from camaug.runtime.keeping.listing import Add, listed
from camaug.runtime.keeping.manifest import CHUNK, FILES, LIST, Manifest, NoBackup, digest_of, digest_of_open


class Before:
    """The files of the last backup, asked for in the order of their names; none where it is from before or damaged."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder or Path()
        self._lines = listed(folder) if folder and _can_be_linked(folder) else iter(())
        self._line = next(self._lines, None)

    def find(self, path: str) -> tuple[Path, str] | None:
        """The file of that path, and the digest of its octets."""
        while self._line and self._line[0] < path:
            self._line = next(self._lines, None)
        return (self._folder / path, self._line[1]) if self._line and self._line[0] == path else None


def _can_be_linked(folder: Path) -> bool:
    try:
        told = Manifest.read_alone(folder)
        return told.sealed and digest_of(folder / LIST) == told.list_sha256
    except (NoBackup, OSError):
        return False


@dataclass(slots=True)
class Copying:
    """`seen` files, `size` octets of those that were taken, the `keys` that they are under, and the `lost` ones."""

    folder: Path
    before: Path | None
    add: Add
    seen: int = 0
    size: int = 0
    keys: set[str] = field(default_factory=set)
    lost: list[str] = field(default_factory=list)
    _before: Before = field(init=False)
    _there: SealedFolder = field(init=False)

    def __post_init__(self) -> None:
        self._before = Before(self.before)
        self._there = SealedFolder(location=self.folder / FILES)

    def take(self, sha256: str) -> bool:
        """Whether the store still had the file, with the content that its name says."""
        self.seen += 1
        name = name_of(sha256)
        target = self.folder / FILES / name
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with _lying(name) as (raw, wrapped):
                digest = self._linked(name, raw, wrapped, target) or self._copied(name, raw, wrapped, target)
        except FileNotFoundError:
            return False
        if digest is None:
            target.unlink()
            return False
        self._note(name, target, digest)
        return True

    def _linked(self, name: str, raw: IO[bytes], wrapped: str | None, target: Path) -> str | None:
        found = self._before.find(f"{FILES}/{name}")
        if found is None or not _is_same(raw, wrapped, found[0]):
            return None
        try:
            os.link(found[0], target)
        except OSError:  # another disk, or as many links as there may be
            return None
        return found[1]

    def _copied(self, name: str, raw: IO[bytes], wrapped: str | None, target: Path) -> str | None:
        """The digest of the octets; None where their content is not what the name says."""
        raw.seek(0)
        if wrapped is None:
            self._there.save(name, File(raw))
            digest = digest_of(target)
        else:
            digest = _copy(raw, target)
        return digest if is_whole(self._there, name) else None

    def _note(self, name: str, target: Path, digest: str) -> None:
        self.add(f"{FILES}/{name}", digest)
        self.size += target.stat().st_size
        with target.open("rb") as raw:
            if (wrapped := wrapped_key(raw)) is not None:
                self.keys.add(key_of(wrapped))


def is_whole(folder: SealedFolder, name: str) -> bool:
    """Whether the file opens, and its content is what its name says."""
    try:
        with folder.open(name) as content:
            return digest_of_open(content) == name.rpartition("/")[2]
    except NotDecrypted:
        return False


@contextmanager
def _lying(name: str) -> Iterator[tuple[IO[bytes], str | None]]:
    """A stored file's octets, and its wrapped key where they lie closed."""
    store = storages["default"]
    if not isinstance(store, SealedFolder):
        with store.open(name, "rb") as content:
            yield content.open(), None
        return
    with store.lying(name) as raw:
        yield raw, wrapped_key(raw)


def _is_same(raw: IO[bytes], wrapped: str | None, old: Path) -> bool:
    """Whether the last backup's file has the octets that would be copied, or closed ones of what lies open here."""
    try:
        with old.open("rb") as kept:
            before = wrapped_key(kept)
            if wrapped is None or before is None:
                return before is not None and is_current(before)
            return before == wrapped and raw.seek(0, io.SEEK_END) == kept.seek(0, io.SEEK_END)
    except FileNotFoundError:
        return False


def _copy(raw: IO[bytes], target: Path) -> str:
    digest = hashlib.sha256()
    with target.open("wb") as out:
        while chunk := raw.read(CHUNK):
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest()
