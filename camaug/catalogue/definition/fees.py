"""Fees as dated rules (phí, lệ phí), with waivers. All sums are whole đồng."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from camaug.catalogue.definition.conditions import Answers, Condition, answer_at, as_of
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.definition.sourcing import Part, Sourced


class FeeKind(StrEnum):
    """Phí pays for a service, lệ phí is charged for the act (Luật Phí và lệ phí 97/2015)."""

    SERVICE_FEE = "SERVICE_FEE"
    CHARGE = "CHARGE"


class Fixed(Part):
    """The same sum for every case; null where the council's figure is not at hand."""

    kind: Literal["FIXED"]
    amount: int | None

    def sum(self, answers: Answers) -> int | None:  # noqa: ARG002 (one shape for all calculations)
        """The sum."""
        return self.amount


class PerUnit(Part):
    """`amount` times the number at `of`, up to `ceiling`."""

    kind: Literal["PER_UNIT"]
    amount: int
    of: str
    ceiling: int | None = None

    def sum(self, answers: Answers) -> int | None:
        """The sum; 0 while the number is missing."""
        total = self.amount * count_at(answers, self.of)
        return total if self.ceiling is None else min(total, self.ceiling)


class Tier(Part):
    """`amount` for each unit up to and including `up_to` (null: the rest)."""

    up_to: int | None
    amount: int


class Tiered(Part):
    """Each unit at its tier's price, up to `ceiling`, the whole times the number at `times` (e.g. copies)."""

    kind: Literal["TIERED"]
    of: str
    tiers: tuple[Tier, ...]
    ceiling: int | None = None
    times: str | None = None

    def sum(self, answers: Answers) -> int | None:
        """The sum; 0 while a number is missing."""
        units, total, done = count_at(answers, self.of), 0, 0
        for tier in self.tiers:
            upper = units if tier.up_to is None else min(units, tier.up_to)
            total += max(0, upper - done) * tier.amount
            done = max(done, upper)
        if self.ceiling is not None:
            total = min(total, self.ceiling)
        return total * (count_at(answers, self.times) if self.times else 1)


class Waiver(Sourced):
    """Who pays less: `share` percent is taken off where the condition holds."""

    id: str
    name: str
    name_en: str = ""
    when: Condition
    share: int = Field(default=100, ge=1, le=100)


class FeeDue(StrEnum):
    """When the money is owed."""

    AT_FILING = "AT_FILING"
    BEFORE_RESULT = "BEFORE_RESULT"


class FeeRule(Sourced):
    """One fee, in force from a day until another (exclusive), for the channels named (empty: all)."""

    id: str
    name: str
    name_en: str = ""
    kind: FeeKind
    calculation: Annotated[Fixed | PerUnit | Tiered, Field(discriminator="kind")]
    due: FeeDue = FeeDue.AT_FILING
    refundable: bool = False
    channels: tuple[Channel, ...] = ()
    when: Condition | None = None
    waivers: tuple[Waiver, ...] = ()
    valid_from: date | None = None
    valid_until: date | None = None
    note: str = ""
    note_en: str = ""


class FeeItem(Part):
    """What one rule asks of one case: `amount` after the waiver, null where the rule's figure is not at hand."""

    rule: str
    name: str
    name_en: str = ""
    kind: FeeKind
    due: FeeDue
    full_amount: int | None
    amount: int | None
    waiver: str = ""
    waiver_en: str = ""
    verify: bool = False


def fees_of(rules: tuple[FeeRule, ...], answers: Answers, *, channel: Channel, on: date) -> tuple[FeeItem, ...]:
    """What a case with these answers owes by the rules in force on that day."""
    dated = as_of(answers, on)
    return tuple(_item(rule, dated) for rule in rules if _applies(rule, dated, channel, on))


def count_at(answers: Answers, path: str) -> int:
    """The whole number at a path; 0 where there is none."""
    value = answer_at(answers, path)
    text = str(value) if value is not None else ""
    return int(text) if text.isdigit() else 0


def _applies(rule: FeeRule, answers: Answers, channel: Channel, on: date) -> bool:
    in_force = (rule.valid_from is None or rule.valid_from <= on) and (
        rule.valid_until is None or on < rule.valid_until
    )
    return in_force and (not rule.channels or channel in rule.channels) and (not rule.when or rule.when.holds(answers))


def _item(rule: FeeRule, answers: Answers) -> FeeItem:
    full = rule.calculation.sum(answers)
    waiver = next((w for w in rule.waivers if w.when.holds(answers)), None)
    return FeeItem(
        rule=rule.id,
        name=rule.name,
        name_en=rule.name_en,
        kind=rule.kind,
        due=rule.due,
        full_amount=full,
        amount=_after(waiver, full),
        waiver=waiver.name if waiver else "",
        waiver_en=waiver.name_en if waiver else "",
        verify=rule.verify,
    )


def _after(waiver: Waiver | None, full: int | None) -> int | None:
    """What is left to pay: nothing under a full waiver, even where the full sum is not known."""
    if waiver is None:
        return full
    if waiver.share == 100:
        return 0
    return None if full is None else full * (100 - waiver.share) // 100
