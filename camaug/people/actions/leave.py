from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.kernel.history import check_seen
from camaug.people.actions.keep_administrator import keep_administrator
from camaug.people.events import OfficerLeft, PositionEnded
from camaug.people.models import Officer, Position
from camaug.people.policy import ADMINISTER, ADMINISTRATOR


class AlreadyLeft(DomainError):
    """The officer has left before."""

    sentence = _("The officer already left on {date}.")


def leave(officer_id: UUID, *, left_date: date, seen: int | None = None, by: Actor, at: datetime) -> None:
    """Let an officer leave the service; `left_date` is the first day away, on which every position ends.

    Raises NotFound, AlreadyLeft, LastAdministrator, ChangedMeanwhile.
    """
    ADMINISTER.check(by, None)
    with transaction.atomic():
        officer = Officer.objects.select_for_update().filter(id=officer_id).first()
        if officer is None:
            raise NotFound
        check_seen(officer_id, seen)
        if officer.left_date and officer.left_date <= left_date:
            raise AlreadyLeft(date=officer.left_date.strftime("%d/%m/%Y"))
        open_then = Q(valid_until=None) | Q(valid_until__gt=left_date)
        ending = list(Position.objects.filter(open_then, officer=officer).order_by("id"))
        Position.objects.filter(id__in=[position.id for position in ending]).update(
            valid_until=Greatest(F("valid_from"), left_date)
        )
        Officer.objects.filter(id=officer.id).update(left_date=left_date)
        if any(ADMINISTRATOR in position.roles for position in ending):
            keep_administrator(from_date=left_date)
        for position in ending:
            ended = max(position.valid_from, left_date)
            record(PositionEnded(subject=officer.id, position=position.id, until_date=ended), by=by, at=at)
        record(OfficerLeft(subject=officer.id, left_date=left_date), by=by, at=at)
