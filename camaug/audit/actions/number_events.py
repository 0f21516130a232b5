import secrets
from collections.abc import Sequence

from django.db.models import Max

from camaug.audit.entries import SALT
from camaug.audit.models import SealedEvent
from camaug.kernel.models import EventRecord


def number_events(rows: Sequence[EventRecord]) -> None:
    """Give events their places, in the order of reading; who has one keeps it. In the reader's transaction."""
    known = set(SealedEvent.objects.filter(event_id__in=[row.id for row in rows]).values_list("event_id", flat=True))
    last: int | None = SealedEvent.objects.aggregate(last=Max("index"))["last"]
    first = 0 if last is None else last + 1
    new = [row.id for row in rows if row.id not in known]
    SealedEvent.objects.bulk_create(
        SealedEvent(index=first + place, event_id=event_id, salt=secrets.token_bytes(SALT))
        for place, event_id in enumerate(new)
    )
