from collections.abc import Callable, Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.access.events import OfficerAccountsOpened
from camaug.access.models import Account
from camaug.access.policy import ADMINISTER
from camaug.kernel.actors import Actor
from camaug.kernel.events import record
from camaug.kernel.ids import uuid7
from camaug.people.queries import every_officer

BATCH = 1000
UNUSABLE = "!"  # no hash begins so: nothing matches before the account is activated


def open_officer_accounts(
    *,
    only: Collection[UUID] | None = None,
    by: Actor,
    at: datetime,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> int:
    """Give every officer in service (of `only`) who has no account one of his entry's kind, which cannot sign in yet;
    returns how many.

    Nothing is hashed. `progress` is told (done, total).
    """
    ADMINISTER.check(by, None)
    with transaction.atomic():
        have = set(Account.objects.exclude(officer=None).values_list("officer_id", flat=True))
        new = [
            Account(kind=o.kind, email=o.official_email, officer_id=o.id, password=UNUSABLE, created_at=at)
            for o in every_officer(at, only=only)
            if o.id not in have
        ]
        for start in range(0, len(new), BATCH):
            Account.objects.bulk_create(new[start : start + BATCH])
            progress(min(start + BATCH, len(new)), len(new))
        if new:
            record(OfficerAccountsOpened(subject=uuid7(), count=len(new)), by=by, at=at)
    return len(new)
