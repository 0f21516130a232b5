from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.worktime import revision
from camaug.worktime.events import DayOffWithdrawn
from camaug.worktime.models import DayOff
from camaug.worktime.policy import CHANGE_CALENDAR


class WithdrawalUnexplained(DomainError):
    """Whoever planned with the day wants to know why it is taken back."""

    sentence = _("Say why the day is taken back.")


@transaction.atomic
def withdraw_day_off(day_id: UUID, *, reason: str, by: Actor, at: datetime) -> None:
    """Take back a declared day (and the other day of its swap): its weekday decides again.

    NotFound where it is not declared, or no more; WithdrawalUnexplained.
    """
    day = DayOff.objects.select_for_update().filter(pk=day_id, withdrawn_at=None).first()
    if day is None:
        raise NotFound
    CHANGE_CALENDAR.check(by, day.unit_id)
    if not reason.strip():
        raise WithdrawalUnexplained
    pair = DayOff.objects.filter(
        unit_id=day.unit_id, date__in=[day.date, day.swapped_with or day.date], withdrawn_at=None
    )
    for row in pair:
        fact = DayOffWithdrawn(
            subject=row.id,
            unit_id=str(row.unit_id) if row.unit_id else None,
            date=row.date.isoformat(),
            kind=row.kind,
            occasion=row.name,
            reason=reason,
        )
        record(fact, by=by, at=at)
    pair.update(withdrawn_at=at)
    revision.renew(at=at)
