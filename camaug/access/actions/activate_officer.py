from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access.events import OfficerActivated
from camaug.access.models import Account, AccountKind
from camaug.access.policy import ADMINISTER
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record


class PasswordWeak(DomainError):
    """Too short, too common or only digits (TCVN 14423:2026: 14 characters where there is no second factor)."""

    sentence = _("Choose a password of at least 14 characters that is not a common one.")


def activate_officer(official_email: str, *, password: str, by: Actor, at: datetime) -> Account:
    """Give an officer's account a password, with which he can sign in. Raises NotFound, PasswordWeak."""
    ADMINISTER.check(by, None)
    with transaction.atomic():
        email = official_email.strip().lower()
        account = Account.objects.select_for_update().filter(kind=AccountKind.OFFICER, email=email).first()
        if account is None:
            raise NotFound
        try:
            validate_password(password, account)
        except ValidationError as error:
            raise PasswordWeak from error
        account.set_password(password)
        account.save(update_fields=["password"])
        record(OfficerActivated(subject=account.id), by=by, at=at)
    return account
