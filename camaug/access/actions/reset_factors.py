from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access.actions.end_everything import end_everything
from camaug.access.actions.reopen_account import write_reason
from camaug.access.events import FactorsReset
from camaug.access.models import IN_OFFICE, Account, DecisionKind, Factor, RecoveryCode
from camaug.access.policy import ADMINISTER
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record


class OwnFactors(DomainError):
    """Whoever could reset his own would need none: of this account, and of the one that he has as a citizen."""

    sentence = _("Nobody resets the second factors of an account of his own. Somebody else has to do it.")


class NothingToReset(DomainError):
    """The account has no second factor."""

    sentence = _("This account has no second factor.")


def reset_factors(account_id: UUID, *, reason: str, by: Actor, at: datetime) -> None:
    """Take all second factors of an officer's account away, since he lost them; all that it has open ends.

    The password stays; the next sign-in from inside sets a new factor up. Raises NotFound, OwnFactors, NothingToReset,
    WhyMissing.
    """
    ADMINISTER.check(by, None)
    with transaction.atomic():
        officers = Account.objects.select_for_update(of=("self",)).filter(kind__in=IN_OFFICE)
        account = officers.filter(pk=account_id).first()
        if account is None:
            raise NotFound
        take_factors_away(account, reason=reason, by=by, at=at)


def take_factors_away(account: Account, *, reason: str, by: Actor, at: datetime) -> None:
    """The same for any account, inside the caller's transaction, which holds it and knows that `by` may."""
    if account.pk == by.account_id or not by.own.isdisjoint(_names_of(account)):
        raise OwnFactors
    factors = Factor.objects.filter(account=account)
    count = factors.count()
    if not count:
        raise NothingToReset
    write_reason(account.pk, DecisionKind.FACTORS_RESET, reason, by=by, at=at)
    factors.delete()
    RecoveryCode.objects.filter(account=account).delete()
    end_everything(account.pk, by=by, at=at)
    record(FactorsReset(subject=account.pk, factors=count), by=by, at=at)


def _names_of(account: Account) -> set[str]:
    """Under which ids and numbers the registers know the account's owner."""
    officer = account.officer
    person = officer.person if officer else account.person
    named = {str(person.id), person.personal_number or ""} if person else set()
    return (named | set(officer.own_numbers if officer else ())) - {""}
