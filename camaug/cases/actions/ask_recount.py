from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from camaug.cases.models import Recount
from camaug.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Change:
    """What changed in the calendar: by which event, for which unit (None: all), on which days (None: without bound)."""

    id: UUID
    name: str
    occasion: str = ""
    unit_id: UUID | None = None
    from_date: date | None = None
    until_date: date | None = None


def ask_recount(change: Change, *, by: Actor, at: datetime) -> None:  # noqa: ARG001 (who changed it stands in its event)
    """Have open deadlines counted anew; asking again for the same event changes nothing."""
    Recount.objects.get_or_create(
        change_id=change.id,
        defaults={
            "change": change.name,
            "occasion": change.occasion[:300],
            "unit_id": change.unit_id,
            "from_date": change.from_date,
            "until_date": change.until_date,
            "asked_at": at,
        },
    )
