from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record
from camaug.queue.actions.arranging import changed, locked_hall
from camaug.queue.events import CounterArranged
from camaug.queue.models import Counter, Shift


class CounterInUse(DomainError):
    """A counter is put out of use when nobody sits there."""

    sentence = _("An officer is at this counter. Close it first.")


@dataclass(frozen=True, slots=True)
class CounterRules:
    """What an administrator decides of a counter."""

    name: str
    letters: str
    in_use: bool


@transaction.atomic
def arrange_counter(agency_id: UUID, number: int, rules: CounterRules, *, by: Actor, at: datetime) -> Counter:
    """Set up or change the counter of that number. CounterInUse, NotFound."""
    hall = locked_hall(agency_id, by=by)
    counter = hall.counters.filter(number=number).first() or Counter(hall=hall, number=number)
    if not rules.in_use and Shift.objects.filter(counter=counter, closed_at=None).exists():
        raise CounterInUse
    before, after = changed(counter, asdict(rules))
    if after:
        record(CounterArranged(subject=agency_id, counter=number, before=before, after=after), by=by, at=at)
    return counter
