from datetime import datetime

from django.db import transaction

from camaug.access.actions.end_everything import end_everything
from camaug.access.events import AccountClosedAsIdle
from camaug.access.models import Account, Idleness
from camaug.access.policy import ADMINISTER
from camaug.access.queries.idleness import to_be_closed
from camaug.kernel.actors import Actor
from camaug.kernel.events import record

BATCH = 50


def close_idle(*, by: Actor, at: datetime, batch: int = BATCH) -> int:
    """Close the next accounts of officers that nobody has used for too long, and end all that they have open; how many.

    Whoever signs in meanwhile holds his account's row, and is passed over.
    """
    ADMINISTER.check(by, None)
    with transaction.atomic():
        rows = list(to_be_closed(at).select_for_update(of=("self",), skip_locked=True).order_by("pk")[:batch])
        for one in rows:
            Account.objects.filter(pk=one.pk).update(is_active=False)
            Idleness.objects.filter(account=one).update(closed_at=at)
            end_everything(one.pk, by=by, at=at)
            record(AccountClosedAsIdle(subject=one.pk), by=by, at=at)
    return len(rows)
