from datetime import datetime

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.events import record
from camaug.signon.codes import digest_of
from camaug.signon.events import SystemTokenIssued
from camaug.signon.lifetimes import ACCESS
from camaug.signon.models import System, SystemToken


def issue_own(system: System, secret: str, *, scopes: list[str], by: Actor, at: datetime) -> None:
    """Keep the digest of a token by which the system asks for itself; it has just shown that it is itself."""
    until = at + ACCESS
    with transaction.atomic():
        SystemToken.objects.create(
            system=system, digest=digest_of(secret), scopes=scopes, issued_at=at, expires_at=until
        )
        told = SystemTokenIssued(subject=system.id, scopes=scopes, until_at=until.isoformat())
        record(told, by=by, at=at)
