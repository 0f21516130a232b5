"""What was bound of rows that are too many for an event each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from camaug.audit.events import RowsBound
from camaug.kernel.models import EventRecord


@dataclass(frozen=True, slots=True)
class Binding:
    """An event that binds: which one, of which kind and span, how many rows, and the hash over them."""

    event: UUID
    subject: UUID
    kind: str
    since: datetime
    until: datetime
    rows: int
    digest: str


def bindings(kind: str) -> Iterator[Binding]:
    """Of that kind, in the order of their spans."""
    said = EventRecord.objects.filter(name=RowsBound.name, facts__kind=kind)
    found = [
        Binding(
            event=event_id,
            subject=subject,
            kind=kind,
            since=datetime.fromisoformat(facts["since"]),
            until=datetime.fromisoformat(facts["until"]),
            rows=facts["rows"],
            digest=facts["digest"],
        )
        for event_id, subject, facts in said.values_list("id", "subject_id", "facts")
    ]
    yield from sorted(found, key=lambda one: one.since)


def bound_until(kind: str) -> datetime | None:
    """Up to which instant rows of that kind are bound; None: nothing is."""
    return max((one.until for one in bindings(kind)), default=None)
