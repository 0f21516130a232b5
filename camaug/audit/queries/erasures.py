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
    return tuple(Erasure(r.subject_id, r.facts["key"], r.facts["why"], r.actor_name, r.at) for r in rows)
