"""What it costs: prices, worked examples, who pays nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from camaug.catalogue.definition.fees import Banded, FeeDue, FeeRule, Fixed, PerUnit, Table, Tiered, Waiver
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.forms.wording import told
from camaug.catalogue.leaflet.words import channel_words, dong, joined, sentence, spelled

DUE: dict[FeeDue, Promise] = {
    FeeDue.AT_FILING: gettext_lazy("paid when you apply"),
    FeeDue.BEFORE_RESULT: gettext_lazy("paid before you take the result"),
}
UNITS = (1, 2, 5)
PAGES = ((1, 1), (3, 1), (10, 1), (3, 5))


@dataclass(frozen=True, slots=True)
class Example:
    """One case and what it costs: "3 pages, 5 copies", "25.000 đồng"."""

    case: str
    sum: str


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee. `price` is empty where the examples say it; `waivers` are those who pay nothing, `reductions` those who
    pay less, `abroad` what the missions abroad take.
    """

    name: str
    price: str
    channels: str
    due: str
    examples: tuple[Example, ...]
    waivers: tuple[str, ...]
    reductions: tuple[str, ...]
    abroad: str
    note: str
    verify: bool


def fee_lines(definition: Definition, on: date) -> tuple[FeeLine, ...]:
    """The fees in force on that day."""
    return tuple(_line(definition, rule, on) for rule in _in_force(definition, on))


def in_short(definition: Definition, on: date) -> str:
    """What most people pay, in a few words."""
    rules = list(_in_force(definition, on))
    if not rules:
        return _("Nothing")
    certain = _telling(definition, on)
    if not certain:
        return _("Usually nothing")
    sums = [_least(rule) for rule in certain]
    known = [amount for amount in sums if amount is not None]
    if not known:
        return _("The sum is being verified")
    one_sum = len(set(known)) == 1 and all(isinstance(rule.calculation, Fixed) for rule in certain)
    return dong(known[0]) if one_sum else _("From {sum}").format(sum=dong(min(known)))


def in_short_verify(definition: Definition, on: date) -> bool:
    """Whether the words of `in_short` stand on a fact still to be verified."""
    return any(rule.verify for rule in _telling(definition, on))


def _telling(definition: Definition, on: date) -> list[FeeRule]:
    """The fees that everybody owes one of: those without a condition, or all of them where no scenario goes free."""
    rules = list(_in_force(definition, on))
    certain = [rule for rule in rules if rule.when is None]
    free = [scenario for scenario in definition.scenarios if not scenario.expect.fees]
    return certain if certain or free or not definition.scenarios else rules


def _in_force(definition: Definition, on: date) -> Iterator[FeeRule]:
    return (rule for rule in definition.fees if rule.in_force(on))


def _line(definition: Definition, rule: FeeRule, on: date) -> FeeLine:
    holding = [waiver for waiver in rule.waivers if waiver.in_force(on)]
    return FeeLine(
        name=told(rule, "name"),
        price=_price(rule),
        channels=sentence(channel_words(rule.channels)) if rule.channels else "",
        due=str(DUE[rule.due]),
        examples=tuple(_examples(definition, rule)),
        waivers=tuple(_waiver(waiver) for waiver in holding if waiver.share == 100),
        reductions=tuple(_waiver(waiver) for waiver in holding if waiver.share < 100),
        abroad=_abroad(rule),
        note=spelled(told(rule, "note")),
        verify=rule.verify,
    )


def _waiver(waiver: Waiver) -> str:
    words = told(waiver, "name")
    if waiver.share < 100:
        words = _("{name}, {share} percent less").format(name=words, share=waiver.share)
    if waiver.valid_until is None:
        return words
    last = waiver.valid_until - timedelta(days=1)
    return _("{words}, until {day}").format(words=words, day=f"{last:%d/%m/%Y}")


def _abroad(rule: FeeRule) -> str:
    if rule.foreign is None:
        return ""
    sum_, per = f"{rule.foreign.amount} {rule.foreign.currency}", told(rule.foreign, "per")
    said = _("{sum} for each {unit}").format(sum=sum_, unit=per) if per else sum_
    return _("At a Vietnamese mission abroad: {sum}.").format(sum=said)


def _least(rule: FeeRule) -> int | None:
    match rule.calculation:
        case Banded(bands=parts) | Table(cases=parts):
            return min((part.amount for part in parts if part.amount is not None), default=None)
        case Fixed(amount=amount):
            return amount
        case PerUnit(amount=amount):
            return amount
        case Tiered() as tiered:
            return tiered.sum({tiered.of: 1, **({tiered.times: 1} if tiered.times else {})})


def _price(rule: FeeRule) -> str:
    match rule.calculation:
        case Fixed(amount=None):
            return _("The sum is being verified")
        case Fixed(amount=int(amount)):
            return dong(amount)
    return ""


def _examples(definition: Definition, rule: FeeRule) -> Iterator[Example]:
    match rule.calculation:
        case PerUnit() as each:
            for n in UNITS:
                yield Example(_count(definition, each.of, n), dong(each.sum({each.of: n}) or 0))
        case Tiered() as tiered:
            for n, times in PAGES if tiered.times else [(n, 1) for n in UNITS]:
                answers = {tiered.of: n, **({tiered.times: times} if tiered.times else {})}
                said = [_count(definition, tiered.of, n)]
                said += [_count(definition, tiered.times, times)] if tiered.times else []
                yield Example(", ".join(said), dong(tiered.sum(answers) or 0))
        case Banded() as banded:
            yield from _bands(definition, banded)
        case Table(cases=cases):
            yield from (Example(told(case, "name"), _known(case.amount)) for case in cases)


def _bands(definition: Definition, banded: Banded) -> Iterator[Example]:
    label, below = _label(definition, banded.of), 0
    for band in banded.bands:
        if band.up_to is None:
            said = _("{label} above {n}").format(label=label, n=below)
        else:
            said = _("{label} up to {n}").format(label=label, n=band.up_to)
            below = band.up_to
        yield Example(said, _known(band.amount))


def _known(amount: int | None) -> str:
    return _("The sum is being verified") if amount is None else dong(amount)


def _count(definition: Definition, field: str, n: int) -> str:
    return f"{_label(definition, field)}: {n}"


def _label(definition: Definition, path: str) -> str:
    found = next((told(field, "label") for field in definition.form.fields() if field.id == path), path)
    return found[:1].lower() + found[1:]


def waived(line: FeeLine) -> str:
    """Those who pay less, as one phrase."""
    return joined(list(line.waivers))
