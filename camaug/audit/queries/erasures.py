"""What was taken out of the history on request."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from camaug.audit.events import FactErased
from camaug.kernel.models import EventRecord

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Erasure:
    """Which value of which event, by whom, on which ground."""

    event: UUID
    key: str
    ground: str
    by: str
    at: datetime


def erasures(count: int = SHOWN) -> tuple[Erasure, ...]:
    """The newest first."""
    rows = EventRecord.objects.filter(name=FactErased.name).order_by("-at", "-id")[:count]
    return tuple(erasure_of(row) for row in rows)


def erasure_of(row: EventRecord) -> Erasure:
    """What the event says; one that was put in past the program may say less."""
    key, why = (str(row.facts.get(name) or "") for name in ("key", "why"))
    return Erasure(row.subject_id, key, why, row.actor_name, row.at)
