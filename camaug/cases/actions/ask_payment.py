from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from camaug.cases.clock import stop
from camaug.cases.events import PaymentAsked
from camaug.cases.lifecycle import PaymentState
from camaug.cases.models import Case, Payment, PaymentKind
from camaug.cases.moves import begin, one_move
from camaug.catalogue.definition.fees import FeeItem
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.queries import fees
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.rows import new


class NothingOwed(DomainError):
    """A case without a fee is never sent through a payment."""

    sentence = _("Nothing is to be paid in this case.")


class SumUnknown(DomainError):
    """No text at hand says how much a fee is; the officer enters what the council's resolution says."""

    sentence = _("Enter the sum of “{name}”: it is not in the system yet.")


@one_move
def ask_payment(
    case_id: UUID, *, by: Actor, at: datetime, seen: int | None = None, sums: Mapping[str, int] | None = None
) -> Case:
    """Ask the applicant for the fees of the procedure; the clock stands still until the money is confirmed.

    `sums` gives, by fee rule, the sums that the catalogue does not know (SumUnknown where one is missing), in đồng.
    """
    moving = begin(case_id, "ask_payment", by=by, at=at, seen=seen)
    case = moving.case
    payment = owe(case, moving.definition, at=at, sums=sums)
    if payment is None:
        raise NothingOwed
    case.resume_state = case.state
    stop(case, moving.definition, "FINANCIAL_DUTY", at=at, document=f"{case.code}/phi")
    return moving.finish(PaymentAsked(subject=case.id, code=case.code or "", payment=payment.id, amount=payment.amount))


def owe(case: Case, made: Definition, *, at: datetime, sums: Mapping[str, int] | None = None) -> Payment | None:
    """What the case owes by the rules of the day on which it was filed, worked out once; None where nothing is owed or
    it was paid.
    """
    known = case.payments.filter(kind=PaymentKind.FEE)
    if known.exists():
        return known.filter(state=PaymentState.OWED).first()
    owed = debt(case, made, at=at, sums=sums)
    if owed is not None:
        owed.save(force_insert=True)
    return owed


def debt(case: Case, made: Definition, *, at: datetime, sums: Mapping[str, int] | None = None) -> Payment | None:
    """The debt of a case that has none yet, not written down; None where nothing is owed."""
    items = fees(made, case.answers, Channel(case.channel), case.filed_on)
    items = tuple(_with_sum(item, sums or {}) for item in items)
    amount = sum(item.amount or 0 for item in items)
    if amount == 0:
        return None
    return new(Payment)(case=case, items=[item.model_dump(mode="json") for item in items], amount=amount, asked_at=at)


def _with_sum(item: FeeItem, sums: Mapping[str, int]) -> FeeItem:
    if item.amount is not None:
        return item
    if item.rule not in sums or sums[item.rule] < 0:
        raise SumUnknown(name=item.name)
    return item.model_copy(update={"amount": sums[item.rule], "full_amount": sums[item.rule]})
