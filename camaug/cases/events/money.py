"""What happens to the money of a case. Subject: the case."""

from uuid import UUID

from camaug.kernel.events import Event, event


@event
class PaymentAsked(Event):
    """The applicant was asked for the fees; `stopped`: the clock stands still until they are paid."""

    code: str
    payment: UUID
    amount: int
    stopped: bool = True


@event
class FeesRecounted(Event):
    """What the case says was changed, and with it the fees: what was asked for `before`, what is to be paid `after`;
    `overpaid` is what was paid beyond what is due. In đồng.
    """

    code: str
    payment: UUID | None
    before: int
    after: int
    overpaid: int


@event
class RefundOwed(Event):
    """So much of what was paid goes back, instead of `before`; 0: nothing any more. `reason` is a `RefundReason`."""

    code: str
    refund: UUID
    reason: str
    before: int
    amount: int


@event
class RefundPaidBack(Event):
    """The money went back to whoever is entitled to it; `receipt_number` is the voucher's."""

    code: str
    refund: UUID
    amount: int
    receipt_number: str


@event
class PaymentConfirmed(Event):
    """The money came in."""

    code: str
    payment: UUID
    amount: int
    receipt_number: str
