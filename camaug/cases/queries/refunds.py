"""What a one-stop counter owes back, and what it has paid back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Sum

from camaug.cases.lifecycle import RefundState
from camaug.cases.models import Refund
from camaug.kernel.paging import Page, page_of


@dataclass(frozen=True, slots=True)
class RefundRow:
    """One sum in đồng; `reason` is a `RefundReason`, the last three are empty until it is paid back."""

    code: str
    procedure: str
    payee: str
    amount: int
    reason: str
    owed_at: datetime
    paid_at: datetime | None
    way: str
    receipt_number: str


@dataclass(frozen=True, slots=True)
class RefundTotal:
    """How many refunds stand in a state, and their sum in đồng."""

    count: int = 0
    amount: int = 0


def refunds_of(agency_id: UUID, state: RefundState, *, token: str = "", size: int = 50) -> Page[RefundRow]:
    """One page of the agency's refunds in that state: what is owed the oldest first, what was paid the newest first."""
    found = Refund.objects.filter(agency_id=agency_id, state=state).select_related("case__version")
    page = page_of(found, key="owed_at", token=token, size=size, descending=state == RefundState.PAID_BACK)
    return Page(rows=tuple(_row(one) for one in page.rows), older=page.older, newer=page.newer)


def refund_totals(agency_id: UUID) -> Mapping[RefundState, RefundTotal]:
    """Every state with what stands in it."""
    counted = Refund.objects.filter(agency_id=agency_id).values("state").annotate(n=Count("id"), sum=Sum("amount"))
    found = {row["state"]: RefundTotal(row["n"], int(row["sum"])) for row in counted}
    return {state: found.get(state, RefundTotal()) for state in RefundState}


def _row(refund: Refund) -> RefundRow:
    return RefundRow(
        code=refund.case.code or "",
        procedure=refund.case.version.name,
        payee=refund.payee_name,
        amount=refund.amount,
        reason=refund.reason,
        owed_at=refund.owed_at,
        paid_at=refund.paid_at,
        way=refund.way,
        receipt_number=refund.receipt_number,
    )
