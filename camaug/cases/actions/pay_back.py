from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.cases.actions.confirm_payment import WAYS_OF, UnknownWay
from camaug.cases.events import RefundPaidBack
from camaug.cases.lifecycle import RefundState
from camaug.cases.models import Case, PaymentKind
from camaug.cases.moves import begin, one_move
from camaug.cases.numbers import next_book_number
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError

VOUCHERS = "PHIEU_CHI"


class NothingToPayBack(DomainError):
    """No refund is owed."""

    sentence = _("Nothing is owed back in this case, or it was already paid back.")


@one_move
def pay_back(
    case_id: UUID,
    *,
    way: str,
    by: Actor,
    at: datetime,
    seen: int | None = None,
    receiver: str = "",
    number: str = "",
) -> Case:
    """Give back what is owed back, with the next voucher number of the agency's year, in cash or by transfer.

    `receiver` and the `number` of the identity paper are who took it; "": the applicant. NothingToPayBack, UnknownWay.
    """
    moving = begin(case_id, "pay_back", by=by, at=at, seen=seen)
    case = moving.case
    refund = case.refunds.select_for_update().filter(state=RefundState.OWED).first()
    if refund is None:
        raise NothingToPayBack
    if way not in WAYS_OF[PaymentKind.FEE]:
        raise UnknownWay
    year = at.astimezone(LOCAL).year
    refund.state, refund.paid_at, refund.paid_by, refund.way = RefundState.PAID_BACK, at, by.account_id, way
    refund.receipt_number = f"{next_book_number(VOUCHERS, refund.agency_id, year):05d}/{year}"
    if receiver.strip() and receiver.strip() != refund.payee_name:
        refund.payee_name, refund.payee_number = receiver.strip()[:200], ""
    refund.payee_number = number.strip()[:14] or refund.payee_number
    moving.rows.change(refund)
    return moving.finish(
        RefundPaidBack(
            subject=case.id,
            code=case.code or "",
            refund=refund.id,
            amount=refund.amount,
            receipt_number=refund.receipt_number,
        )
    )
