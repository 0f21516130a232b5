from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record
from camaug.people.actions.end_absence import AbsenceOver
from camaug.people.actions.hold_position import hold_position
from camaug.people.events import AbsenceDeclared, AbsenceEnded
from camaug.people.models import Absence


def end_stand_in(absence_id: UUID, *, by: Actor, at: datetime) -> None:
    """Let nobody act for an absent holder from now on, who stays away as long as was declared.

    For a caller that knows by a rule of its own that the actor may, as a head who reviews access does. What was
    declared first stays written until now. Raises NotFound, AbsenceOver.
    """
    with transaction.atomic():
        position_id = Absence.objects.filter(id=absence_id).values_list("position_id", flat=True).first()
        if position_id is None:
            raise NotFound
        position = hold_position(position_id)
        absence = Absence.objects.exclude(stand_in=None).filter(id=absence_id).first()
        if absence is None:
            raise NotFound
        if absence.until_at <= at:
            raise AbsenceOver
        begun = absence.from_at < at
        if begun:
            Absence.objects.filter(id=absence_id).update(until_at=at)
            Absence.objects.create(
                position=position, from_at=at, until_at=absence.until_at, reason=absence.reason, stand_in=None
            )
        else:
            Absence.objects.filter(id=absence_id).update(stand_in=None)
        ended = AbsenceEnded(subject=position.officer_id, position=position.id, from_at=absence.from_at, ended_at=at)
        record(ended, by=by, at=at)
        declared = AbsenceDeclared(
            subject=position.officer_id,
            position=position.id,
            stand_in=None,
            from_at=at if begun else absence.from_at,
            until_at=absence.until_at,
        )
        record(declared, by=by, at=at)
