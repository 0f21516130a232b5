"""Values that lie encrypted in the database: AES-256-GCM under a key that lies in a file outside it.

    totp.secret = encrypt(secret, about=f"access.totp.secret:{totp.id}")
    secret = decrypt(totp.secret, about=f"access.totp.secret:{totp.id}")

The file has one key a line, `id secret`; the first one writes, every one reads. A ciphertext names its key and fits
only what it is `about`, so that nobody with the database alone can read it or put it in another one's place.
`renewed` brings it under the writing key: `camaug keys rotate` does so with all that is registered in `rotation`.
"""

import base64
import binascii
import hmac
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from camaug.kernel import secret_files

MARK = "e1"
"""How every ciphertext of this shape begins."""
_NONCE = 12
_KEY = 32


class NotDecrypted(Exception):
    """The value was changed, belongs elsewhere, or its key is not held; the message says which."""


@dataclass(frozen=True, slots=True)
class Ring:
    """The keys that are held, the writing one first."""

    keys: dict[str, bytes]

    @property
    def writing(self) -> str:
        """The id of the key that new values are written with."""
        return next(iter(self.keys))


def encrypt(text: str, *, about: str) -> str:
    """The text under the writing key; `about` names the one place where it may stand (table, column, row)."""
    return wrap(text.encode(), about=about)


def decrypt(value: str, *, about: str) -> str:
    """The text of what `encrypt` gave; NotDecrypted."""
    return unwrap(value, about=about).decode()


def wrap(octets: bytes, *, about: str) -> str:
    """`encrypt` for bytes: the key of a file, for example."""
    held = ring()
    name, nonce = held.writing, secrets.token_bytes(_NONCE)
    sealed = AESGCM(held.keys[name]).encrypt(nonce, octets, _bound(name, about))
    return f"{MARK}:{name}:{base64.b64encode(nonce + sealed).decode()}"


def unwrap(value: str, *, about: str) -> bytes:
    """The bytes of what `wrap` gave; NotDecrypted."""
    mark, _, rest = value.partition(":")
    name, _, body = rest.partition(":")
    if mark != MARK or not body:
        raise NotDecrypted("This is no encrypted value.")
    key = ring().keys.get(name)
    if key is None:
        raise NotDecrypted(f"The key {name} is not held.")
    try:
        octets = base64.b64decode(body, validate=True)
        return AESGCM(key).decrypt(octets[:_NONCE], octets[_NONCE:], _bound(name, about))
    except (binascii.Error, ValueError, InvalidTag) as slip:
        raise NotDecrypted("The value was changed, or stands where it does not belong.") from slip


def is_encrypted(value: object) -> bool:
    """Whether it has the shape of a ciphertext."""
    return isinstance(value, str) and value.startswith(f"{MARK}:")


def is_current(value: str) -> bool:
    """Whether it is under the writing key."""
    return value.startswith(f"{MARK}:{ring().writing}:")


def key_of(value: str) -> str:
    """The id of the key that a ciphertext is under."""
    return value.partition(":")[2].partition(":")[0]


def renewed(value: str, *, about: str) -> str:
    """The same value under the writing key; NotDecrypted."""
    return value if is_current(value) else wrap(unwrap(value, about=about), about=about)


def fingerprint(text: str, *, about: str) -> str:
    """A keyed hash by which an encrypted value is found again; it begins with its key's id and ages with that key."""
    held = ring()
    return _fingerprint(held.writing, held.keys[held.writing], text, about)


def fingerprints(text: str, *, about: str) -> list[str]:
    """`fingerprint` under every key that is held: what to look for while values are still being rotated."""
    return [_fingerprint(name, key, text, about) for name, key in ring().keys.items()]


def ring() -> Ring:
    """The keys of this installation, read again when their file has changed; ImproperlyConfigured without one."""
    path = settings.DATA_KEYS_FILE
    try:
        stamp = os.stat(path)  # a Path takes ten times as long, and every value is asked for
        return _read(path, stamp.st_mtime_ns, stamp.st_ino)
    except OSError as slip:
        raise ImproperlyConfigured(
            f"The keys of encrypted data cannot be read ({slip.strerror}): make them with `camaug keys make FILE`."
        ) from slip


def make_keys(path: Path) -> None:
    """Write a file with one new key; FileExistsError where there is one."""
    secret_files.make(path, _line())


def add_key(path: Path, *, writing: bool = True) -> str:
    """Add a new key, which writes from now on or (False) only reads until it stands first; its id."""
    kept, line = path.read_text(), _line()
    secret_files.replace(path, line + kept if writing else kept + line)
    return line.partition(" ")[0]


@lru_cache(maxsize=4)
def _read(path: str, _changed: int, _inode: int) -> Ring:
    keys: dict[str, bytes] = {}
    for line in Path(path).read_text().splitlines():
        name, _, secret = line.strip().partition(" ")
        try:
            keys[name] = base64.b64decode(secret, validate=True)
        except binascii.Error:
            keys[name] = b""
    if not keys or any(len(key) != _KEY for key in keys.values()):
        raise ImproperlyConfigured(f"{path} does not hold keys of encrypted data: one a line, `id secret`.")
    return Ring(keys)


def _line() -> str:
    return f"{secrets.token_hex(4)} {base64.b64encode(secrets.token_bytes(_KEY)).decode()}\n"


def _bound(name: str, about: str) -> bytes:
    return f"{MARK}:{name}:{about}".encode()


def _fingerprint(name: str, key: bytes, text: str, about: str) -> str:
    own = hmac.digest(key, f"fingerprint:{about}".encode(), sha256)
    return f"{name}:{hmac.digest(own, text.encode(), sha256).hex()}"
