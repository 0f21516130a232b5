from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record
from camaug.kernel.history import check_seen
from camaug.people.actions.appoint import RoleUnknown
from camaug.people.actions.end_position import PositionNotHeld
from camaug.people.actions.hold_position import hold_position
from camaug.people.actions.keep_administrator import keep_administrator
from camaug.people.actions.keep_apart import keep_apart, stand_ins_of
from camaug.people.events import RolesChanged
from camaug.people.models import Position, Role
from camaug.people.policy import ADMINISTER, ADMINISTRATOR


class NothingChanges(DomainError):
    """The position carries these roles already."""

    sentence = _("The position carries these roles already.")


def change_roles(
    position_id: UUID, *, roles: Iterable[str], main: bool, seen: int | None = None, by: Actor, at: datetime
) -> None:
    """Let a position carry other roles from now on, and say whether it is the officer's main one.

    Raises NotFound, PositionNotHeld, RoleUnknown, NothingChanges, LastAdministrator, KindsMixed,
    ChangedMeanwhile.
    """
    ADMINISTER.check(by, None)
    let_carry(position_id, roles=roles, main=main, seen=seen, by=by, at=at)


def let_carry(
    position_id: UUID, *, roles: Iterable[str], main: bool, seen: int | None = None, by: Actor, at: datetime
) -> None:
    """The same for a caller that knows by a rule of its own that the actor may, as a head who reviews roles does."""
    wanted, today = sorted(set(roles)), at.astimezone(LOCAL).date()
    with transaction.atomic():
        position = hold_position(position_id)
        check_seen(position.officer_id, seen)
        if position.valid_until and position.valid_until <= today:
            raise PositionNotHeld
        if unknown := set(wanted) - set(Role.objects.values_list("code", flat=True)):
            raise RoleUnknown(role=min(unknown))
        earlier = sorted(position.roles)
        if earlier == wanted and position.main == main:
            raise NothingChanges
        Position.objects.filter(id=position.id).update(roles=wanted, main=main)
        if ADMINISTRATOR in set(earlier) - set(wanted):
            keep_administrator(from_date=today)
        for officer_id in (position.officer_id, *stand_ins_of([position.id], at=at)):
            keep_apart(officer_id, at=at)
        changed = RolesChanged(
            subject=position.officer_id, position=position.id, roles=wanted, earlier=earlier, main=main
        )
        record(changed, by=by, at=at)
