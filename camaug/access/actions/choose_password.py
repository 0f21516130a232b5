from datetime import datetime

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access.actions.confirm_identity import PasswordWrong, confirm_by_password
from camaug.access.actions.invite import withdraw_open
from camaug.access.actions.revoke_all import revoke_all
from camaug.access.breached import is_breached
from camaug.access.events import PasswordChosen
from camaug.access.guessable import is_guessable
from camaug.access.models import Account, AccountKind, Factor, PastPassword
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record

SHORTEST, SHORTEST_WITH_FACTOR = 14, 8
KEPT = 10
"""How many earlier passwords are not taken again (TCVN 14423:2026, level 3)."""


class PresentPasswordWrong(PasswordWrong):
    """Not the password that is to be replaced."""

    sentence = _("The present password is not right.")


class PasswordWeak(DomainError):
    """Too short (TCVN 14423:2026: 14 characters, 8 beside a second factor), too common, or only digits."""

    sentence = _("Choose a password of at least {shortest} characters that is not a common one.")


class PasswordBreached(DomainError):
    """It stands in lists that attackers have."""

    sentence = _("This password stands in lists of stolen passwords. Choose another one.")


class PasswordGuessable(DomainError):
    """It is made of words that anybody here would try, or of the account's own address."""

    sentence = _("This password is made of words that anybody here would try first. Add words of your own.")


class PasswordHadBefore(DomainError):
    """The account has or had it."""

    sentence = _("You have used this password before. Choose one that is new.")


def choose_password(password: str, *, present: str = "", forgotten: bool = False, by: Actor, at: datetime) -> Account:
    """Give the actor's own account another password; a citizen's, who does well without one, also its first.

    Whoever has one shows it, `present`, before anything is said of the new one, which might be the same. `forgotten`:
    the caller has seen shown instead what lets a forgotten one be replaced. Programs that act for the account need new
    tokens.

    Raises NotFound, PresentPasswordWrong, TooManyAttempts, PasswordWeak, PasswordBreached, PasswordGuessable,
    PasswordHadBefore.
    """
    if not forgotten:
        _check_present(present, by=by, at=at)
    with transaction.atomic():
        account = Account.objects.select_for_update().filter(pk=by.account_id).first() if by.account_id else None
        if account is None or not may_choose_password(account):
            raise NotFound
        take_password(password, account, by=by, at=at)
        record(PasswordChosen(subject=account.id), by=by, at=at)
        revoke_all(account.id, by=by, at=at)
    return account


def _check_present(present: str, *, by: Actor, at: datetime) -> None:
    """Counted as other attempts of somebody signed in are, in a transaction of its own: a wrong one stays counted."""
    account = Account.objects.filter(pk=by.account_id).first() if by.account_id else None
    if account is None or not account.has_usable_password():
        return
    try:
        confirm_by_password(account, password=present, by=by, at=at)
    except PasswordWrong as no:
        raise PresentPasswordWrong from no


def may_choose_password(account: Account) -> bool:
    """An officer's first one is chosen when his account is activated."""
    return account.kind == AccountKind.CITIZEN or account.has_usable_password()


def take_password(password: str, account: Account, *, by: Actor, at: datetime) -> None:
    """Let the account have it by all rules, inside the caller's transaction, which holds the account.

    A link that still lies in a mailbox replaces it by no other one: open invitations end.

    Raises PasswordWeak, PasswordBreached, PasswordGuessable, PasswordHadBefore.
    """
    check_admissible(password, account)
    _check_new(password, account)
    if account.has_usable_password():
        PastPassword.objects.create(account=account, password=account.password, until_at=at)
    old = PastPassword.objects.filter(account=account).order_by("-until_at", "-id").values("id")[KEPT:]
    PastPassword.objects.filter(id__in=list(old.values_list("id", flat=True))).delete()
    account.set_password(password)
    account.password_at = at
    account.save(update_fields=["password", "password_at"])
    withdraw_open([account.id], by=by, at=at)


def check_admissible(password: str, account: Account) -> None:
    """Whether the account may have this password at all. Raises PasswordWeak, PasswordBreached, PasswordGuessable."""
    shortest = SHORTEST_WITH_FACTOR if Factor.objects.filter(account=account).exists() else SHORTEST
    if len(password) < shortest:
        raise PasswordWeak(shortest=shortest)
    try:
        validate_password(password, account)
    except ValidationError as error:
        raise PasswordWeak(shortest=shortest) from error
    if is_breached(password):
        raise PasswordBreached
    if is_guessable(password, account.email or ""):
        raise PasswordGuessable


def _check_new(password: str, account: Account) -> None:
    past = PastPassword.objects.filter(account=account).order_by("-until_at").values_list("password", flat=True)
    if any(check_password(password, one) for one in (account.password, *past[: KEPT - 1])):
        raise PasswordHadBefore
