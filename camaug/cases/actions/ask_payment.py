from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.cases.actions.owe import owe
from camaug.cases.clock import stop
from camaug.cases.dues import dues
from camaug.cases.events import PaymentAsked
from camaug.cases.lifecycle import State
from camaug.cases.models import Case
from camaug.cases.moves import begin, one_move
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError


class NothingOwed(DomainError):
    """A case without a fee is never sent through a payment."""

    sentence = _("Nothing is to be paid in this case.")


@one_move
def ask_payment(
    case_id: UUID, *, by: Actor, at: datetime, seen: int | None = None, sums: Mapping[str, int] | None = None
) -> Case:
    """Ask the applicant for the fees of the procedure. While work goes on, the clock stands still until the money is
    confirmed; a result that is ready just waits for it.

    `sums` gives, by fee rule, the sums that the catalogue does not know (SumUnknown where one is missing), in đồng.
    """
    moving = begin(case_id, "ask_payment", by=by, at=at, seen=seen)
    case = moving.case
    payment = owe(moving, dues(case, moving.definition, sums=sums))
    if payment is None or payment.amount == 0:
        raise NothingOwed
    waits = State(case.state) != State.RESULT_READY
    asked = PaymentAsked(
        subject=case.id, code=case.code or "", payment=payment.id, amount=payment.amount, stopped=waits
    )
    if not waits:
        return moving.finish(asked, state=State.RESULT_READY)
    case.resume_state = case.state
    stop(case, moving.definition, "FINANCIAL_DUTY", at=at, document=f"{case.code}/phi")
    return moving.finish(asked)
