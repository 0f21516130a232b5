"""Codes, tokens and the secrets of systems: how they look and what is kept of them."""

from hashlib import sha256
from secrets import token_urlsafe

MARK = "cms_"
SHOWN = 10
"""How many letters of a system's secret are shown later, so that its owner knows which one it is."""


def fresh(mark: str = "") -> str:
    """256 random bits."""
    return mark + token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is kept: it is random, so that nothing slower than one SHA-256 is needed."""
    return sha256(secret.encode()).hexdigest()
