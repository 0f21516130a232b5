from collections.abc import Callable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from camaug.access.actions.count_attempt import TooManyAttempts
from camaug.access.actions.count_sign_in import Counted, count_sign_in, welcome_back
from camaug.access.identifiers import Identifier
from camaug.access.limits import ACCOUNTS, PASSWORDS
from camaug.access.models import Account, AccountKind
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError

NOBODY = "!"
"""The password of nobody: checking against it costs one hash, and nothing is right."""


class NotSignedIn(DomainError):
    """One answer for a wrong password and for an account that is unknown, closed, an officer's or without one."""

    sentence = _(
        "The password is not right, or no account with a password belongs to what you entered. "
        "A code sent to your phone or mailbox always lets you in."
    )


def prove_password(
    identifier: Identifier, *, password: str, device: Callable[[str], str], by: Actor, at: datetime
) -> Account:
    """The citizen's account that is named and whose password this is. Raises NotSignedIn, TooManyAttempts.

    `device` tells the browser's mark for an account, "" where it is a stranger. Whoever is named and whether he exists,
    the same statements are run and one hash is computed. Attempts count by what was typed and by account, so that one
    account is not guessed at under three names; that the account's count is over looks like a wrong password, since it
    would tell whoever guesses under two names that both are one person's.
    """
    account = Account.objects.filter(kind=AccountKind.CITIZEN, **{identifier.column: identifier.value}).first()
    subject = str(account.id) if account else identifier.value
    mark = device(subject)
    by_name = count_sign_in(PASSWORDS, of=identifier.value, device=mark, by=by, at=at)
    by_account = _count_account(subject, mark, by, at)
    named = account or Account(password=NOBODY)
    if not named.check_password(password) or not named.is_active or by_account is None:
        raise NotSignedIn
    welcome_back(by_name, of=identifier.value, by=by, at=at)
    welcome_back(by_account, of=subject, by=by, at=at)
    return named


def _count_account(subject: str, mark: str, by: Actor, at: datetime) -> Counted | None:
    """None where it was tried too often."""
    try:
        return count_sign_in(ACCOUNTS, of=subject, device=mark, by=by, at=at)
    except TooManyAttempts:
        return None
