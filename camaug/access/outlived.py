"""What is kept of accounts for a time: dead tokens, passwords of before, what was decided about accounts."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from camaug.access.models import AccessReview, AccountDecision, ApiToken, InvitationRound, PastPassword, ReviewLine
from camaug.kernel.keeping import Kept


def _no_addresses(rows: QuerySet[Any], _at: datetime) -> None:
    rows.update(addresses=[], unknown=[], origin="")


def _with_lines(rows: QuerySet[Any], _at: datetime) -> None:
    ReviewLine.objects.filter(review__in=rows).delete()
    rows.delete()


OUTLIVED = {
    "TOKENS": Kept(
        "access.ApiToken",
        since="created_at",
        rows=lambda ends: ApiToken.objects.filter(Q(expires_at__lt=ends) | Q(revoked_at__lt=ends)),
    ),
    "PAST_PASSWORDS": Kept(
        "access.PastPassword", since="until_at", rows=lambda ends: PastPassword.objects.filter(until_at__lt=ends)
    ),
    "ACCOUNT_DECISIONS": Kept(
        "access.AccountDecision",
        since="decided_at",
        rows=lambda ends: AccountDecision.objects.filter(decided_at__lt=ends),
    ),
    "INVITATION_ROUNDS": Kept(
        "access.InvitationRound",
        since="asked_at",
        rows=lambda ends: InvitationRound.objects.filter(finished_at__lt=ends).exclude(
            addresses=[], unknown=[], origin=""
        ),
        erase=_no_addresses,
    ),
    "ACCESS_REVIEWS": Kept(
        "access.AccessReview",
        since="opened_at",
        rows=lambda ends: AccessReview.objects.filter(finished_at__lt=ends),
        erase=_with_lines,
    ),
}
