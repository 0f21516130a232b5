from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.kernel.grants import ADMINISTRATOR, ANY_POST, OPERATOR, RUNNING, Reach
from camaug.kernel.permissions import permissions
from camaug.kernel.text import clean
from camaug.people.actions.change_roles import NothingChanges
from camaug.people.actions.entrust_role import ReasonMissing
from camaug.people.actions.renew_directory import renew_directory
from camaug.people.events import RoleBookChanged
from camaug.people.models import Role, RoleGrant
from camaug.people.policy import ADMINISTER

KEPT = frozenset({"ui.administer", "people.administer"})
"""What the administrator's role always grants, so that the book can always be changed again."""


class NoCaseworkForAdministrators(DomainError):
    """Who administers reads and moves no case by it."""

    sentence = _("An administrator administers: no permission that reads or moves cases can be granted to this role.")


class AdministratorsAlone(DomainError):
    """Who works on cases does not administer in the same role."""

    sentence = _("This permission belongs to administering and is granted to the administrator's role alone.")


class OperatorsAlone(DomainError):
    """Who keeps the installation running does nothing else in the same role, and nobody else does that."""

    sentence = _(
        "The operator's role keeps the installation running: it grants what belongs to that, and no other role does."
    )


class AlwaysGranted(DomainError):
    """Nobody could change the book any more."""

    sentence = _("The administrator's role always grants this: else nobody could ever change the role book again.")


class ReachImpossible(DomainError):
    """The permission cannot be granted so far."""

    sentence = _("This permission cannot be granted so far.")


def change_grant(role: str, permission: str, *, reach: str, reason: str, by: Actor, at: datetime) -> UUID:
    """Let a role grant a permission as far as `reach` says ("": no more), at once. Returns the line's id.

    Raises NotFound, NoCaseworkForAdministrators, AdministratorsAlone, OperatorsAlone, AlwaysGranted, ReachImpossible,
    ReasonMissing, NothingChanges.
    """
    ADMINISTER.check(by, None)
    check_grant(role, permission, reach)
    if not clean(reason):
        raise ReasonMissing
    today = at.astimezone(LOCAL).date()
    with transaction.atomic():
        # Whoever changes the book waits for whoever else does.
        Role.objects.select_for_update().get(code=ADMINISTRATOR)
        lines = RoleGrant.objects.filter(role=role, permission=permission)
        now = lines.filter(valid_from__lte=today).exclude(valid_until__lte=today).first()
        earlier = now.reach if now else ""
        if earlier == reach:
            raise NothingChanges
        if now:
            lines.filter(pk=now.pk).update(valid_until=today)
        line = RoleGrant.objects.create(
            role=role,
            permission=permission,
            reach=reach,
            valid_from=today,
            granted_by=by.account_id,
            granted_by_name=by.name,
            granted_at=at,
            reason=clean(reason)[:300],
        )
        renew_directory()
        changed = RoleBookChanged(
            subject=line.id, role=role, permission=permission, reach=reach, earlier=earlier, from_date=today
        )
        record(changed, by=by, at=at)
    return line.id


def check_grant(role: str, permission: str, reach: str) -> None:
    """Raise what the book can never hold."""
    known = permissions().get(permission)
    if known is None or not known.reaches or not (role == ANY_POST or Role.objects.filter(code=role).exists()):
        raise NotFound
    if reach and (role == OPERATOR) != (permission in RUNNING):
        raise OperatorsAlone
    administers = known.reaches == (Reach.PROVINCE,)
    if role == ADMINISTRATOR and known.casework and reach:
        raise NoCaseworkForAdministrators
    if role not in (ADMINISTRATOR, OPERATOR) and administers and reach:
        raise AdministratorsAlone
    if role == ADMINISTRATOR and permission in KEPT and not reach:
        raise AlwaysGranted
    if reach and reach not in known.reaches:
        raise ReachImpossible
