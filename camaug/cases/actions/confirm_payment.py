from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.cases.actions.owe import owe
from camaug.cases.clock import go_on
from camaug.cases.dues import dues
from camaug.cases.events import FeesRecounted, PaymentConfirmed
from camaug.cases.lifecycle import PaymentState, State
from camaug.cases.models import Case, Payment, PaymentKind, PaymentWay
from camaug.cases.moves import Moving, begin, one_move
from camaug.cases.numbers import next_book_number
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError

RECEIPTS = "BIEN_LAI"
WAYS_OF = {
    PaymentKind.FEE: frozenset({PaymentWay.CASH, PaymentWay.TRANSFER}),
    PaymentKind.DUTY: frozenset({PaymentWay.TREASURY}),
}


class NothingToPay(DomainError):
    """There is no open debt."""

    sentence = _("Nothing is owed in this case, or it was already paid.")


class ProofMissing(DomainError):
    """A duty is paid elsewhere: the paper that proves it is written down."""

    sentence = _("Enter the number of the paper that proves the payment into the State's budget.")


class UnknownWay(DomainError):
    """Money is taken in cash or by transfer."""

    sentence = _("Say how the money was paid: in cash or by transfer.")


@one_move
def confirm_payment(
    case_id: UUID,
    *,
    way: str,
    by: Actor,
    at: datetime,
    seen: int | None = None,
    document: str = "",
    sums: Mapping[str, int] | None = None,
) -> Case:
    """Confirm that the money came in; a case that waited for it goes on. A duty comes before the fees, which are taken
    from reception on though nobody asked for them before.

    `document` is the number of the paper that proves a duty paid into the State's budget. `sums` gives, by fee rule,
    the sums that the catalogue does not know (SumUnknown where one is missing), in đồng; 0 where nothing is owed.
    """
    moving = begin(case_id, "confirm_payment", by=by, at=at, seen=seen)
    case = moving.case
    payment = _due(moving, sums)
    state = State(case.state)
    if state == State.FINANCIAL_DUTY:
        go_on(case, moving.definition, at=at)
        state, case.resume_state = State(case.resume_state), ""
    if payment.amount == 0:
        return moving.finish(_nothing(moving, payment), state=state)
    paid = pay(moving, payment, way=way, document=document)
    moving.rows.change(payment)
    return moving.finish(paid, state=state)


def _due(moving: Moving, sums: Mapping[str, int] | None) -> Payment:
    """What is paid now: what a waiting case waits for, otherwise what is due. NothingToPay, SumUnknown."""
    known = dues(moving.case, moving.definition, sums=sums)
    if known.duty is not None:
        return known.duty
    if moving.case.state == State.FINANCIAL_DUTY and known.open is not None:
        return known.open
    due = owe(moving, known) if moving.case.is_received() or known.asked else None
    if due is None or (due.amount == 0 and not sums):
        raise NothingToPay
    return due


def _nothing(moving: Moving, payment: Payment) -> FeesRecounted:
    """The officer entered that nothing is owed."""
    case = moving.case
    return FeesRecounted(subject=case.id, code=case.code or "", payment=payment.id, before=0, after=0, overpaid=0)


def settle(moving: Moving, payment: Payment, *, way: str, receipt: int) -> None:
    """Money taken together with another move, in its transaction, which has taken the receipt's number already."""
    moving.tell(pay(moving, payment, way=way, receipt=receipt))
    moving.rows.change(payment)


def pay(
    moving: Moving, payment: Payment, *, way: str, document: str = "", receipt: int | None = None
) -> PaymentConfirmed:
    """Mark the debt paid, a fee with the next receipt number of the agency's year (or `receipt`, where it was taken
    already); the event. The caller writes it.
    """
    if way not in WAYS_OF[PaymentKind(payment.kind)]:
        raise UnknownWay
    if payment.kind == PaymentKind.DUTY:
        _prove(payment, document)
    case, at = moving.case, moving.at
    year = at.astimezone(LOCAL).year
    if case.receiving_agency_id is None:
        raise NothingToPay
    payment.state, payment.paid_at, payment.way = PaymentState.PAID, at, way
    payment.taken_by = moving.by.account_id
    if payment.kind == PaymentKind.FEE:
        number = next_book_number(RECEIPTS, case.receiving_agency_id, year) if receipt is None else receipt
        payment.receipt_number = f"{number:05d}/{year}"
    return PaymentConfirmed(
        subject=case.id,
        code=case.code or "",
        payment=payment.id,
        amount=payment.amount,
        receipt_number=payment.receipt_number,
    )


def _prove(payment: Payment, document: str) -> None:
    if not document.strip():
        raise ProofMissing
    payment.document = document.strip()[:60]
