"""What a case costs by the rules of the day on which it was filed, beside what was asked and paid."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from camaug.cases.lifecycle import PaymentState, RefundState
from camaug.cases.models import Case, Outcome, Payment, PaymentKind, Refund
from camaug.catalogue.definition.fees import FeeDue, FeeItem
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.queries import fees
from camaug.kernel.rows import new


@dataclass(frozen=True, slots=True)
class Dues:
    """The fees of a case. `items` are what its answers owe by rule, an unknown sum as an officer entered it; `asked` is
    every payment that they were asked by, `rows` those and the duties; `refunds` what goes or went back of what was
    paid. `entered`: a sum is an officer's.
    """

    case: Case
    items: tuple[FeeItem, ...]
    asked: tuple[Payment, ...]
    rows: tuple[Payment, ...] = ()
    entered: bool = False
    refunds: tuple[Refund, ...] = ()

    @property
    def duty(self) -> Payment | None:
        """The open debt to the State's budget."""
        return next((one for one in self.rows if one.kind == PaymentKind.DUTY and one.state == PaymentState.OWED), None)

    @property
    def unknown(self) -> tuple[FeeItem, ...]:
        """The fees whose sum nobody has entered yet."""
        return tuple(item for item in self.items if item.amount is None)

    @property
    def open(self) -> Payment | None:
        """The fees that were asked for and are not paid."""
        return next((one for one in self.asked if one.state == PaymentState.OWED), None)

    @property
    def paid(self) -> int:
        """The fees that were paid and not paid back, in đồng."""
        return sum(one.amount for one in self.asked if one.state == PaymentState.PAID) - self.paid_back

    @property
    def paid_back(self) -> int:
        """What went back already."""
        return sum(one.amount for one in self.refunds if one.state == RefundState.PAID_BACK)

    @property
    def refund(self) -> Refund | None:
        """What is owed back to the applicant."""
        return next((one for one in self.refunds if one.state == RefundState.OWED), None)

    @property
    def more(self) -> int:
        """What is still to be paid as far as it is known."""
        return max(0, self._total - self.paid)

    @property
    def back(self) -> int:
        """What was paid beyond what is due."""
        return 0 if self.unknown else max(0, self.paid - self._total)

    @property
    def standing(self) -> int:
        """What was asked for and stands open."""
        return self.open.amount if self.open else 0

    @property
    def unpaid(self) -> int:
        """Everything that has to be paid before the result is handed out, as far as it is known."""
        due = max(self.more, self.standing) if self.unknown else self.more
        return due + (self.duty.amount if self.duty else 0)

    @property
    def is_paid(self) -> bool:
        """Whether nothing stands between the result and whoever takes it."""
        return not self.unknown and self.unpaid == 0

    @property
    def is_asked(self) -> bool:
        """Whether all that is due was asked for, so that the applicant knows it."""
        return not self.unknown and self.standing == self.more

    @property
    def debt(self) -> Payment | None:
        """What is taken next: a duty before the fees; fees that nobody asked for are no row yet."""
        if self.duty is not None:
            return self.duty
        if self.unknown or self.standing == self.more:
            return self.open if self.standing else None
        return new(Payment)(case=self.case, items=[], amount=self.more) if self.more else None

    def rest(self) -> Iterator[FeeItem]:
        """The items of what is still to be paid: all where nothing was paid, else what each rule asks beyond that."""
        if not self.paid:
            yield from self.items
            return
        due = {item.rule: item.amount or 0 for item in self.items}
        paid = _left(_by_rule(one for one in self.asked if one.state == PaymentState.PAID), due, self.paid_back)
        spare = sum(max(0, amount - due.get(rule, 0)) for rule, amount in paid.items())
        for item in self.items:
            beyond = max(0, due[item.rule] - paid.get(item.rule, 0))
            covered = min(beyond, spare)
            spare -= covered
            if beyond > covered:
                yield item.model_copy(update={"amount": beyond - covered})

    @property
    def _total(self) -> int:
        return sum(item.amount or 0 for item in self.items)


def dues(case: Case, made: Definition, *, sums: Mapping[str, int] | None = None) -> Dues:
    """The fees of a case; `sums` are, by fee rule, what the catalogue does not know, as entered now, in đồng."""
    known = tuple(case.payments.order_by("asked_at", "id"))
    return counted(case, made, known, sums=sums, refunds=went_back(case, known))


def went_back(case: Case, rows: Iterable[Payment]) -> tuple[Refund, ...]:
    """What goes or went back of what was paid; nobody asks where nothing was."""
    paid = any(one.state == PaymentState.PAID and one.kind == PaymentKind.FEE for one in rows)
    return tuple(case.refunds.order_by("owed_at", "id")) if paid else ()


def counted(
    case: Case,
    made: Definition,
    rows: Sequence[Payment],
    *,
    sums: Mapping[str, int] | None = None,
    refunds: tuple[Refund, ...] = (),
) -> Dues:
    """The same with the payments and the refunds at hand. What is due before the result is not due where the
    application is denied.
    """
    items = fees(made, case.answers, Channel(case.channel), case.filed_on)
    if case.outcome == Outcome.DENIED:
        items = tuple(item for item in items if item.due == FeeDue.AT_FILING)
    asked = tuple(one for one in rows if one.kind == PaymentKind.FEE)
    earlier = _entered(asked)
    known = tuple(_with_sum(item, sums or {}, earlier) for item in items)
    return Dues(case, known, asked, tuple(rows), entered=known != items, refunds=refunds)


def back_without_result(known: Dues, made: Definition) -> int:
    """What goes back where nothing is decided: all that was paid, but for what is due for filing and not refundable."""
    lasting = {rule.id for rule in made.fees if rule.due == FeeDue.AT_FILING and not rule.refundable}
    return max(0, known.paid - sum(item.amount or 0 for item in known.items if item.rule in lasting))


def _with_sum(item: FeeItem, sums: Mapping[str, int], earlier: Mapping[tuple[str, str], int]) -> FeeItem:
    """The item with its sum; one entered earlier holds as long as the waiver is the same."""
    if item.amount is not None:
        return item
    amount = sums.get(item.rule, earlier.get((item.rule, item.waiver)))
    return item if amount is None or amount < 0 else item.model_copy(update={"amount": amount, "full_amount": amount})


def _entered(asked: Iterable[Payment]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for item in (item for payment in asked for item in payment.items):
        key = (str(item.get("rule", "")), str(item.get("waiver", "")))
        found[key] = found.get(key, 0) + int(item.get("amount") or 0)
    return found


def _left(paid: Mapping[str, int], due: Mapping[str, int], given_back: int) -> dict[str, int]:
    """What is left of what was paid by each rule after so much was given back: first what was beyond due."""
    left = dict(paid)
    for keeps in (due, {}):
        for rule, amount in left.items():
            taken = min(given_back, max(0, amount - keeps.get(rule, 0)))
            left[rule], given_back = amount - taken, given_back - taken
    return left


def _by_rule(payments: Iterable[Payment]) -> dict[str, int]:
    found: dict[str, int] = {}
    for item in (item for payment in payments for item in payment.items):
        rule = str(item.get("rule", ""))
        found[rule] = found.get(rule, 0) + int(item.get("amount") or 0)
    return found
