"""Secrets of programs: how they look and what is kept of them."""

from hashlib import sha256
from secrets import token_urlsafe

MARK = "cmg_"
SHOWN = 10
"""How many letters of a secret are shown later, so that its owner knows which one it is."""


def fresh_secret() -> str:
    """A new secret of 256 random bits, with a mark by which leaked ones are found."""
    return MARK + token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept of a secret: it is random, so that nothing slower than one SHA-256 is needed."""
    return sha256(secret.encode()).hexdigest()
