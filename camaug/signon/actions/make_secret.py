from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record
from camaug.signon.codes import MARK, SHOWN, digest_of, fresh
from camaug.signon.events import SystemSecretMade
from camaug.signon.models import Authentication, System, SystemSecret
from camaug.signon.policy import REGISTER

OVERLAP = timedelta(days=7)
"""For how long the secret before still holds, so that a system can be given the new one while it runs."""


def make_secret(system_id: UUID, *, at_once: bool = False, by: Actor, at: datetime) -> str:
    """A new secret, shown this once; the one before holds for a week, or ends `at_once`. NotAllowed, NotFound."""
    REGISTER.check(by, None)
    with transaction.atomic():
        open_ones = System.objects.open().exclude(authentication=Authentication.NONE)
        system = open_ones.select_for_update().filter(pk=system_id).first()
        if system is None:
            raise NotFound
        return put_secret(system, at_once=at_once, by=by, at=at)


def put_secret(system: System, *, at_once: bool = False, by: Actor, at: datetime) -> str:
    """The same inside the caller's transaction: two hold at most."""
    until = at if at_once else at + OVERLAP
    before = SystemSecret.objects.valid(at).filter(system=system).order_by("-created_at", "-id")
    for place, old in enumerate(before):
        old.until = min(old.until or until, until if place == 0 else at)
        old.save(update_fields=["until"])
    secret = fresh(MARK)
    kept = SystemSecret(system=system, digest=digest_of(secret), prefix=secret[:SHOWN], created_at=at)
    kept.save(force_insert=True)
    record(SystemSecretMade(subject=system.id, prefix=kept.prefix, others_until=until.isoformat()), by=by, at=at)
    return secret
