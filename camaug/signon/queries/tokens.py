from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from camaug.access.queries import actor_of_account, reach
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.signon.codes import digest_of
from camaug.signon.models import Authorization, SignOn, System, Token, TokenKind
from camaug.signon.policy import ENTER, entrance

_WITH_ALL = "authorization__sign_on__system"


@dataclass(frozen=True, slots=True)
class Opened:
    """What a token opens: for which account in which system, and how its owner had signed in.

    `username` is what mail servers know him by.
    """

    account_id: UUID
    actor: Actor
    username: str
    system: System
    kind: str
    scopes: list[str]
    issued_at: datetime
    expires_at: datetime
    authenticated_at: datetime
    methods: tuple[str, ...]
    level: str


def authorization_by_code(code: str, *, system_id: UUID) -> Authorization | None:
    """The authorization of a code of that system, used or not."""
    found = Authorization.objects.select_related("sign_on__system").filter(code=digest_of(code))
    return found.filter(sign_on__system_id=system_id).first()


def refresh_token_by_secret(secret: str, *, system_id: UUID) -> Token | None:
    """A refresh token of that system, whether it still holds or not."""
    found = token_by_secret(secret)
    if found is None or found.kind != TokenKind.REFRESH:
        return None
    return found if found.authorization.sign_on.system_id == system_id else None


def token_by_secret(secret: str) -> Token | None:
    """The token, whether it still holds or not."""
    return Token.objects.select_related(_WITH_ALL).filter(digest=digest_of(secret)).first()


def holds(token: Token, *, at: datetime) -> bool:
    """Whether it opens something at that instant."""
    return Token.objects.valid(at).filter(pk=token.pk).exists()


def is_sign_on_of(session: UUID, sign_on_id: UUID) -> bool:
    """Whether a session here has entered a system by that sign-on."""
    return SignOn.objects.filter(pk=sign_on_id, session=session).exists()


def opened_by(secret: str, *, at: datetime) -> Opened | None:
    """What the secret opens at that instant, as long as its owner may enter the system."""
    token = Token.objects.valid(at).select_related(_WITH_ALL).filter(digest=digest_of(secret)).first()
    if token is None:
        return None
    given = token.authorization
    sign_on = given.sign_on
    actor = may_still_enter(sign_on, at=at)
    if actor is None:
        return None
    known = reach(sign_on.account_id)
    return Opened(
        account_id=sign_on.account_id,
        actor=actor,
        username=known.email or known.phone,
        system=sign_on.system,
        kind=token.kind,
        scopes=token.scopes,
        issued_at=token.issued_at,
        expires_at=token.expires_at,
        authenticated_at=given.authenticated_at,
        methods=tuple(given.methods),
        level=given.level,
    )


def may_still_enter(sign_on: SignOn, *, at: datetime) -> Actor | None:
    """Whoever signed on, as long as his account is open and the system is open to him; rights follow the post."""
    try:
        actor = actor_of_account(sign_on.account_id, at=at, origin="")
    except NotFound:
        return None
    return actor if ENTER.allows(actor, entrance(sign_on.system)) else None
