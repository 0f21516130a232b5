from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.kernel.grants import OfficeKind, kind_of
from camaug.people.actions.keep_apart import carried
from camaug.people.events import OfficerKindChanged
from camaug.people.models import Officer, Role
from camaug.people.policy import ADMINISTER


class SameKind(DomainError):
    """It is of that kind."""

    sentence = _("The account is of this kind already.")


class StillCarries(DomainError):
    """A role of the earlier kind is carried, or will be."""

    sentence = _("The role “{role}” is still carried, now or later. End it first, then change the kind of account.")


def become(officer_id: UUID, kind: OfficeKind, *, by: Actor, at: datetime) -> None:
    """Inside the transaction that also ends what the account has open: the entry is of another kind from now on.

    Raises NotFound, SameKind, StillCarries.
    """
    ADMINISTER.check(by, None)
    officer = Officer.objects.select_for_update().filter(pk=officer_id).first()
    if officer is None:
        raise NotFound
    if officer.kind == kind:
        raise SameKind
    if strange := next((role for role in sorted(carried(officer_id, at=at)) if kind_of(role) != kind), ""):
        named = Role.objects.filter(code=strange).values_list("name", flat=True).first()
        raise StillCarries(role=named or strange)
    be_of_kind(officer, kind, by=by, at=at)


def be_of_kind(officer: Officer, kind: OfficeKind, *, by: Actor, at: datetime) -> None:
    """Let the entry, which the caller holds, be of that kind, and its account with it: the database sees to that."""
    if officer.kind == kind:
        return
    earlier, officer.kind = officer.kind, kind
    Officer.objects.filter(pk=officer.pk).update(kind=kind)
    record(OfficerKindChanged(subject=officer.pk, kind=kind, earlier=earlier), by=by, at=at)
