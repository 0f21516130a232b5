from datetime import datetime
from uuid import UUID

from camaug.access.queries import actor_of_account
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.signon.codes import digest_of
from camaug.signon.models import Authorization, SignOn, Token, TokenKind
from camaug.signon.policy import ENTER, entrance

_WITH_ALL = "authorization__sign_on__system"


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


def may_still_enter(sign_on: SignOn, *, at: datetime) -> Actor | None:
    """Whoever signed on, as long as his account is open and the system is open to him; rights follow the post."""
    try:
        actor = actor_of_account(sign_on.account_id, at=at, origin="")
    except NotFound:
        return None
    return actor if ENTER.allows(actor, entrance(sign_on.system)) else None
