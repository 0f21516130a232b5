from datetime import datetime

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.events import record
from camaug.signon.events import SecretUsedTwice
from camaug.signon.models import Authorization, SystemToken, Token, TokenKind


def revoke(token: Token, *, at: datetime) -> None:
    """The token opens nothing any more; a refresh token takes with it all that came of the same code (RFC 7009 2.1)."""
    with transaction.atomic():
        if token.kind == TokenKind.REFRESH:
            Authorization.objects.filter(pk=token.authorization_id, revoked_at__isnull=True).update(revoked_at=at)
        else:
            Token.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=at)


def revoke_own(token: SystemToken, *, at: datetime) -> None:
    """The system asks for itself no longer by that token."""
    SystemToken.objects.filter(pk=token.pk, revoked_at__isnull=True).update(revoked_at=at)


def revoke_reused(authorization: Authorization, *, what: str, by: Actor, at: datetime) -> None:
    """A "code" or "refresh_token" came twice: one of the two was stolen, so that nothing that came of it holds on."""
    with transaction.atomic():
        if Authorization.objects.filter(pk=authorization.pk, revoked_at__isnull=True).update(revoked_at=at):
            sign_on = authorization.sign_on
            told = SecretUsedTwice(subject=sign_on.account_id, system_id=sign_on.system_id, what=what)
            record(told, by=by, at=at)
