"""Access tokens: whose they are, and who calls by one."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from camaug.access.models import ApiToken
from camaug.access.queries.accounts import actor_of, nobody
from camaug.access.secrets import digest_of
from camaug.kernel.actors import Actor
from camaug.kernel.problems import NotSignedIn
from camaug.kernel.rest import Caller, Scope


@dataclass(frozen=True, slots=True)
class Opened:
    """Who calls by a token, and when the token was last noted as used."""

    caller: Caller
    token_id: UUID
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class TokenView:
    """A token without its secret."""

    id: UUID
    name: str
    prefix: str
    scopes: tuple[str, ...]
    per_minute: int
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


def caller_by_secret(secret: str, *, at: datetime, origin: str) -> Opened:
    """Who acts by this secret; NotSignedIn where it opens nothing (any more).

    The one place where a token becomes somebody.
    """
    token = ApiToken.objects.valid(at).select_related("account").filter(digest=digest_of(secret)).first()
    if token is None:
        raise NotSignedIn
    if token.account is None:
        actor = replace(nobody(origin=origin), name=token.client)
    else:
        actor = actor_of(token.account, at=at, origin=origin)
    key = str(token.account_id or token.id)
    scopes = frozenset(Scope(scope) for scope in token.scopes)
    return Opened(Caller(actor, key, scopes, token.per_minute), token.id, token.last_used_at)


def tokens_of(actor: Actor, *, at: datetime) -> tuple[TokenView, ...]:
    """The actor's own tokens that open something, the newest first."""
    return _views(ApiToken.objects.valid(at).filter(account_id=actor.account_id)) if actor.account_id else ()


def client_tokens(*, at: datetime) -> tuple[TokenView, ...]:
    """The tokens of other authorities' systems that open something, the newest first."""
    return _views(ApiToken.objects.valid(at).filter(account__isnull=True))


def _views(tokens: QuerySet[ApiToken]) -> tuple[TokenView, ...]:
    return tuple(
        TokenView(
            id=token.id,
            name=token.name,
            prefix=token.prefix,
            scopes=tuple(token.scopes),
            per_minute=token.per_minute,
            created_at=token.created_at,
            expires_at=token.expires_at,
            last_used_at=token.last_used_at,
        )
        for token in tokens.order_by("-created_at", "-id")
    )
