"""The provider says that somebody's session over there has ended (OpenID Connect Back-Channel Logout 1.0)."""

import json
import logging
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError

from camaug.access.outside.asking import ALGORITHMS, LONGEST_SUBJECT
from camaug.access.outside.provider import Provider, keys
from camaug.kernel.errors import DomainError

EVENT = "http://schemas.openid.net/event/backchannel-logout"
KIND = "logout+jwt"
LONGEST = 8192
LASTS = timedelta(minutes=10)
"""For how long after it was made a token is taken, whatever end it names itself."""
_SLACK = 60  # seconds by which its clock may differ
_LOG = logging.getLogger(__name__)


class NotTold(DomainError):
    """It does not come from the provider, is not for us, is too old, or says something else."""

    sentence = _("This does not say that a session has ended.")


@dataclass(frozen=True, slots=True)
class Ended:
    """What has ended there: the session `sid` of the person `subject`; either may be "". `number` is said once."""

    issuer: str
    subject: str
    sid: str
    number: str
    until: datetime


def read(known: Provider, token: str, *, at: datetime) -> Ended:
    """After all checks of Back-Channel Logout 2.6 but that it comes once. NotTold, NotReached."""
    if not 0 < len(token) <= LONGEST:
        raise _refused("it is no token")
    try:
        try:
            found = jwt.decode(token, keys(known, at=at), algorithms=ALGORITHMS)
        except InvalidKeyIdError:
            found = jwt.decode(token, keys(known, at=at, anew=True), algorithms=ALGORITHMS)
    except (JoseError, ValueError, TypeError) as no:
        raise _refused(f"its signature does not hold: {no}") from no
    kind = str(found.header.get("typ", KIND)).lower().removeprefix("application/")
    if kind not in (KIND, "jwt"):
        raise _refused("it is a token of another kind")
    _check(known, found.claims, at=at)
    return _told(known, found.claims)


def _check(known: Provider, claims: Mapping[str, Any], *, at: datetime) -> None:
    audience = claims.get("aud")
    if claims.get("iss") != known.issuer:
        raise _refused("it comes from another provider")
    if known.client_id not in (audience if isinstance(audience, list) else [audience]):
        raise _refused("it is for another system")
    if "nonce" in claims:
        raise _refused("it is an ID token")
    events = claims.get("events")
    if not isinstance(events, dict) or not isinstance(events.get(EVENT), dict):
        raise _refused("it says something else")
    _check_time(claims, int(at.timestamp()))


def _check_time(claims: Mapping[str, Any], now: int) -> None:
    made, ends, begins = claims.get("iat"), claims.get("exp"), claims.get("nbf", now)
    if not isinstance(made, int | float) or not isinstance(ends, int | float) or not isinstance(begins, int | float):
        raise _refused("it does not say for how long it holds")
    if ends <= now - _SLACK or begins > now + _SLACK or not now - LASTS.total_seconds() <= made <= now + _SLACK:
        raise _refused("it is of another time")


def _told(known: Provider, claims: Mapping[str, Any]) -> Ended:
    subject, sid, number = (claims.get(name, "") for name in ("sub", "sid", "jti"))
    if not all(isinstance(one, str) and len(one) <= LONGEST_SUBJECT for one in (subject, sid, number)):
        raise _refused("sub, sid and jti are short texts")
    if not number or not (subject or sid):
        raise _refused("it names nobody, or has no number of its own")
    until = datetime.fromtimestamp(claims["iat"], UTC) + LASTS + timedelta(seconds=_SLACK)
    return Ended(known.issuer, subject, sid, number, until)


def _refused(reason: str) -> NotTold:
    _LOG.warning("A sign-out told from outside was not taken: %s", reason)
    return NotTold()


@dataclass(frozen=True, slots=True)
class Came:
    """The session over there from which one here came."""

    issuer: str
    subject: str
    sid: str


def came_by(id_token: str) -> Came:
    """Which session an ID token was of; it was checked when it came."""
    claims = json.loads(urlsafe_b64decode(id_token.split(".")[1] + "=="))
    sid = claims.get("sid", "")
    return Came(claims["iss"], claims["sub"], sid if isinstance(sid, str) and len(sid) <= LONGEST_SUBJECT else "")
