from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access.events import AccountReopened
from camaug.access.models import Account, AccountDecision, DecisionKind, Idleness
from camaug.access.policy import ADMINISTER
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record

LONGEST_REASON = 500


class WhyMissing(DomainError):
    """Whoever decides about another's account says why."""

    sentence = _("Say why, in at most {most} characters.")


class NotClosed(DomainError):
    """It is open."""

    sentence = _("This account is open already.")


def reopen_account(account_id: UUID, *, reason: str, by: Actor, at: datetime) -> None:
    """Let a closed account be signed in to again, with the password and second factors that it had.

    Sessions and tokens that ended stay ended. Raises NotFound, NotClosed, WhyMissing.
    """
    ADMINISTER.check(by, None)
    with transaction.atomic():
        account = Account.objects.select_for_update(of=("self",)).filter(pk=account_id).first()
        if account is None:
            raise NotFound
        if account.is_active:
            raise NotClosed
        write_reason(account_id, DecisionKind.REOPENED, reason, by=by, at=at)
        let_in_again(account, by=by, at=at)


def let_in_again(account: Account, *, by: Actor, at: datetime) -> None:
    """The same inside the caller's transaction, which holds the account and knows why."""
    account.is_active = True
    account.save(update_fields=["is_active"])
    again = {"closed_at": None, "warned_at": None, "reopened_at": at}
    Idleness.objects.update_or_create(account=account, defaults=again)
    record(AccountReopened(subject=account.pk), by=by, at=at)


def write_reason(account_id: UUID, kind: DecisionKind, reason: str, *, by: Actor, at: datetime) -> None:
    """Keep why somebody decided about another's account. Raises WhyMissing."""
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON:
        raise WhyMissing(most=LONGEST_REASON)
    AccountDecision.objects.create(account_id=account_id, kind=kind, reason=said, by_name=by.name, decided_at=at)
