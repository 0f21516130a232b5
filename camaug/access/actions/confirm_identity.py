from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access.actions.count_attempt import count_attempt, forgive_attempt
from camaug.access.events import IdentityConfirmed
from camaug.access.limits import CONFIRMATIONS
from camaug.access.models import Account
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record


class PasswordWrong(DomainError):
    """Not the account's password; told to somebody who is signed in to it."""

    sentence = _("The password is not right.")


def confirm_by_password(account: Account, *, password: str, by: Actor, at: datetime) -> None:
    """Check the password of somebody who is signed in. Raises PasswordWrong, TooManyAttempts."""
    count_attempt(CONFIRMATIONS, of=str(account.id), by=by, at=at)
    if not account.check_password(password):
        raise PasswordWrong
    forgive_attempt(CONFIRMATIONS, of=str(account.id), by=by, at=at)


def note_confirmation(account_id: UUID, *, how: str, by: Actor, at: datetime) -> None:
    """Write down that somebody signed in showed once more who he is."""
    with transaction.atomic():
        record(IdentityConfirmed(subject=account_id, how=how), by=by, at=at)
