"""Recovery codes: how they look and what is kept of them.

Kept is Argon2id of a keyed digest, by one salt for all codes of a set: so one hash tells of a typed code whether it is
any of them. Of codes made before that, the keyed digest itself is kept, until one of them is used.
"""

import hmac
import secrets
from collections.abc import Iterable
from hashlib import sha256
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils.module_loading import import_string

HOW_MANY = 10
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_LENGTH = 10
_SALT_BYTES = 32
_SLOW = "argon2$"


class AtLeastCost(Argon2PasswordHasher):
    """By the least that OWASP allows, since a code has 50 random bits and ten are made at once; RECOVERY_HASHER."""

    time_cost, memory_cost, parallelism = 2, 19 * 1024, 1


def fresh_recovery_code() -> str:
    """Ten letters and digits that are not mistaken for each other, in two groups: about 50 random bits."""
    letters = "".join(secrets.choice(_ALPHABET) for _ in range(_LENGTH))
    return f"{letters[:5]}-{letters[5:]}"


def fresh_salt() -> str:
    """For a set of codes: 256 random bits."""
    return secrets.token_urlsafe(_SALT_BYTES)


def is_as_long_as_a_code(typed: str) -> bool:
    """Whether it could be one at all; what an application shows could not."""
    return len(_plain(typed)) == _LENGTH


def digest_of(account_id: UUID, code: str) -> str:
    """The keyed digest of a code; blanks, hyphens and small letters make no difference."""
    told = f"recovery:{account_id}:{_plain(code)}"
    return hmac.new(settings.SECRET_KEY.encode(), told.encode(), sha256).hexdigest()


def is_slow(kept: str) -> bool:
    """Whether it is the hash, and not the bare digest of a code made before."""
    return kept.startswith(_SLOW)


def slow_hash_of(digest: str, *, salt: str) -> str:
    """What is kept of a code with that keyed digest; the salt and the cost stand in it."""
    return _hasher().encode(digest, salt)


def slow_hash_beside(digest: str, kept: Iterable[str]) -> str:
    """The same as it would stand among those that are kept: by their salt and at their cost, whatever it is today.

    Where none of them is slow, one that is like nothing, at the same price.
    """
    other, hasher = next(filter(is_slow, kept), ""), _hasher()
    if not other:
        return hasher.encode(digest, fresh_salt())
    told = hasher.decode(other)
    hasher.time_cost, hasher.memory_cost = told["time_cost"], told["memory_cost"]
    hasher.parallelism = told["parallelism"]
    return hasher.encode(digest, told["salt"])


def _hasher() -> Argon2PasswordHasher:
    made: Argon2PasswordHasher = import_string(settings.RECOVERY_HASHER)()
    return made


def _plain(typed: str) -> str:
    return "".join(letter for letter in typed.upper() if letter.isalnum())
