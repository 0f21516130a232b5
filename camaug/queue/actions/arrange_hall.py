from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.events import record
from camaug.queue.actions.arranging import changed
from camaug.queue.events import HallArranged
from camaug.queue.models import Hall
from camaug.queue.policy import ARRANGE


@dataclass(frozen=True, slots=True)
class HallRules:
    """What an administrator decides of a hall."""

    open: bool
    books: bool
    horizon: int


@transaction.atomic
def arrange_hall(agency_id: UUID, rules: HallRules, *, by: Actor, at: datetime) -> Hall:
    """Change the rules of a hall; a hall that is not there yet is made."""
    ARRANGE.check(by, agency_id)
    hall, _new = Hall.objects.select_for_update().get_or_create(pk=agency_id)
    before, after = changed(hall, asdict(rules))
    if after:
        record(HallArranged(subject=agency_id, before=before, after=after), by=by, at=at)
    return hall
