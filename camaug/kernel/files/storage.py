"""The folder of stored content, as a Django storage: a name stands for its bytes for ever, so it is written once."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO

from django.core.files import File
from django.core.files.storage import FileSystemStorage

from camaug.kernel.encryption import is_current
from camaug.kernel.files.sealed import CHUNK, HEAD, head_under_writing_key, opened, sealing, wrapped_key
from camaug.kernel.ownership import belong, make_folder

_PART = ".part-"


class WriteOnceFolder(FileSystemStorage):
    """A folder where a file is either whole or absent: temporary name, fsync, rename, fsync of the folder."""

    def get_available_name(self, name: str, max_length: int | None = None) -> str:  # noqa: ARG002 (Django's signature)
        """The name itself: the same name means the same bytes."""
        return name

    def names(self) -> Iterator[str]:
        """All that lies there whole, also what no row names: a transaction that was undone leaves its file."""
        root = Path(self.location)
        for path in root.glob("??/??/*"):
            if not path.name.startswith(_PART) and path.is_file():
                yield path.relative_to(root).as_posix()

    def _save(self, name: str, content: File) -> str:  # type: ignore[type-arg]
        self._lay_down(name, content.chunks())
        return name

    def _lay_down(self, name: str, octets: Iterable[bytes]) -> None:
        target = Path(self.path(name))
        if not target.exists():
            make_folder(target.parent)
            _write_whole(target, octets)


def _write_whole(target: Path, content: Iterable[bytes]) -> None:
    handle, temporary = tempfile.mkstemp(prefix=_PART, dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as out:
            for chunk in content:
                out.write(chunk)
            out.flush()
            os.fsync(out.fileno())
        os.chmod(temporary, 0o640)
        belong(Path(temporary), target if target.exists() else target.parent)
        os.replace(temporary, target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    _sync_folder(target.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class SealedFolder(WriteOnceFolder):
    """The same, where every file lies encrypted under a key of its own; files from before are read as they lie."""

    def _open(self, name: str, mode: str = "rb") -> File:  # type: ignore[type-arg]  # noqa: ARG002 (Django's signature)
        raw = self.lying(name)
        try:
            return File(opened(raw, about=_place(name)), name=name)
        except BaseException:
            raw.close()
            raise

    def _save(self, name: str, content: File) -> str:  # type: ignore[type-arg]
        return super()._save(name, _Sealing(content, _place(name)))

    def lying(self, name: str) -> IO[bytes]:
        """The octets as they lie on the disk: one version of the file, even while its key is renewed."""
        return Path(self.path(name)).open("rb")

    def is_closed(self, name: str) -> bool:
        """Whether the file lies encrypted."""
        with self.lying(name) as raw:
            return wrapped_key(raw) is not None

    def put_back(self, name: str, octets: Iterable[bytes]) -> None:
        """Lay down what `lying` gave of a closed file, without opening it."""
        self._lay_down(name, octets)

    def is_current(self, name: str) -> bool:
        """Whether the file lies closed and its key under the writing key."""
        with self.lying(name) as raw:
            wrapped = wrapped_key(raw)
        return wrapped is not None and is_current(wrapped)

    def renew(self, name: str) -> bool:
        """Put the file's key under the writing key, or close a file that lies open; whether there was something to do.

        The file is written anew beside itself and takes its own place: who is reading it goes on with the old one.
        """
        path = Path(self.path(name))
        with self.lying(name) as raw:
            wrapped = wrapped_key(raw)
            if wrapped is None:
                raw.seek(0)
                _write_whole(path, sealing(iter(lambda: raw.read(CHUNK), b""), about=_place(name)))
                return True
            head = head_under_writing_key(wrapped, about=_place(name))
            if head is not None:
                raw.seek(HEAD)
                _write_whole(path, chain([head], iter(lambda: raw.read(CHUNK), b"")))
            return head is not None


class _Sealing(File):  # type: ignore[type-arg]
    """Content that is encrypted while it is written."""

    def __init__(self, content: File, place: str) -> None:  # type: ignore[type-arg]
        super().__init__(content.file)
        self._content, self._place = content, place

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        return sealing(iter(self._content.chunks(chunk_size)), about=self._place)


def _place(name: str) -> str:
    return f"files:{name.replace(os.sep, '/')}"
