"""Codes that an application on a phone shows, a new one every half minute (RFC 6238: SHA-1, six digits)."""

import base64
import hmac
import secrets
import struct
from datetime import datetime
from urllib.parse import quote, urlencode

DIGITS = 6
PERIOD = 30
DRIFT = 1
"""By how many steps a phone's clock may be wrong."""


def fresh_totp_secret() -> str:
    """160 random bits, as applications take them (base32)."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def step_of(at: datetime) -> int:
    """The number of the half minute."""
    return int(at.timestamp()) // PERIOD


def code_at(secret: str, step: int) -> str:
    """What the application shows in that half minute."""
    digest = hmac.new(base64.b32decode(secret, casefold=True), struct.pack(">Q", step), "sha1").digest()
    start = digest[-1] & 15
    value = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{value % 10**DIGITS:0{DIGITS}d}"


def steps_open(at: datetime, *, after: int) -> range:
    """The half minutes whose codes are taken at that instant: those near it that follow the last one used."""
    now = step_of(at)
    return range(max(now - DRIFT, after + 1), now + DRIFT + 1)


def matching_step(secret: str, digits: str, *, at: datetime, after: int) -> int | None:
    """The half minute to which the digits belong, among those still open; None where there is none."""
    typed, near = digits.encode(), steps_open(at, after=after)
    right = [step for step in near if hmac.compare_digest(code_at(secret, step).encode(), typed)]
    return right[0] if right else None


def address_of(secret: str, *, account: str, issuer: str) -> str:
    """What the QR code holds: `otpauth://totp/…`."""
    query = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(issuer)}:{quote(account)}?{query}"
