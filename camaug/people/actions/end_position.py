from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record
from camaug.kernel.history import check_seen
from camaug.people.actions.hold_position import hold_position
from camaug.people.actions.keep_administrator import keep_administrator
from camaug.people.events import PositionEnded
from camaug.people.models import Position
from camaug.people.policy import ADMINISTER, ADMINISTRATOR


class PositionNotHeld(DomainError):
    """The position is not held any more, or not yet, on that day."""

    sentence = _("The position is not held on that day.")


def end_position(position_id: UUID, *, until_date: date, seen: int | None = None, by: Actor, at: datetime) -> None:
    """End a position; `until_date` is the first day without it.

    Raises NotFound, PositionNotHeld, LastAdministrator, ChangedMeanwhile.
    """
    ADMINISTER.check(by, None)
    with transaction.atomic():
        position = hold_position(position_id)
        check_seen(position.officer_id, seen)
        if until_date < position.valid_from or (position.valid_until and position.valid_until <= until_date):
            raise PositionNotHeld
        Position.objects.filter(id=position.id).update(valid_until=until_date)
        if ADMINISTRATOR in position.roles:
            keep_administrator(from_date=until_date)
        ended = PositionEnded(subject=position.officer_id, position=position.id, until_date=until_date)
        record(ended, by=by, at=at)
