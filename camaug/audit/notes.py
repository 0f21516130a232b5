"""Signed notes and the two kinds of signature on them, as C2SP writes them (signed-note, tlog-cosignature).

A note is lines of text, an empty line, and a line `— name base64` a signature. A key is told to others as
`name+id+base64`: the first byte says of what kind it is, 1 for one who signs a text, 4 for one who bears witness.
"""

import base64
import binascii
import hashlib
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIGNER, WITNESS = 1, 4
_LINE = re.compile(r"— (?P<name>[^\s+]+) (?P<blob>[A-Za-z0-9+/=]+)")
_TIME = struct.Struct(">Q")
_ID = 4


class NotANote(ValueError):
    """The text is no signed note, or a key no key; the message says what is wrong."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key that others know by name."""

    name: str
    kind: int
    public: bytes

    @classmethod
    def parse(cls, text: str) -> Self:
        """From `name+id+base64`; NotANote."""
        name, _plus, rest = text.strip().partition("+")
        told, _plus, encoded = rest.partition("+")
        content = _decoded(encoded)
        if len(content) != 33 or content[0] not in (SIGNER, WITNESS):
            raise NotANote("the key is not one of Ed25519")
        made = cls(name, content[0], content[1:])
        if made.key_id.hex() != told or not name:
            raise NotANote("the key does not fit its name")
        return made

    @property
    def key_id(self) -> bytes:
        """Four bytes by which a signature names its key."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.kind]) + self.public).digest()[:_ID]

    def __str__(self) -> str:
        return f"{self.name}+{self.key_id.hex()}+{_encoded(bytes([self.kind]) + self.public)}"

    def has_signed(self, text: str, line: str) -> bool:
        """Whether the line is this key's signature of that text."""
        return self.signed_at(text, line) is not None

    def signed_at(self, text: str, line: str) -> datetime | None:
        """None where the line is not this key's good signature; the instant, which only a witness tells (else 1970)."""
        found = _LINE.fullmatch(line.rstrip("\n"))
        if not found or found["name"] != self.name:
            return None
        try:
            blob = _decoded(found["blob"])
            if blob[:_ID] != self.key_id:
                return None
            signature, seconds = blob[_ID:], 0
            if self.kind == WITNESS:
                seconds, signature = _TIME.unpack(signature[: _TIME.size])[0], signature[_TIME.size :]
                text = _witnessed(text, seconds)
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
            return datetime.fromtimestamp(seconds, UTC)
        except (NotANote, InvalidSignature, struct.error, OverflowError, ValueError):
            return None


@dataclass(frozen=True, slots=True)
class Signer:
    """A private key with its name."""

    name: str
    kind: int
    private: Ed25519PrivateKey

    @classmethod
    def from_seed(cls, name: str, seed: bytes, kind: int = SIGNER) -> Self:
        """From 32 bytes that are kept secret; NotANote."""
        if len(seed) != 32:
            raise NotANote("a key has 32 bytes")
        return cls(name, kind, Ed25519PrivateKey.from_private_bytes(seed))

    @property
    def verifier(self) -> Verifier:
        """What others need to check."""
        return Verifier(self.name, self.kind, self.private.public_key().public_bytes_raw())

    def sign(self, text: str, *, at: datetime) -> str:
        """The line that signs the text, with its line end; `at` is told by a witness only."""
        if self.kind == WITNESS:
            seconds = int(at.timestamp())
            signature = _TIME.pack(seconds) + self.private.sign(_witnessed(text, seconds).encode())
        else:
            signature = self.private.sign(text.encode())
        return f"— {self.name} {_encoded(self.verifier.key_id + signature)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text, which ends with a line end, and the lines that sign it."""

    text: str
    signatures: tuple[str, ...]

    @classmethod
    def parse(cls, whole: str) -> Self:
        """NotANote where there is no signature."""
        text, _gap, signatures = whole.rpartition("\n\n")
        lines = tuple(_lines(signatures))
        if not text or not lines or not all(_LINE.fullmatch(line) for line in lines):
            raise NotANote("there is no signature")
        return cls(text + "\n", lines)

    def __str__(self) -> str:
        return f"{self.text}\n" + "".join(f"{line}\n" for line in self.signatures)

    def is_by(self, key: Verifier) -> bool:
        """Whether that key has signed it."""
        return any(key.has_signed(self.text, line) for line in self.signatures)


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a tree as a note's text: whose, how many leaves, their root; further lines say more."""

    origin: str
    size: int
    root: bytes
    more: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """NotANote."""
        lines = list(_lines(text))
        if len(lines) < 3 or not lines[1].isascii() or not lines[1].isdigit() or str(int(lines[1])) != lines[1]:
            raise NotANote("the text is no head of a tree")
        root = _decoded(lines[2])
        if len(root) != 32:
            raise NotANote("the root has not 32 bytes")
        return cls(lines[0], int(lines[1]), root, tuple(lines[3:]))

    def __str__(self) -> str:
        return "".join(f"{line}\n" for line in (self.origin, str(self.size), _encoded(self.root), *self.more))


def _witnessed(text: str, seconds: int) -> str:
    return f"cosignature/v1\ntime {seconds}\n{text}"


def _lines(text: str) -> Iterator[str]:
    return iter(text.removesuffix("\n").split("\n")) if text else iter(())


def _encoded(content: bytes) -> str:
    return base64.b64encode(content).decode()


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as slip:
        raise NotANote("this is not base64") from slip
