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
class PaymentConfirmed(Event):
    """The money came in."""

    code: str
    payment: UUID
    amount: int
    receipt_number: str
