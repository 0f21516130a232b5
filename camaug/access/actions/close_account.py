from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.access.events import AccountClosed
from camaug.access.models import Account
from camaug.access.policy import ADMINISTER
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record


def close_account(account_id: UUID, *, by: Actor, at: datetime) -> None:
    """Close an account: its sessions end with their next request and nobody signs in to it. Raises NotFound."""
    ADMINISTER.check(by, None)
    with transaction.atomic():
        if not Account.objects.filter(id=account_id).update(is_active=False):
            raise NotFound
        record(AccountClosed(subject=account_id), by=by, at=at)
