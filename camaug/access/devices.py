"""Browsers in which somebody has signed in before: whoever hammers his address elsewhere does not lock him out.

A cookie that we signed vouches for the addresses that were signed in with; it opens nothing by itself.
"""

import hmac
import secrets
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.core import signing

KEPT = timedelta(days=180)
COOKIE = "device"
_SALT = "access.device"
_MOST = 12
"""How many people share one computer at a counter, at most."""


def nonce_for(cookie: str, address: str) -> str:
    """The browser's own mark where its cookie vouches for that address; "" where it does not."""
    known = _read(cookie)
    return known[0] if _digest(address) in known[1] else ""


def vouching(cookie: str, *addresses: str) -> str:
    """The cookie's new value, which vouches for these addresses too."""
    nonce, known = _read(cookie)
    now = [_digest(address) for address in addresses if address]
    return signing.dumps([nonce, [*(one for one in known if one not in now), *now][-_MOST:]], salt=_SALT)


def _read(cookie: str) -> tuple[str, list[str]]:
    try:
        nonce, known = signing.loads(cookie, salt=_SALT, max_age=KEPT)
    except (signing.BadSignature, ValueError, TypeError):
        return secrets.token_urlsafe(12), []
    return str(nonce), [str(one) for one in known]


def _digest(address: str) -> str:
    return hmac.new(settings.SECRET_KEY.encode(), f"device:{address}".encode(), sha256).hexdigest()[:24]
