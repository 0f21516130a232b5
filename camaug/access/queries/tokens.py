"""Access tokens: whose they are, and who calls by one."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from camaug.access.demands import reaches
from camaug.access.identities import Linkage
from camaug.access.models import MACHINES, ApiToken
from camaug.access.queries.accounts import a_citizen, an_officer, nobody, owes_password
from camaug.access.secrets import MARK, digest_of
from camaug.behalf.queries import acts_for, standing
from camaug.kernel.actors import Actor
from camaug.kernel.prepared import asked
from camaug.kernel.problems import TWO_FACTORS, NotSignedIn
from camaug.kernel.rest import Caller, Scope
from camaug.people.queries import AS_A_RULE, HELD, instant, officer_as_a_rule

_OPENED = f"""SELECT t.id, coalesce(a.name, t.client), t.scopes, t.level, t.shown_at, t.per_minute, t.last_used_at,
    a.id, a.kind, a.officer_id, a.person_id, p.full_name, a.linkage, {acts_for("a.person_id")}, {AS_A_RULE}
FROM access_apitoken t
LEFT JOIN access_account a ON a.id = t.account_id
LEFT JOIN people_person p ON p.id = a.person_id
LEFT JOIN people_officer o ON o.id = a.officer_id
{HELD}
WHERE t.digest = %(digest)s AND t.revoked_at IS NULL AND t.expires_at > %(at)s::timestamptz
  AND (a.id IS NULL OR a.is_active)"""  # noqa: S608 (our own columns)


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


def is_of_a_page(secret: str) -> bool:
    """Whether it looks like a token that its owner made on a page, for a program of his own."""
    return secret.startswith(MARK)


def caller_by_secret(secret: str, *, at: datetime, origin: str) -> Opened:
    """Who acts by this secret; NotSignedIn where it opens nothing (any more).

    The one place where a token becomes somebody: in one statement, but for officers whose own posts are not all
    (`people.queries.posts`). Whoever needs a second factor in a browser needs a token that was made with one: an
    administrator, and every officer from outside. An administrator's opens nothing while his password is due.
    """
    rows = asked(_OPENED, {"digest": digest_of(secret), **instant(at)})
    if not rows:
        raise NotSignedIn
    token_id, name, scopes, level, shown_at, per_minute, last_used_at, *owner = rows[0]
    account_id, kind, officer_id, person_id, known_as, linkage, others, *_officer = owner
    if account_id is None or kind in MACHINES:
        actor = replace(nobody(origin=origin), name=name)
    elif officer_id is None:
        by_word, held = linkage == Linkage.DECLARED, standing(others, at=at)
        actor = a_citizen(account_id, person_id, known_as or "", origin=origin, others=held, by_word=by_word)
    else:
        actor = an_officer(account_id, officer_as_a_rule(rows, at=at), origin=origin)
    if not reaches(level, actor) or owes_password(actor, at=at):
        raise NotSignedIn
    known, key = frozenset(Scope(scope) for scope in scopes), str(account_id or token_id)
    caller = Caller(actor, key, known, per_minute, two_factors=level in TWO_FACTORS, shown_at=shown_at)
    return Opened(caller, token_id, last_used_at)


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
