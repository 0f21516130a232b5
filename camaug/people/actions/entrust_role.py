from datetime import datetime, time
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record
from camaug.kernel.grants import SET_APART
from camaug.kernel.text import clean
from camaug.people.actions.appoint import RoleUnknown
from camaug.people.actions.declare_absence import PeriodBackwards
from camaug.people.actions.hold_position import hold_positions
from camaug.people.actions.keep_apart import keep_apart
from camaug.people.events import RoleEntrusted
from camaug.people.models import Position, Role, RoleTerm
from camaug.people.policy import ADMINISTER, DELEGATE


class TermOver(DomainError):
    """The time is over already."""

    sentence = _("The period lies in the past.")


class NotOwnRole(DomainError):
    """One delegates what one's own position carries, but for administering and operating."""

    sentence = _("This position does not itself carry that role, or the role cannot be delegated.")


class ToOneself(DomainError):
    """The receiving position is of the same officer."""

    sentence = _("Choose a position of another officer.")


class BeyondTheEnd(DomainError):
    """A position ends within the period."""

    sentence = _("The period goes beyond the end of the position of “{name}”.")


class DocumentMissing(DomainError):
    """A delegation is a paper with a number."""

    sentence = _("Enter number and day of the delegation document.")


class ReasonMissing(DomainError):
    """Whoever looks later wants to know why."""

    sentence = _("Enter a reason.")


class EntrustedAlready(DomainError):
    """The position carries the role, or is entrusted with it for part of the period."""

    sentence = _("This position carries that role already for part of the period.")


def entrust_role(
    position_id: UUID,
    *,
    role: str,
    delegated_from: UUID | None = None,
    from_at: datetime,
    until_at: datetime,
    document: str = "",
    reason: str,
    by: Actor,
    at: datetime,
) -> RoleTerm:
    """Let a position carry a role from `from_at`, before `until_at`: delegated from a position of who acts, for whose
    agency it then holds; None: given by an administrator, for the position's own agency.

    Raises NotFound, PeriodBackwards, TermOver, NotOwnRole, ToOneself, BeyondTheEnd, DocumentMissing, ReasonMissing,
    EntrustedAlready, RoleUnknown, KindsMixed.
    """
    with transaction.atomic():
        held = hold_positions({position_id, delegated_from or position_id})
        position, lender = held[position_id], held[delegated_from] if delegated_from else None
        if lender:
            _check_delegation(lender, position, role, document, by)
        else:
            ADMINISTER.check(by, None)
        _check_period(position, lender, from_at, until_at, at)
        if not Role.objects.filter(code=role).exists():
            raise RoleUnknown(role=role)
        if not clean(reason):
            raise ReasonMissing
        _check_new(position, lender, role, from_at, until_at)
        term = RoleTerm.objects.create(
            position=position,
            role=role,
            delegated_from=lender,
            from_at=from_at,
            until_at=until_at,
            document=clean(document)[:80],
            reason=clean(reason)[:300],
            given_by=by.account_id,
            given_by_name=by.name,
            given_at=at,
        )
        keep_apart(position.officer_id, at=at)
        entrusted = RoleEntrusted(
            subject=position.officer_id,
            position=position.id,
            role=role,
            delegated_from=delegated_from,
            from_at=from_at,
            until_at=until_at,
        )
        record(entrusted, by=by, at=at)
    return term


def _check_delegation(lender: Position, position: Position, role: str, document: str, by: Actor) -> None:
    DELEGATE.check(by, lender)
    if role not in lender.roles or role in SET_APART:
        raise NotOwnRole
    if position.officer_id == lender.officer_id:
        raise ToOneself
    if not clean(document):
        raise DocumentMissing


def _check_period(
    position: Position, lender: Position | None, from_at: datetime, until_at: datetime, at: datetime
) -> None:
    if until_at <= from_at:
        raise PeriodBackwards
    if until_at <= at:
        raise TermOver
    for one in (position, lender):
        ends = [day for day in (one.valid_until, one.officer.left_date) if day] if one else []
        begins = datetime.combine(one.valid_from, time(), LOCAL) if one else from_at
        if one and (from_at < begins or any(until_at > datetime.combine(day, time(), LOCAL) for day in ends)):
            raise BeyondTheEnd(name=one.officer.full_name)


def _check_new(position: Position, lender: Position | None, role: str, from_at: datetime, until_at: datetime) -> None:
    agency = lender.agency_id if lender else position.agency_id
    rows = RoleTerm.objects.filter(position=position, role=role, revoked_at=None)
    rows = rows.filter(from_at__lt=until_at, until_at__gt=from_at)
    there = Q(delegated_from__agency=agency) | Q(delegated_from=None, position__agency=agency)
    if rows.filter(there).exists() or (role in position.roles and agency == position.agency_id):
        raise EntrustedAlready
