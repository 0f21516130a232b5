from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.errors import DomainError
from camaug.kernel.events import record
from camaug.signon.codes import digest_of
from camaug.signon.events import SystemEntered
from camaug.signon.lifetimes import CODE
from camaug.signon.models import Authorization, SignOn, System
from camaug.signon.policy import ENTER, entrance
from camaug.signon.presence import Presence
from camaug.signon.scopes import OFFLINE


class FactorMissing(DomainError):
    """An officer has shown one factor, and the system asks for what serves outside the offices' networks too."""

    sentence = _("Mail and working in your absence need a sign-in with a second factor.")


def grant_code(
    code: str,
    *,
    system: System,
    who: Presence,
    session: UUID,
    redirect_uri: str,
    scopes: list[str],
    nonce: str,
    challenge: str,
    at: datetime,
) -> Authorization:
    """Let somebody into a system: keep the code's digest with what it was asked with. NotAllowed, FactorMissing."""
    ENTER.check(who.actor, entrance(system))
    if who.owes_factor(scopes):
        raise FactorMissing
    with transaction.atomic():
        sign_on = _sign_on(system, who, session, at)
        authorization = Authorization.objects.create(
            sign_on=sign_on,
            code=digest_of(code),
            redirect_uri=redirect_uri,
            scopes=scopes,
            nonce=nonce,
            challenge=challenge,
            authenticated_at=who.authenticated_at,
            methods=list(who.methods),
            level=who.level,
            offline=OFFLINE in scopes,
            created_at=at,
            expires_at=at + CODE,
        )
        record(SystemEntered(subject=who.account_id, system_id=system.id, sign_on_id=sign_on.id), by=who.actor, at=at)
        return authorization


def _sign_on(system: System, who: Presence, session: UUID, at: datetime) -> SignOn:
    """The session's sign-on of that system: one, however often it asks, so that it is told once of its end."""
    return SignOn.objects.get_or_create(
        session=session, system=system, account_id=who.account_id, ended_at=None, defaults={"started_at": at}
    )[0]
