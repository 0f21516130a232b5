"""The keys that sign for the provider: files in a folder outside the database, each named by when it begins to sign.

`RS256-20261126T000000Z.pem` signs from that instant until a later key of its algorithm does. All keys that lie there
are published: the next one before it signs, so that systems know it in time, and the ones before, since what they have
signed is still checked.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.conf import settings
from joserfc.jwk import ECKey, KeySet, RSAKey

from camaug.kernel import secret_files

ALGORITHMS = ("RS256", "ES256")
KNOWN_BEFORE = timedelta(days=1)
"""For how long a key is published before it signs; systems keep a key set for an hour."""
CHECKED_AFTER = timedelta(days=2)
"""For how long a key is published after its successor began; what it signed holds for minutes, a hint for a day."""
_BITS = 2048
_INSTANT = "%Y%m%dT%H%M%SZ"


class NoSigningKey(Exception):
    """There is no key to sign with; the message says what to do."""


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A key with its public half; `begins_at` is when it begins to sign."""

    algorithm: str
    begins_at: datetime
    key: RSAKey | ECKey
    path: Path

    @property
    def kid(self) -> str:
        """The name by which those who check find it: its thumbprint (RFC 7638)."""
        return str(self.key.thumbprint())

    def public(self) -> dict[str, Any]:
        """As it stands in the published set."""
        return {**self.key.as_dict(private=False), "kid": self.kid, "alg": self.algorithm, "use": "sig"}


def keys() -> tuple[SigningKey, ...]:
    """All keys, by algorithm and age; empty where the folder is not there."""
    try:
        names = sorted(path.name for path in _folder().iterdir() if path.suffix == ".pem")
    except OSError:
        return ()
    return _read(_folder(), tuple(names))


def signing_key(algorithm: str, *, at: datetime) -> SigningKey:
    """The newest key of that algorithm that has begun; NoSigningKey."""
    begun = [key for key in keys() if key.algorithm == algorithm and key.begins_at <= at]
    if not begun:
        raise NoSigningKey(f"There is no {algorithm} key in {_folder()}: make one with `camaug signin rotate-keys`.")
    return begun[-1]


def published() -> list[dict[str, Any]]:
    """The public halves of all keys."""
    return [key.public() for key in keys()]


def key_set() -> KeySet:
    """The same, to check signatures with."""
    return KeySet.import_key_set({"keys": published()})


def rotate(*, at: datetime, begins_at: datetime) -> tuple[list[Path], list[Path]]:
    """Make a next key of each algorithm and drop what need not be checked any more; the new files and the dropped."""
    made = [_make(algorithm, begins_at) for algorithm in ALGORITHMS]
    dropped = [key.path for key in _outlived(at)]
    for path in dropped:
        path.unlink(missing_ok=True)
    return made, dropped


def make_first(*, at: datetime) -> None:
    """The keys of a new installation, which sign at once; none where there are some. FileExistsError, OSError."""
    if not keys():
        rotate(at=at, begins_at=at)


def _outlived(at: datetime) -> Iterator[SigningKey]:
    for algorithm in ALGORITHMS:
        of_it = [key for key in keys() if key.algorithm == algorithm]
        for key, successor in pairwise(of_it):
            if successor.begins_at + CHECKED_AFTER < at:
                yield key


def _make(algorithm: str, begins_at: datetime) -> Path:
    path = _folder() / f"{algorithm}-{begins_at.astimezone(UTC):{_INSTANT}}.pem"
    fresh = RSAKey.generate_key(_BITS) if algorithm == "RS256" else ECKey.generate_key("P-256")
    secret_files.make(path, fresh.as_pem(private=True).decode())
    return path


def _folder() -> Path:
    return Path(settings.SIGNON_KEYS)


@lru_cache(maxsize=4)
def _read(folder: Path, names: tuple[str, ...]) -> tuple[SigningKey, ...]:
    found = []
    for name in names:
        algorithm, _dash, begins = name.removesuffix(".pem").partition("-")
        if algorithm in ALGORITHMS:
            octets = (folder / name).read_bytes()
            key = RSAKey.import_key(octets) if algorithm == "RS256" else ECKey.import_key(octets)
            begins_at = datetime.strptime(begins, _INSTANT).replace(tzinfo=UTC)
            found.append(SigningKey(algorithm, begins_at, key, folder / name))
    return tuple(found)
