import hmac
import ipaddress
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db import connection, models, transaction
from django.utils.translation import gettext_lazy as _

from camaug.access.models import Throttle
from camaug.kernel.actors import Actor
from camaug.kernel.errors import TooOften

_COUNT = """
INSERT INTO access_throttle AS t (key, hits, until) VALUES (%(key)s, 1, %(until)s)
ON CONFLICT (key) DO UPDATE SET
  hits = CASE WHEN t.until <= %(at)s THEN 1 ELSE t.hits + 1 END,
  until = CASE WHEN t.until <= %(at)s THEN EXCLUDED.until ELSE t.until END
RETURNING hits
"""


class TooManyAttempts(TooOften):
    """The same thing was tried too often, for one subject or from one network."""

    sentence = _("Too many attempts. Wait {minutes} minutes and try again.")


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `of_one` attempts on one subject and `of_network` from one network in each `window`."""

    name: str
    of_one: int
    of_network: int
    window: timedelta


def count_attempt(limit: Limit, *, of: str, by: Actor, at: datetime) -> int:
    """Count one attempt on `of` (an address, a code) from the actor's network; how many on it there are in this window.

    Raises TooManyAttempts above the limit.

    The count stays even where the attempt is refused. Neither the subject nor the network is stored in clear.
    """
    with transaction.atomic():
        keys = _keys(limit, of, by)
        hits = {key: _hits(key, limit, at) for key, _most in sorted(keys)}
    if any(hits[key] > most for key, most in keys):
        seconds = round(limit.window.total_seconds())
        raise TooManyAttempts(minutes=round(seconds / 60), seconds=seconds)
    return hits[keys[0][0]]


def forgive_attempt(limit: Limit, *, of: str, by: Actor, at: datetime) -> None:
    """Take one counted attempt back, because it turned out to be right."""
    keys = sorted(key for key, _most in _keys(limit, of, by))
    Throttle.objects.filter(key__in=keys, until__gt=at, hits__gt=0).update(hits=models.F("hits") - 1)


def _keys(limit: Limit, of: str, by: Actor) -> list[tuple[str, int]]:
    keys = [(digest(limit.name, "of", of), limit.of_one)]
    if by.origin:
        keys.append((digest(limit.name, "from", network(by.origin)), limit.of_network))
    return keys


def _hits(key: str, limit: Limit, at: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, {"key": key, "at": at, "until": at + limit.window})
        return int(cursor.fetchone()[0])


def network(origin: str) -> str:
    """Who is counted together: IPv4 as it is, IPv6 by its /64, which one household or hall can hop through at will."""
    try:
        address = ipaddress.ip_address(origin)
    except ValueError:
        return origin
    return origin if address.version == 4 else str(ipaddress.ip_network(f"{origin}/64", strict=False))


def digest(*words: str) -> str:
    """What is kept of what is counted."""
    return hmac.new(settings.SECRET_KEY.encode(), "\x00".join(words).encode(), sha256).hexdigest()
