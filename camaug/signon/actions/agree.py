from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record
from camaug.signon.events import ConsentGiven
from camaug.signon.models import Consent, System


def agree(system: System, *, scopes: Collection[str], by: Actor, at: datetime) -> None:
    """The actor allows the system to know this, beside what he has allowed it before."""
    if by.account_id is None:
        raise NotFound
    with transaction.atomic():
        mine = Consent.objects.select_for_update().filter(account_id=by.account_id, system=system).first()
        before = set(mine.scopes) if mine else set()
        Consent.objects.update_or_create(
            account_id=by.account_id,
            system=system,
            defaults={"scopes": sorted(before | set(scopes)), "given_at": at},
        )
        given = ConsentGiven(subject=by.account_id, system_id=system.id, scopes=sorted(scopes))
        record(given, by=by, at=at)
