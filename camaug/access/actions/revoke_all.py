from datetime import datetime
from uuid import UUID

from camaug.access.events import TokenRevoked
from camaug.access.models import ApiToken
from camaug.kernel.actors import Actor
from camaug.kernel.events import record


def revoke_all(account_id: UUID, *, by: Actor, at: datetime) -> None:
    """No token of the account opens anything any more; inside the transaction that changes what it was made with."""
    for token in ApiToken.objects.select_for_update().filter(account_id=account_id, revoked_at=None):
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
        record(TokenRevoked(subject=token.id, prefix=token.prefix), by=by, at=at)
