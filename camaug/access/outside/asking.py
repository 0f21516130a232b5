"""We send a browser to the provider, and understand what it brings back."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from secrets import token_urlsafe
from typing import Any, Self
from urllib.parse import urlencode

from authlib.oauth2.base import OAuth2Error
from authlib.oauth2.client import OAuth2Client
from authlib.oidc.core import CodeIDToken
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError

from camaug.access.outside.provider import PATIENCE, NotReached, Provider, keys, metadata, told
from camaug.access.outside.shown import LASTS, Shown, read_claims
from camaug.kernel.errors import DomainError
from camaug.kernel.outgoing.asking import Reply, Unreachable, ask

ALGORITHMS = ["RS256", "PS256", "ES256", "RS384", "ES384", "RS512"]
"""By which the provider may sign; never by our secret, never by nothing."""
LONGEST_SUBJECT = 255
_SLACK = 60  # seconds by which its clock may differ
_LOG = logging.getLogger(__name__)


class NotConfirmed(DomainError):
    """What came back does not fit what was asked: an old tab, another provider, a forged answer."""

    sentence = _("The sign-in there did not come back complete. Start once more.")


class Cancelled(DomainError):
    """The person, or the provider, did not go through with it."""

    sentence = _("The sign-in there was not finished. You can start once more, or sign in with a code.")


@dataclass(frozen=True, slots=True)
class Begun:
    """What was asked, kept in the session until the answer comes. `anew`: the person was to show it at once."""

    state: str
    nonce: str
    verifier: str
    purpose: str
    onward: str
    anew: bool
    at: datetime

    def to_session(self) -> dict[str, Any]:
        """As it is kept."""
        return {name: getattr(self, name) for name in self.__slots__} | {"at": self.at.isoformat()}

    @classmethod
    def from_session(cls, kept: Mapping[str, Any] | None, *, at: datetime) -> Self | None:
        """What `to_session` gave, unless it is too old."""
        if not kept or at - datetime.fromisoformat(kept["at"]) > LASTS:
            return None
        return cls(**{**kept, "at": datetime.fromisoformat(kept["at"])})


def begin(
    known: Provider, *, purpose: str, onward: str, anew: bool = False, language: str, at: datetime
) -> tuple[Begun, str]:
    """What is asked, and the address to send the browser to. NotReached."""
    begun = Begun(token_urlsafe(32), token_urlsafe(32), token_urlsafe(48), purpose, onward, anew, at)
    more = {"nonce": begun.nonce, "ui_locales": language} | ({"acr_values": known.acr} if known.acr else {})
    # Asked for an age, a provider tells when the person signed in there.
    more |= {"prompt": "login", "max_age": "0"} if anew else {"max_age": str(settings.SESSION_COOKIE_AGE)}
    address, _state = _client(known).create_authorization_url(
        str(metadata(known, at=at)["authorization_endpoint"]),
        state=begun.state,
        code_verifier=begun.verifier,
        **more,
    )
    return begun, str(address)


def redeem(known: Provider, begun: Begun, given: Mapping[str, str], *, at: datetime) -> tuple[Shown, str]:
    """Who has come back, and the provider's token that proves it when one signs out there.

    Raises NotConfirmed, Cancelled, NotReached, NotACitizen, and what a personal number raises.
    """
    there = metadata(known, at=at)
    if given.get("state") != begun.state or not _is_from(known, there, given):
        raise NotConfirmed
    if "error" in given or not given.get("code"):
        raise Cancelled
    try:
        granted = _client(known, _method(there)).fetch_token(
            str(there["token_endpoint"]),
            grant_type="authorization_code",
            code=given["code"],
            code_verifier=begun.verifier,
        )
    except (OAuth2Error, ValueError, KeyError, TypeError, AttributeError) as no:
        raise _refused(f"the code was not taken: {getattr(no, 'error', type(no).__name__)}") from no
    claims = _checked(known, begun, granted, at=at)
    return _shown(known, there, granted, claims, at=at), str(granted["id_token"])


def leaving(known: Provider, id_token: str, *, at: datetime) -> str:
    """The address at which one signs out there too (RP-Initiated Logout), or "" where it has none. NotReached."""
    end = metadata(known, at=at).get("end_session_endpoint")
    if not end:
        return ""
    back = leading_back("access:left_outside")
    asked = {"client_id": known.client_id, "id_token_hint": id_token, "post_logout_redirect_uri": back}
    return f"{end}{'&' if '?' in str(end) else '?'}{urlencode(asked)}"


def leading_back(page: str) -> str:
    """The whole address of a page of ours to which the provider leads back."""
    return str(settings.OUTSIDE_RETURNS_TO or settings.PUBLIC_URL) + reverse(page)


def _is_from(known: Provider, there: Mapping[str, Any], given: Mapping[str, str]) -> bool:
    """Whether the answer names its sender (RFC 9207): one that says it always does must do so."""
    promised = there.get("authorization_response_iss_parameter_supported") is True
    return given.get("iss") == known.issuer if promised or "iss" in given else True


def _checked(known: Provider, begun: Begun, granted: Mapping[str, Any], *, at: datetime) -> CodeIDToken:
    """The claims of the ID token after all checks of Core 3.1.3.7."""
    token = str(granted.get("id_token", ""))
    try:
        try:
            read = jwt.decode(token, keys(known, at=at), algorithms=ALGORITHMS)
        except InvalidKeyIdError:
            read = jwt.decode(token, keys(known, at=at, anew=True), algorithms=ALGORITHMS)
        claims = CodeIDToken(
            read.claims,
            read.header,
            options={
                "iss": {"essential": True, "value": known.issuer},
                "aud": {"essential": True, "value": known.client_id},
            },
            params={
                "nonce": begun.nonce,
                "client_id": known.client_id,
                "access_token": granted.get("access_token"),
                "max_age": 1 if begun.anew else None,
            },
        )
        claims.validate(now=int(at.timestamp()), leeway=_SLACK)
    except (JoseError, ValueError, TypeError) as no:
        raise _refused(f"the ID token does not hold: {no}") from no
    _check_kinds(claims)
    if begun.anew and _instant(claims["auth_time"]) < begun.at - timedelta(seconds=_SLACK):
        raise _refused("the person was to sign in anew and did not")
    return claims


def _check_kinds(claims: Mapping[str, Any]) -> None:
    """What the library takes as it comes (Core 2)."""
    subject = claims["sub"]
    if not isinstance(subject, str) or not 0 < len(subject) <= LONGEST_SUBJECT:
        raise _refused("sub is no short text")
    if not isinstance(claims.get("acr", ""), str):
        raise _refused("acr is no text")


def _shown(
    known: Provider,
    there: Mapping[str, Any],
    granted: Mapping[str, Any],
    claims: Mapping[str, Any],
    *,
    at: datetime,
) -> Shown:
    more: dict[str, Any] = {}
    if there.get("userinfo_endpoint"):
        token = granted.get("access_token")
        if not isinstance(token, str):
            raise _refused("there is no access token to ask userinfo with")
        bearer = {"Authorization": f"Bearer {token}"}
        more = told(lambda: ask("GET", str(there["userinfo_endpoint"]), headers=bearer, patience=PATIENCE))
        if more.get("sub") != claims["sub"]:
            raise _refused("userinfo is about somebody else")
    # Whoever does not say when the person signed in there vouches for no recent proof.
    stale = at - timedelta(minutes=settings.STEP_UP_MINUTES)
    shown_at = min(_instant(claims["auth_time"]), at) if claims.get("auth_time") else stale
    sure = claims.get("acr") in known.levels
    return read_claims(
        {**more, **claims}, issuer=known.issuer, shown_at=shown_at, sure=sure, through=known.through, at=at
    )


def _client(known: Provider, method: str | None = None) -> OAuth2Client:
    return OAuth2Client(
        _Line(),
        known.client_id,
        known.client_secret,
        token_endpoint_auth_method=method,
        scope=known.scope,
        redirect_uri=leading_back("access:back_from_outside"),
        code_challenge_method="S256",
    )


def _method(there: Mapping[str, Any]) -> str:
    offered = there.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    return "client_secret_basic" if "client_secret_basic" in offered else "client_secret_post"


def _instant(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (ValueError, OverflowError, OSError) as no:
        raise _refused("auth_time is no instant") from no


def _refused(reason: str) -> NotConfirmed:
    _LOG.warning("Identity from outside was not taken: %s", reason)
    return NotConfirmed()


@dataclass(frozen=True, slots=True)
class _Answer:
    """A reply as Authlib wants to see it."""

    reply: Reply

    @property
    def status_code(self) -> int:
        return self.reply.status

    def json(self) -> dict[str, Any] | None:
        return self.reply.content()

    def raise_for_status(self) -> None:
        if not self.reply.is_good:
            raise NotReached


class _Line:
    """How Authlib reaches the provider: by our own client, which has limits of patience and length."""

    def post(self, url: str, *, data: Mapping[str, str], headers: Mapping[str, str], auth: Any) -> _Answer:
        address, sent, body = auth.prepare("POST", url, dict(headers), urlencode(data))
        try:
            return _Answer(ask("POST", address, body.encode(), headers=sent, patience=PATIENCE))
        except Unreachable as lost:
            raise NotReached from lost
