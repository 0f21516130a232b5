"""A request of a system for somebody, as read from an address: by the door itself and by the pages before it."""

from dataclasses import dataclass

from authlib.oauth2.rfc6749 import OAuth2Error
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request
from camaug.signon.issuer import PROMPTS
from camaug.signon.models import System
from camaug.signon.presence import Presence, presence
from camaug.signon.signing import ours
from camaug.signon.steps import Asked, Refused, Said
from camaug.signon.web.protocol.grants import CodeGrant
from camaug.signon.web.protocol.requests import SystemRequest
from camaug.signon.web.protocol.server import Server
from camaug.signon.web.tickets import said_in

LONGEST_NONCE = 500
_NOT_SUPPORTED = {
    "request": "request_not_supported",
    "request_uri": "request_uri_not_supported",
    "registration": "registration_not_supported",
}


class NotUnderstood(DomainError):
    """Nobody is led anywhere, since it is not known where that would be."""

    sentence = _(
        "The system that sent you here asks in a way that we do not understand. Tell those who run it: {problem}"
    )


class LedBack(Exception):
    """The system gets an error, at an address of its own."""

    def __init__(self, redirect_uri: str, error: str, description: str) -> None:
        super().__init__(error)
        self.redirect_uri, self.error, self.description = redirect_uri, error, description


@dataclass(frozen=True, slots=True)
class Inquiry:
    """What a system asks, who is there, and what he has said about it."""

    asked_by: SystemRequest
    grant: CodeGrant
    system: System
    scopes: tuple[str, ...]
    redirect_uri: str
    asked: Asked
    said: Said
    who: Presence | None


def inquiry(request: Request) -> Inquiry:
    """Read it from the address; NotUnderstood, LedBack."""
    asked_by, given = SystemRequest(request, request.GET), request.GET
    try:
        grant = Server(request.at).get_consent_grant(asked_by)
    except OAuth2Error as no:
        if no.redirect_uri:
            raise LedBack(no.redirect_uri, no.error, str(no.description)) from no
        raise NotUnderstood(problem=f"{no.error}. {no.description or ''}") from no
    except ValueError as no:  # Authlib repeats what was asked, and refuses to say what may not stand in an error
        raise NotUnderstood(problem="invalid_request") from no
    try:
        who = _expected(given, presence(request))
        scopes = tuple(asked_by.scope.split())
        asked = Asked(_prompts(given), _max_age(given), scopes)
        _refuse_the_rest(given)
    except Refused as no:
        raise LedBack(grant.redirect_uri, no.error, no.description) from no
    return Inquiry(
        asked_by=asked_by,
        grant=grant,
        system=grant.client.system,
        scopes=scopes,
        redirect_uri=grant.redirect_uri,
        asked=asked,
        said=said_in(given),
        who=who,
    )


def _prompts(given: QueryDict) -> frozenset[str]:
    prompts = frozenset(given.get("prompt", "").split())
    if not prompts <= set(PROMPTS) or ("none" in prompts and len(prompts) > 1):
        raise Refused("invalid_request", "This prompt is not understood.")
    return prompts


def _max_age(given: QueryDict) -> int | None:
    said = given.get("max_age")
    if said is None:
        return None
    if not (said.isascii() and said.isdigit() and len(said) < 10):
        raise Refused("invalid_request", "max_age is a number of seconds.")
    return int(said)


def _expected(given: QueryDict, who: Presence | None) -> Presence | None:
    """Whom id_token_hint names, where it does (Core 3.1.2.1)."""
    hint = given.get("id_token_hint")
    if not hint:
        return who
    claims = ours(hint)
    if claims is None:
        raise Refused("invalid_request", "id_token_hint is no ID token of ours.")
    if who and str(who.account_id) != claims["sub"]:
        raise Refused("login_required", "Somebody else is signed in.")
    return who


def _refuse_the_rest(given: QueryDict) -> None:
    for name, error in _NOT_SUPPORTED.items():
        if name in given:
            raise Refused(error, f"{name} is not supported.")
    if given.get("response_mode", "query") != "query" or len(given.get("nonce", "")) > LONGEST_NONCE:
        raise Refused("invalid_request", "response_mode is query, and a nonce has at most 500 letters.")
    if any(len(values) > 1 for _name, values in given.lists()):
        raise Refused("invalid_request", "A parameter was given twice.")
