from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.signon.actions.revoke import revoke_reused
from camaug.signon.codes import digest_of
from camaug.signon.lifetimes import ACCESS, OFFLINE, OFFLINE_AT_MOST, REFRESH
from camaug.signon.models import Authorization, Token, TokenKind
from camaug.signon.scopes import OFFLINE as OFFLINE_SCOPE


class Spent(Exception):
    """It was used before; all that came of it has been revoked."""


def redeem_code(authorization: Authorization, answer: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Keep the digests of the tokens that are given for a code; Spent."""
    with transaction.atomic():
        free = Authorization.objects.filter(pk=authorization.pk, used_at__isnull=True, revoked_at__isnull=True)
        used = bool(free.update(used_at=at))
        if used:
            _keep(authorization, answer, at)
    if not used:
        revoke_reused(authorization, what="code", by=by, at=at)
        raise Spent


def exchange_refresh_token(old: Token, answer: Mapping[str, Any], *, by: Actor, at: datetime) -> None:
    """Keep the digests of the tokens that are given for a refresh token, which serves no more; Spent."""
    with transaction.atomic():
        used = bool(Token.objects.filter(pk=old.pk, used_at__isnull=True, revoked_at__isnull=True).update(used_at=at))
        if used:
            _keep(old.authorization, answer, at, refreshed=old)
    if not used:
        revoke_reused(old.authorization, what="refresh_token", by=by, at=at)
        raise Spent


def _keep(
    authorization: Authorization, answer: Mapping[str, Any], at: datetime, *, refreshed: Token | None = None
) -> None:
    until = authorization.created_at + REFRESH
    if authorization.offline and OFFLINE_SCOPE in authorization.sign_on.system.scopes:
        until = min(at + OFFLINE, authorization.created_at + OFFLINE_AT_MOST)
    # A narrower access token leaves the refresh token what it had (RFC 6749 6).
    kept = refreshed.scopes if refreshed else str(answer["scope"]).split()
    access = Token(kind=TokenKind.ACCESS, digest=digest_of(answer["access_token"]), expires_at=at + ACCESS)
    refresh = Token(kind=TokenKind.REFRESH, digest=digest_of(answer["refresh_token"]), expires_at=until)
    access.scopes, refresh.scopes = str(answer["scope"]).split(), kept
    for token in (access, refresh):
        token.authorization, token.issued_at = authorization, at
    Token.objects.bulk_create([access, refresh])
