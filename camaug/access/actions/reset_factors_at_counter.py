from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access.actions.count_attempt import Limit, count_attempt
from camaug.access.actions.reset_factors import take_factors_away
from camaug.access.models import Account, AccountKind
from camaug.access.policy import HELP_AT_COUNTER
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.people.queries import person_by_number

HELPED = Limit("counter-factors", of_one=20, of_network=200, window=timedelta(days=1))


class PaperNotSeen(DomainError):
    """Who stands there is known by his identity paper alone."""

    sentence = _("Have the identity paper shown to you, compare face and number, and say so here.")


class NoSuchAccount(DomainError):
    """No citizen with that number signs in here."""

    sentence = _("No account belongs to this personal number.")


def reset_factors_at_counter(number: str, *, paper_seen: bool, reason: str, by: Actor, at: datetime) -> None:
    """Take a citizen's second factors away, who stands at the counter with his identity paper.

    It opens nothing by itself: who signs in next still needs the citizen's password, or the code that goes to
    his own phone or mailbox, and he is told there at once. Raises PaperNotSeen, NoSuchAccount, NothingToReset,
    OwnFactors, WhyMissing, TooManyAttempts.
    """
    HELP_AT_COUNTER.check(by, None)
    if not paper_seen:
        raise PaperNotSeen
    count_attempt(HELPED, of=str(by.account_id), by=by, at=at)
    with transaction.atomic():
        known = person_by_number(number)
        citizens = Account.objects.select_for_update(of=("self",)).filter(kind=AccountKind.CITIZEN, is_active=True)
        account = citizens.filter(person_id=known.id).first() if known else None
        if account is None:
            raise NoSuchAccount
        take_factors_away(account, reason=reason, by=by, at=at)
