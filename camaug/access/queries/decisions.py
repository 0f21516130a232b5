from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from camaug.access.models import AccountDecision


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What somebody decided about another's account: `kind` is one of `DecisionKind`."""

    kind: str
    reason: str
    by_name: str
    at: datetime


def decisions_about(account_id: UUID) -> tuple[DecisionView, ...]:
    """All about an account, the latest first."""
    rows = AccountDecision.objects.filter(account_id=account_id).order_by("-decided_at", "-id")
    return tuple(DecisionView(row.kind, row.reason, row.by_name, row.decided_at) for row in rows)
