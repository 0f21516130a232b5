from dataclasses import replace
from typing import Any

from authlib.oauth2.rfc6749 import InvalidGrantError, InvalidRequestError, InvalidScopeError
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant, ClientCredentialsGrant, RefreshTokenGrant
from authlib.oauth2.rfc7636 import CodeChallenge

from camaug.access.queries import reaches
from camaug.kernel.actors import Actor
from camaug.signon.actions.grant_code import grant_code
from camaug.signon.actions.issue_own import issue_own
from camaug.signon.actions.revoke import revoke_reused
from camaug.signon.codes import fresh
from camaug.signon.lifetimes import ACCESS
from camaug.signon.models import Authorization, Token
from camaug.signon.queries import authorization_by_code, holds, may_still_enter, refresh_token_by_secret
from camaug.signon.scopes import OPENID
from camaug.signon.web.protocol.clients import Client
from camaug.signon.web.protocol.id_tokens import id_token
from camaug.signon.web.protocol.requests import SystemRequest

_CHALLENGE = 43
"""Characters of a SHA-256 in base64url."""
METHODS = ["client_secret_basic", "client_secret_post", "none"]


class Granted:
    """An authorization, and what its system may still know of what was granted, as Authlib asks about them."""

    def __init__(self, authorization: Authorization, scopes: list[str], token: Token | None = None) -> None:
        allowed = authorization.sign_on.system.scopes
        self.authorization, self.token = authorization, token
        self.scopes = [scope for scope in scopes if scope in allowed]
        self.code_challenge, self.code_challenge_method = authorization.challenge, "S256"

    def get_redirect_uri(self) -> str:
        return self.authorization.redirect_uri

    def get_scope(self) -> str:
        return " ".join(self.scopes)

    def check_client(self, client: Client) -> bool:
        return bool(self.authorization.sign_on.system_id == client.system.id)


class CodeGrant(AuthorizationCodeGrant):  # type: ignore[misc]
    """The authorization code: kept by its digest, used once."""

    TOKEN_ENDPOINT_AUTH_METHODS = METHODS
    request: SystemRequest

    def save_authorization_code(self, code: str, request: SystemRequest) -> None:
        """Keep its digest with what was asked."""
        asked = request.payload.data
        grant_code(
            code,
            system=request.client.system,
            who=request.who,
            session=request.session,
            redirect_uri=asked["redirect_uri"],
            scopes=request.scope.split(),
            nonce=asked.get("nonce", ""),
            challenge=asked["code_challenge"],
            at=request.at,
        )

    def query_authorization_code(self, code: str, client: Client) -> Granted | None:
        """Of this system, used or not."""
        found = authorization_by_code(code, system_id=client.system.id)
        if found is None or found.revoked_at:
            return None
        unused = found.used_at is None  # a second use is noticed however late it comes
        if unused and (found.expires_at <= self.request.at or found.sign_on.ended_at):
            return None
        return Granted(found, found.scopes)

    def delete_authorization_code(self, authorization_code: Granted) -> None:
        """Used codes are kept, so that their second use is noticed."""

    def authenticate_user(self, authorization_code: Granted) -> Actor | None:
        """Who signed on, as long as he may."""
        return may_still_enter(authorization_code.authorization.sign_on, at=self.request.at)


class RefreshGrant(RefreshTokenGrant):  # type: ignore[misc]
    """Exchanging a refresh token: each serves once, and the second use revokes all that came of the same code."""

    TOKEN_ENDPOINT_AUTH_METHODS = METHODS
    INCLUDE_NEW_REFRESH_TOKEN = True
    request: SystemRequest

    def authenticate_refresh_token(self, refresh_token: str) -> Granted | None:
        """A token of this system that still holds."""
        token = refresh_token_by_secret(refresh_token, system_id=self.request.client.system.id)
        if token is None:
            return None
        if token.used_at is not None:
            revoke_reused(token.authorization, what="refresh_token", by=self.request.actor, at=self.request.at)
        return Granted(token.authorization, token.scopes, token) if holds(token, at=self.request.at) else None

    def authenticate_user(self, refresh_token: Granted) -> Actor:
        """Who signed on, as long as he may; Authlib would blame the request for one who may not."""
        actor = may_still_enter(refresh_token.authorization.sign_on, at=self.request.at)
        if actor is None:
            raise InvalidGrantError("Its owner may not enter any more.")
        if not reaches(refresh_token.authorization.level, replace(actor, origin=self.request.actor.origin)):
            raise InvalidGrantError("From outside the offices' networks this needs a sign-in with two factors.")
        return actor

    def revoke_old_credential(self, refresh_token: Granted) -> None:
        """It was marked as used when the new one was kept, in one transaction."""


class OwnGrant(ClientCredentialsGrant):  # type: ignore[misc]
    """A system asks for itself, by its secret, in nobody's name (RFC 6749 4.4); it gets no refresh token."""

    TOKEN_ENDPOINT_AUTH_METHODS = METHODS[:2]
    request: SystemRequest

    def create_token_response(self) -> tuple[int, dict[str, Any], Any]:
        """Scopes of its own, never a person's."""
        scopes = self.request.client.own_scopes(self.request.payload.data.get("scope", ""))
        if not scopes:
            raise InvalidScopeError
        answer = own_tokens(scopes)
        asking, secret = self.request.client.system, answer["access_token"]
        issue_own(asking, secret, scopes=scopes, by=self.request.actor, at=self.request.at)
        return 200, answer, self.TOKEN_RESPONSE_HEADER


def own_tokens(scopes: list[str]) -> dict[str, Any]:
    """What is answered to a system that asks for itself."""
    lasts = int(ACCESS.total_seconds())
    return {"token_type": "Bearer", "access_token": fresh(), "expires_in": lasts, "scope": " ".join(scopes)}


class Proof(CodeChallenge):  # type: ignore[misc]
    """PKCE, always and for everybody, by S256 alone (RFC 9700 2.1.1)."""

    SUPPORTED_CODE_CHALLENGE_METHOD = ["S256"]

    def validate_code_challenge(self, grant: CodeGrant, redirect_uri: str) -> None:
        """There is a challenge, and it is by S256 in so many words."""
        asked = grant.request.payload.data
        if not asked.get("code_challenge") or asked.get("code_challenge_method") != "S256":
            raise InvalidRequestError("A code_challenge by S256 is required.")
        if len(asked["code_challenge"]) != _CHALLENGE:
            raise InvalidRequestError("A code_challenge by S256 has 43 characters.")
        super().validate_code_challenge(grant, redirect_uri)

    def validate_code_verifier(self, grant: CodeGrant, result: Any) -> None:
        """A second use counts only of one who knows the verifier: with a stolen code alone nobody can revoke."""
        super().validate_code_verifier(grant, result)
        granted: Granted = grant.request.authorization_code
        if granted.authorization.used_at is not None:
            revoke_reused(granted.authorization, what="code", by=grant.request.actor, at=grant.request.at)
            raise InvalidGrantError("The code was used before.")


class OpenId:
    """Puts the ID token beside the access token (Core 3.1.3.3, 12.2)."""

    def __call__(self, grant: Any) -> None:
        grant.register_hook("after_create_token_response", self._add)

    def _add(self, grant: Any, response: tuple[int, dict[str, Any], Any]) -> None:
        _status, answer, _headers = response
        granted: Granted = grant.request.authorization_code or grant.request.refresh_token
        if OPENID in str(answer.get("scope", "")).split():
            first = grant.request.refresh_token is None
            answer["id_token"] = id_token(
                granted.authorization, access_token=answer["access_token"], first=first, at=grant.request.at
            )
