"""What happened and is not sealed yet."""

from dataclasses import dataclass
from datetime import datetime

from django.db import connection


@dataclass(frozen=True, slots=True)
class Tail:
    """How many events wait, and for how many seconds the oldest has."""

    events: int
    seconds: int


def tail(*, at: datetime) -> Tail:
    """Counted from the last signed head on: numbered ones, and those that the numbering has not read."""
    with connection.cursor() as cursor:
        cursor.execute(_TAIL)
        events, oldest = cursor.fetchone()
    return Tail(events, max(0, int((at - oldest).total_seconds())) if oldest else 0)


_TAIL = """
WITH signed AS (SELECT coalesce(max(size), 0) AS size FROM audit_head),
waiting AS (
    SELECT e.recorded_at FROM audit_sealedevent p JOIN kernel_eventrecord e ON e.id = p.event_id, signed
    WHERE p.index >= signed.size
    UNION ALL
    SELECT e.recorded_at FROM kernel_eventrecord e
    WHERE NOT EXISTS (SELECT FROM kernel_subscription WHERE name = 'audit.number')
        OR (e.transaction, e.id) > (SELECT transaction, event_id FROM kernel_subscription WHERE name = 'audit.number')
)
SELECT count(*), min(recorded_at) FROM waiting
"""
