from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.kernel.history import check_seen
from camaug.people.actions.hold_position import hold_position
from camaug.people.events import AbsenceEnded
from camaug.people.models import Absence
from camaug.people.policy import DECLARE_ABSENCE


class AbsenceOver(DomainError):
    """The absence has ended by itself."""

    sentence = _("The absence is over already.")


def end_absence(absence_id: UUID, *, seen: int | None = None, by: Actor, at: datetime) -> None:
    """Let an absence end now; one that has not begun is taken back.

    Raises NotFound, AbsenceOver, ChangedMeanwhile.
    """
    with transaction.atomic():
        position_id = Absence.objects.filter(id=absence_id).values_list("position_id", flat=True).first()
        if position_id is None:
            raise NotFound
        position = hold_position(position_id)
        DECLARE_ABSENCE.check(by, position)
        check_seen(position.officer_id, seen)
        absence = Absence.objects.filter(id=absence_id).first()
        if absence is None:
            raise NotFound
        if absence.until_at <= at:
            raise AbsenceOver
        if absence.from_at >= at:
            absence.delete()
        else:
            Absence.objects.filter(id=absence_id).update(until_at=at)
        ended = AbsenceEnded(subject=position.officer_id, position=position.id, from_at=absence.from_at, ended_at=at)
        record(ended, by=by, at=at)
