"""A file that lies encrypted: a head with its own key, wrapped under a data key, then chunks of AES-256-GCM.

Chunk n is encrypted with the nonce n, and says whether it is the last: none can be changed, exchanged or cut off. A
file without the head is one from before and is read as it lies.
"""

import io
from collections.abc import Iterator
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from camaug.kernel.encryption import NotDecrypted, is_current, renewed, unwrap, wrap

MAGIC = b"CMG1"
HEAD = 256
CHUNK = 1 << 16
_TAG = 16


def sealing(content: Iterator[bytes], *, about: str) -> Iterator[bytes]:
    """The bytes of the file as it will lie on the disk."""
    key = AESGCM.generate_key(256)
    yield _head(wrap(key, about=about))
    cipher, number = AESGCM(key), 0
    held = b""
    for octets in content:
        held += octets
        while len(held) > CHUNK:
            yield cipher.encrypt(_nonce(number), held[:CHUNK], b"")
            held, number = held[CHUNK:], number + 1
    yield cipher.encrypt(_nonce(number), held, b"last")


def opened(raw: IO[bytes], *, about: str) -> IO[bytes]:
    """The content of what lies there, to be read and sought in; NotDecrypted where it was changed or cannot be read."""
    wrapped = wrapped_key(raw)
    if wrapped is None:
        raw.seek(0)
        return raw
    return io.BufferedReader(_Opened(raw, unwrap(wrapped, about=about)), CHUNK)


def wrapped_key(raw: IO[bytes]) -> str | None:
    """The file's own key, wrapped; None for a file that lies open."""
    raw.seek(0)
    head = raw.read(HEAD)
    if len(head) < HEAD or not head.startswith(MAGIC):
        return None
    return head[len(MAGIC) :].rstrip(b"\n").decode(errors="replace")  # a damaged one is told when it is unwrapped


def head_under_writing_key(wrapped: str, *, about: str) -> bytes | None:
    """The head for the same content under the writing key; None where it is under it already."""
    return None if is_current(wrapped) else _head(renewed(wrapped, about=about))


class _Opened(io.RawIOBase):
    """Reads the chunks of a sealed file."""

    def __init__(self, raw: IO[bytes], key: bytes) -> None:
        self._raw, self._cipher = raw, AESGCM(key)
        end = raw.seek(0, io.SEEK_END) - HEAD
        self._last = max(0, (end - 1) // (CHUNK + _TAG))
        self._size = end - (self._last + 1) * _TAG
        self._at = 0
        if self._size < 0:
            raise NotDecrypted("The file was cut off.")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        begin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, begin + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: Any) -> int:
        if self._at >= self._size and self._size:
            return 0
        number, inside = divmod(self._at, CHUNK)
        octets = self._chunk(number)[inside : inside + len(buffer)]
        buffer[: len(octets)] = octets
        self._at += len(octets)
        return len(octets)

    def close(self) -> None:
        self._raw.close()
        super().close()

    def _chunk(self, number: int) -> bytes:
        self._raw.seek(HEAD + number * (CHUNK + _TAG))
        said = b"last" if number == self._last else b""
        try:
            return self._cipher.decrypt(_nonce(number), self._raw.read(CHUNK + _TAG), said)
        except InvalidTag as slip:
            raise NotDecrypted("The file was changed or cut off.") from slip


def _head(wrapped: str) -> bytes:
    head = MAGIC + wrapped.encode()
    if len(head) >= HEAD:
        raise ValueError("the wrapped key is too long for the head")
    return head.ljust(HEAD, b"\n")


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")
