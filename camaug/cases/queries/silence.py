"""What was asked and not answered."""

from datetime import datetime
from uuid import UUID

from camaug.cases.models import SilenceTimer

BATCH = 200


def timers_due(*, at: datetime, limit: int = BATCH) -> tuple[UUID, ...]:
    """The timers that have run out and have not gone off, the oldest first; found by an index that holds no others."""
    due = SilenceTimer.objects.filter(over_at__isnull=True, due_at__lte=at)
    return tuple(due.order_by("due_at", "id").values_list("id", flat=True)[:limit])
