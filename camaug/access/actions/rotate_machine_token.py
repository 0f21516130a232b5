from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.access.actions.issue_token import Issued, issue_machine_token
from camaug.access.events import TokenRevoked
from camaug.access.models import MACHINES, Account, ApiToken
from camaug.access.policy import ADMINISTER
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record


def rotate_machine_token(account_id: UUID, *, by: Actor, at: datetime) -> Issued:
    """Give an open program's account another token in the place of all earlier ones. NotFound where it has ended."""
    ADMINISTER.check(by, None)
    with transaction.atomic():
        account = (
            Account.objects.select_for_update()
            .filter(id=account_id, kind__in=MACHINES, is_active=True, expires_at__gt=at)
            .first()
        )
        if account is None:
            raise NotFound
        for token in ApiToken.objects.select_for_update().filter(account=account, revoked_at=None):
            token.revoked_at = at
            token.save(update_fields=["revoked_at"])
            record(TokenRevoked(subject=token.id, prefix=token.prefix), by=by, at=at)
        return issue_machine_token(account, by=by, at=at)
