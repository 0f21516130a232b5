from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from authlib.oauth2.rfc6749 import InvalidRequestError
from authlib.oauth2.rfc6749.util import extract_basic_authorization
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7662 import IntrospectionEndpoint

from camaug.signon.actions.revoke import revoke, revoke_own
from camaug.signon.issuer import issuer
from camaug.signon.models import Authentication, SystemToken, Token, TokenKind
from camaug.signon.queries import (
    Live,
    OwnOpened,
    inquiry,
    opened_by,
    own_opened_by,
    own_token_by_secret,
    token_by_secret,
)
from camaug.signon.web.protocol.clients import Client
from camaug.signon.web.protocol.requests import SystemRequest


class Known:
    """A token of a system as Authlib asks about it."""

    def __init__(self, token: Token | SystemToken) -> None:
        self.token = token
        self.system_id = token.system_id if isinstance(token, SystemToken) else token.authorization.sign_on.system_id

    def check_client(self, client: Client) -> bool:
        return bool(self.system_id == client.system.id)


class Revocation(RevocationEndpoint):  # type: ignore[misc]
    """RFC 7009. A hint is not needed, and a wrong one does no harm."""

    CLIENT_AUTH_METHODS = ["client_secret_basic", "client_secret_post", "none"]

    def check_params(self, request: SystemRequest, client: Client) -> None:  # noqa: ARG002 (Authlib's shape)
        """There is a token."""
        _has_a_token(request)

    def query_token(self, token_string: str, token_type_hint: str | None) -> Known | None:  # noqa: ARG002
        """Of either kind."""
        found = token_by_secret(token_string) or own_token_by_secret(token_string)
        return Known(found) if found else None

    def revoke_token(self, token: Known, request: SystemRequest) -> None:
        """A refresh token takes with it all that came of the same code."""
        if isinstance(token.token, SystemToken):
            revoke_own(token.token, at=request.at)
        else:
            revoke(token.token, at=request.at)


NAMED_BY = frozenset({"email", "mail"})
"""Scopes of which the mailbox is a part: without one, a token does not tell it."""


class Introspection(IntrospectionEndpoint):  # type: ignore[misc]
    """RFC 7662, for systems with a secret: of their own tokens, and of those with a scope that they guard."""

    CLIENT_AUTH_METHODS = ["client_secret_basic", "client_secret_post"]

    def authenticate_token(self, request: SystemRequest, client: Client) -> Live | OwnOpened | None:
        """What the token opens now; None where it opens nothing, or nothing that concerns this system."""
        _has_a_token(request)
        about, system = request.form["token"], client.system
        found = opened_by(about, at=request.at)
        return concerning(found, system.id, system.guards) if found else _own(about, system.id, at=request.at)

    def create_introspection_payload(self, token: Live | OwnOpened | None) -> dict[str, Any]:
        """RFC 7662 2.2."""
        return told_of(token)


def introspected(authorization: str, form: Mapping[str, str], *, at: datetime) -> dict[str, Any] | None:
    """What `Introspection` answers to a system that shows its secret and asks about a token, in one statement.

    None where it does not, or not so: how that is refused, Authlib knows. ValueError for a header that is no text.
    """
    about = form.get("token", "")
    client_id, shown = extract_basic_authorization({"Authorization": authorization})
    way = Authentication.BASIC
    if not (client_id and shown):
        way, client_id, shown = Authentication.POST, form.get("client_id"), form.get("client_secret")
    if not (about and client_id and shown) or "\0" in client_id:
        return None
    asking = inquiry(client_id, shown, way=way, about=about, at=at)
    if asking is None:
        return None
    if asking.token is None:
        return told_of(_own(about, asking.system_id, at=at))
    return told_of(concerning(asking.token, asking.system_id, asking.guards))


def concerning(found: Live, system_id: UUID, guards: Collection[str]) -> Live | None:
    """What was found, for the system that entered with it, and for one that guards a scope of an access token."""
    if found.system_id == system_id:
        return found
    return found if found.kind == TokenKind.ACCESS and set(guards) & set(found.scopes) else None


def _own(about: str, system_id: UUID, *, at: datetime) -> OwnOpened | None:
    """By which the system asks for itself; another's is none of its business."""
    own = own_opened_by(about, at=at)
    return own if own and own.system_id == system_id else None


def told_of(token: Live | OwnOpened | None) -> dict[str, Any]:
    """RFC 7662 2.2."""
    if token is None:
        return {"active": False}
    if isinstance(token, OwnOpened):
        return _of_itself(token)
    return {
        "active": True,
        "iss": issuer(),
        "sub": str(token.account_id),
        **({"username": token.username} if NAMED_BY & set(token.scopes) else {}),
        "client_id": token.client_id,
        "aud": token.client_id,
        "scope": " ".join(token.scopes),
        "token_type": "Bearer" if token.kind == TokenKind.ACCESS else "refresh_token",
        "iat": int(token.issued_at.timestamp()),
        "exp": int(token.expires_at.timestamp()),
        "auth_time": int(token.authenticated_at.timestamp()),
        "acr": token.level,
        "amr": list(token.methods),
    }


def _of_itself(token: OwnOpened) -> dict[str, Any]:
    return {
        "active": True,
        "iss": issuer(),
        "sub": token.client_id,
        "client_id": token.client_id,
        "aud": token.client_id,
        "scope": " ".join(token.scopes),
        "token_type": "Bearer",
        "iat": int(token.issued_at.timestamp()),
        "exp": int(token.expires_at.timestamp()),
    }


def _has_a_token(request: SystemRequest) -> None:
    if not request.form.get("token"):
        raise InvalidRequestError("Missing 'token' in request.")
