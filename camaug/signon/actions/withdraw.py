from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record
from camaug.signon.actions.end_sign_ons import end_running
from camaug.signon.events import ConsentWithdrawn
from camaug.signon.models import Authorization, Consent, SignOn


def withdraw(system_id: UUID, *, by: Actor, at: datetime) -> None:
    """The actor takes back what he has allowed the system: it is signed out, its tokens open nothing, it asks anew.

    NotFound where there is nothing to take back.
    """
    if by.account_id is None:
        raise NotFound
    with transaction.atomic():
        consent = Consent.objects.select_for_update().filter(account_id=by.account_id, system_id=system_id).first()
        mine = SignOn.objects.filter(account_id=by.account_id, system_id=system_id)
        granted = Authorization.objects.filter(sign_on__in=mine, revoked_at__isnull=True)
        if not (consent or granted.exists()):
            raise NotFound
        scopes = consent.scopes if consent else []
        Consent.objects.filter(account_id=by.account_id, system_id=system_id).delete()
        granted.update(revoked_at=at)
        end_running(mine, by=by, at=at)
        record(ConsentWithdrawn(subject=by.account_id, system_id=system_id, scopes=scopes), by=by, at=at)
