from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.people.events import RoleTermEnded
from camaug.people.models import RoleTerm
from camaug.people.policy import TAKE_BACK_ROLE


class TermEnded(DomainError):
    """The role has ended already."""

    sentence = _("This has ended already.")


def end_role_term(term_id: UUID, *, by: Actor, at: datetime) -> None:
    """End a role that was given or delegated for a time, at once. Raises NotFound, NotAllowed, TermEnded."""
    with transaction.atomic():
        TAKE_BACK_ROLE.check(by, _held(term_id))
        take_back_role(term_id, by=by, at=at)


def take_back_role(term_id: UUID, *, by: Actor, at: datetime) -> None:
    """The same for a caller that knows by a rule of its own that the actor may, as a head who reviews access does."""
    with transaction.atomic():
        term = _held(term_id)
        if term.revoked_at is not None or term.until_at <= at:
            raise TermEnded
        RoleTerm.objects.filter(pk=term.id).update(revoked_at=at)
        ended = RoleTermEnded(
            subject=term.position.officer_id,
            position=term.position_id,
            role=term.role,
            delegated_from=term.delegated_from_id,
        )
        record(ended, by=by, at=at)


def _held(term_id: UUID) -> RoleTerm:
    rows = RoleTerm.objects.select_for_update(of=("self",)).select_related("position")
    term = rows.filter(pk=term_id).first()
    if term is None:
        raise NotFound
    return term
