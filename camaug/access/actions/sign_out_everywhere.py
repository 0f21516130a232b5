from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access.actions.end_everything import end_everything
from camaug.access.actions.reopen_account import write_reason
from camaug.access.events import SignedOutEverywhere
from camaug.access.models import IN_OFFICE, Account, AccountKind, DecisionKind
from camaug.access.policy import ADMINISTER
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record


class OwnSessions(DomainError):
    """Whoever means his own needs no office for it."""

    sentence = _("Your own devices you sign out under Account security.")


def sign_out_everywhere(account_id: UUID, *, reason: str, by: Actor, at: datetime) -> None:
    """Sign somebody out of every browser, of every system entered from here, and end his programs' tokens.

    The account stays open, with its password and second factors. Raises NotFound, OwnSessions, WhyMissing.
    """
    ADMINISTER.check(by, None)
    with transaction.atomic():
        people = Account.objects.select_for_update(of=("self",)).filter(kind__in=[*IN_OFFICE, AccountKind.CITIZEN])
        if not people.filter(pk=account_id).exists():
            raise NotFound
        if account_id == by.account_id:
            raise OwnSessions
        write_reason(account_id, DecisionKind.SIGNED_OUT, reason, by=by, at=at)
        end_everything(account_id, by=by, at=at)
        record(SignedOutEverywhere(subject=account_id), by=by, at=at)
