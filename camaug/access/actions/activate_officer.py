from datetime import datetime

from django.db import transaction

from camaug.access.actions.choose_password import check_admissible
from camaug.access.actions.invite import withdraw_open
from camaug.access.actions.revoke_all import revoke_all
from camaug.access.events import OfficerActivated
from camaug.access.models import IN_OFFICE, Account
from camaug.access.policy import ADMINISTER
from camaug.kernel.actors import Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record


def activate_officer(official_email: str, *, password: str, by: Actor, at: datetime, hashed: str = "") -> Account:
    """Give an officer's account a password, with which he can sign in; `hashed` is its hash, where it was made already.

    Raises NotFound, PasswordWeak, PasswordBreached, PasswordGuessable.
    """
    ADMINISTER.check(by, None)
    with transaction.atomic():
        email = official_email.strip().lower()
        account = Account.objects.select_for_update().filter(kind__in=IN_OFFICE, email=email).first()
        if account is None:
            raise NotFound
        check_admissible(password, account)
        if hashed:
            account.password = hashed
        else:
            account.set_password(password)
        account.password_at = at
        account.save(update_fields=["password", "password_at"])
        withdraw_open([account.id], by=by, at=at)
        record(OfficerActivated(subject=account.id), by=by, at=at)
        revoke_all(account.id, by=by, at=at)
    return account
