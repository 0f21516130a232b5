from datetime import datetime, timedelta
from uuid import UUID

from camaug.access.models import ApiToken

FINE_ENOUGH = timedelta(minutes=10)


def note_use(token_id: UUID, last_used_at: datetime | None, *, at: datetime) -> None:
    """Write down that a token was used; not at each call, so that reading costs no write."""
    if last_used_at is None or at - last_used_at > FINE_ENOUGH:
        ApiToken.objects.filter(pk=token_id).update(last_used_at=at)
