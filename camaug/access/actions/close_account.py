from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access.actions.end_everything import end_everything
from camaug.access.events import AccountClosed
from camaug.access.models import Account
from camaug.access.policy import ADMINISTER, ADMINISTRATOR
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.people.queries import positions_of


class AdministersStill(DomainError):
    """The role is ended first; that the last one keeps it is seen to there."""

    sentence = _("This officer is an administrator. End that role first, then close the account.")


def close_account(account_id: UUID, *, by: Actor, at: datetime) -> None:
    """Close an account: all that it has open ends, and nobody signs in to it.

    Raises NotFound, AdministersStill.
    """
    ADMINISTER.check(by, None)
    end_account(account_id, by=by, at=at)


def end_account(account_id: UUID, *, by: Actor, at: datetime) -> None:
    """The same for a caller that knows by a rule of its own that the actor may, as a head who reviews access does."""
    with transaction.atomic():
        account = Account.objects.select_for_update().filter(id=account_id).first()
        if (
            account
            and account.officer_id
            and any(ADMINISTRATOR in p.roles for p in positions_of(account.officer_id, at))
        ):
            raise AdministersStill
        if not Account.objects.filter(id=account_id).update(is_active=False):
            raise NotFound
        end_everything(account_id, by=by, at=at)
        record(AccountClosed(subject=account_id), by=by, at=at)
