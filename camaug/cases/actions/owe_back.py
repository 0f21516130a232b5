from uuid import UUID

from camaug.cases.events import RefundOwed
from camaug.cases.lifecycle import RefundState
from camaug.cases.models import Refund, RefundReason
from camaug.cases.moves import Moving
from camaug.kernel.rows import new


def owe_back(moving: Moving, amount: int, reason: RefundReason) -> Refund | None:
    """Write down, inside a move, that `amount` đồng go back, in the place of what was owed back; None for nothing.

    The same sum once more changes nothing and says nothing.
    """
    case = moving.case
    refund = case.refunds.select_for_update().filter(state=RefundState.OWED).first()
    before = refund.amount if refund else 0
    agency = case.receiving_agency_id
    if amount == before or agency is None:
        return refund
    if refund is None:
        refund = _owed(moving, amount, reason, agency)
        moving.rows.add(refund)
    elif amount:
        refund.amount, refund.reason = amount, reason
        moving.rows.change(refund)
    told = RefundOwed(
        subject=case.id, code=case.code or "", refund=refund.id, reason=refund.reason, before=before, amount=amount
    )
    moving.tell(told)
    if not amount:
        refund.delete()
        return None
    return refund


def _owed(moving: Moving, amount: int, reason: RefundReason, agency: UUID) -> Refund:
    case = moving.case
    return new(Refund)(
        case=case,
        agency_id=agency,
        reason=reason,
        amount=amount,
        payee_name=case.applicant_name,
        payee_number=case.applicant_number,
        owed_at=moving.at,
    )
