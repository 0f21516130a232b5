from camaug.cases.actions.owe import owe
from camaug.cases.actions.owe_back import owe_back
from camaug.cases.dues import Dues, counted
from camaug.cases.events import FeesRecounted
from camaug.cases.models import RefundReason
from camaug.cases.moves import Moving


def recount_fees(moving: Moving, before: Dues, *, reason: RefundReason = RefundReason.LESS_DUE) -> Dues:
    """Count the fees anew, inside a move that changed what they are counted from.

    What is not paid yet is replaced; more than was paid is owed beside it; where less is due than was paid, the rest is
    owed back, for that `reason`. Nothing is owed before reception, unless it was asked for. A sum that nobody has
    entered waits for that. `before` is what the case cost until now.
    """
    case = moving.case
    after = counted(case, moving.definition, before.rows, refunds=before.refunds)
    if after.unknown or not (case.is_received() or before.asked):
        return after
    asked, left_over = before.standing, before.back
    payment = owe(moving, after)
    if after.back or after.refund:
        owe_back(moving, after.back, reason)
    if (after.more, after.back) != (asked, left_over):
        moving.tell(
            FeesRecounted(
                subject=case.id,
                code=case.code or "",
                payment=payment.id if payment else None,
                before=asked,
                after=after.more,
                overpaid=after.back,
            )
        )
    return after
