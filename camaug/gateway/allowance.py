"""How often somebody may call: counted in the database for all processes, asked for in handfuls.

A process takes a handful of calls out of the minute's allowance at once and gives them out itself, so that most calls
cost no write; the limit is passed by nobody, and a process may leave the rest of its last handful unused.
"""

from dataclasses import dataclass
from datetime import datetime
from math import ceil
from threading import Lock

from django.utils.translation import gettext_lazy as _

from camaug.access.actions.take_allowance import WINDOW, take_allowance
from camaug.kernel.errors import TooOften

HANDFUL, PART = 30, 12
"""A handful is a twelfth of what is allowed, and no more than 30 calls."""
_MOST_KEPT = 10_000


class CallsTooMany(TooOften):
    """The minute's allowance is used up."""

    sentence = _("Too many requests: {limit} a minute are allowed. Try again in {seconds} seconds.")


@dataclass(slots=True)
class _Handful:
    left: int
    beyond: int
    until: datetime


@dataclass(frozen=True, slots=True)
class Standing:
    """What is left of `limit` calls a minute, and in how many seconds the minute ends."""

    limit: int
    left: int
    seconds: int

    @property
    def headers(self) -> dict[str, str]:
        """The header fields of draft-ietf-httpapi-ratelimit-headers."""
        return {
            "RateLimit-Policy": f'"calls";q={self.limit};w={int(WINDOW.total_seconds())}',
            "RateLimit": f'"calls";r={self.left};t={self.seconds}',
        }


_lock = Lock()
_handfuls: dict[str, _Handful] = {}


def spend(of: str, limit: int, *, at: datetime) -> Standing:
    """Take one call out of the allowance; raises CallsTooMany where there is none left in this minute."""
    with _lock:
        held = _handfuls.get(of)
        if held is None or held.until <= at or (held.left == 0 and held.beyond > 0):
            held = _take(of, limit, at)
        seconds = max(1, ceil((held.until - at).total_seconds()))
        if held.left == 0:
            raise CallsTooMany(limit=limit, seconds=seconds)
        held.left -= 1
        return Standing(limit, held.left + held.beyond, seconds)


def _take(of: str, limit: int, at: datetime) -> _Handful:
    wanted = max(1, min(HANDFUL, limit // PART))
    taken, until = take_allowance(of, wanted, at=at)
    before = taken - wanted
    got = max(0, min(wanted, limit - before))
    if len(_handfuls) >= _MOST_KEPT:
        _handfuls.clear()
    held = _handfuls[of] = _Handful(got, max(0, limit - taken), until)
    return held
