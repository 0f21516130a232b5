from typing import Any

from authlib.oauth2.rfc6749 import InvalidRequestError
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7662 import IntrospectionEndpoint

from camaug.signon.actions.revoke import revoke
from camaug.signon.issuer import issuer
from camaug.signon.models import Token, TokenKind
from camaug.signon.queries import Opened, opened_by, token_by_secret
from camaug.signon.web.protocol.clients import Client
from camaug.signon.web.protocol.requests import SystemRequest


class Known:
    """A token of a system as Authlib asks about it."""

    def __init__(self, token: Token) -> None:
        self.token = token

    def check_client(self, client: Client) -> bool:
        return bool(self.token.authorization.sign_on.system_id == client.system.id)


class Revocation(RevocationEndpoint):  # type: ignore[misc]
    """RFC 7009. A hint is not needed, and a wrong one does no harm."""

    CLIENT_AUTH_METHODS = ["client_secret_basic", "client_secret_post", "none"]

    def check_params(self, request: SystemRequest, client: Client) -> None:  # noqa: ARG002 (Authlib's shape)
        """There is a token."""
        _has_a_token(request)

    def query_token(self, token_string: str, token_type_hint: str | None) -> Known | None:  # noqa: ARG002
        """Of either kind."""
        found = token_by_secret(token_string)
        return Known(found) if found else None

    def revoke_token(self, token: Known, request: SystemRequest) -> None:
        """A refresh token takes with it all that came of the same code."""
        revoke(token.token, at=request.at)


NAMED_BY = frozenset({"email", "mail"})
"""Scopes of which the mailbox is a part: without one, a token does not tell it."""


class Introspection(IntrospectionEndpoint):  # type: ignore[misc]
    """RFC 7662, for systems with a secret: of their own tokens, and of those with a scope that they guard."""

    CLIENT_AUTH_METHODS = ["client_secret_basic", "client_secret_post"]

    def authenticate_token(self, request: SystemRequest, client: Client) -> Opened | None:
        """What the token opens now; None where it opens nothing, or nothing that concerns this system."""
        _has_a_token(request)
        found = opened_by(request.form["token"], at=request.at)
        if found is None:
            return None
        guarded = found.kind == TokenKind.ACCESS and set(client.system.guards) & set(found.scopes)
        return found if guarded or found.system_id == client.system.id else None

    def create_introspection_payload(self, token: Opened | None) -> dict[str, Any]:
        """RFC 7662 2.2."""
        if token is None:
            return {"active": False}
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


def _has_a_token(request: SystemRequest) -> None:
    if not request.form.get("token"):
        raise InvalidRequestError("Missing 'token' in request.")
