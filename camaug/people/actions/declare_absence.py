from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record
from camaug.kernel.history import check_seen
from camaug.kernel.text import clean
from camaug.people.actions.hold_position import hold_position
from camaug.people.actions.keep_apart import keep_apart
from camaug.people.events import AbsenceDeclared
from camaug.people.models import Absence, Officer, Position
from camaug.people.policy import ADMINISTER, DECLARE_ABSENCE


class PeriodBackwards(DomainError):
    """The absence ends before it begins."""

    sentence = _("The absence must end after it begins.")


class StandsInForSelf(DomainError):
    """The holder cannot be the stand-in."""

    sentence = _("Someone else must stand in for an absent officer.")


class NamesHimself(DomainError):
    """Who declares it would take over the roles of another himself."""

    sentence = _("Nobody but an administrator names himself as a stand-in. Somebody else has to declare this absence.")


class StandInHasLeft(DomainError):
    """The stand-in is not in service throughout."""

    sentence = _("The stand-in is not in service throughout that period.")


class AlreadyAbsent(DomainError):
    """Another absence of the same position overlaps."""

    sentence = _("Another absence is already declared for part of that period.")


def declare_absence(
    position_id: UUID,
    *,
    stand_in_id: UUID | None,
    from_at: datetime,
    until_at: datetime,
    reason: str = "",
    seen: int | None = None,
    by: Actor,
    at: datetime,
) -> Absence:
    """Say that a position's holder is away, and who acts in it meanwhile: from `from_at`, before `until_at`.

    Raises NotFound, PeriodBackwards, StandsInForSelf, NamesHimself, StandInHasLeft, AlreadyAbsent, KindsMixed,
    ChangedMeanwhile.
    """
    with transaction.atomic():
        position = hold_position(position_id, officers=[stand_in_id])
        DECLARE_ABSENCE.check(by, position)
        check_seen(position.officer_id, seen)
        if until_at <= from_at:
            raise PeriodBackwards
        if Absence.objects.filter(position=position, from_at__lt=until_at, until_at__gt=from_at).exists():
            raise AlreadyAbsent
        if stand_in_id is not None:
            _check_stand_in(stand_in_id, holder_id=position.officer_id, until_at=until_at)
            _check_not_himself(stand_in_id, by=by, at=at)
        absence = Absence.objects.create(
            position=position, stand_in_id=stand_in_id, from_at=from_at, until_at=until_at, reason=clean(reason)
        )
        if stand_in_id is not None:
            keep_apart(stand_in_id, at=at)
        declared = AbsenceDeclared(
            subject=position.officer_id, position=position.id, stand_in=stand_in_id, from_at=from_at, until_at=until_at
        )
        record(declared, by=by, at=at)
    return absence


def _check_stand_in(stand_in_id: UUID, *, holder_id: UUID, until_at: datetime) -> None:
    if stand_in_id == holder_id:
        raise StandsInForSelf
    last_day = (until_at - timedelta.resolution).astimezone(LOCAL).date()
    serving = Q(left_date=None) | Q(left_date__gt=last_day)
    if not Officer.objects.filter(serving, id=stand_in_id).exists():
        raise StandInHasLeft


def _check_not_himself(stand_in_id: UUID, *, by: Actor, at: datetime) -> None:
    if by.kind == ActorKind.SYSTEM or by.may(ADMINISTER.code):
        return
    own = [post.id for post in by.posts if not post.instead_of]
    acts_in = [post.id for post in by.posts if post.instead_of]
    acting = Absence.objects.filter(stand_in=stand_in_id, position__in=acts_in, from_at__lte=at, until_at__gt=at)
    if Position.objects.filter(officer=stand_in_id, id__in=own).exists() or acting.exists():
        raise NamesHimself
