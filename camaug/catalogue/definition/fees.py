"""Fees as dated rules (phí, lệ phí), with waivers. All sums are whole đồng."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from camaug.catalogue.definition.conditions import Answers, Condition, answer_at, as_of
from camaug.catalogue.definition.limits import Channel
from camaug.catalogue.definition.slips import refusal
from camaug.catalogue.definition.sourcing import DatedFact, Part


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

    def counted(self) -> tuple[str, ...]:
        """The numbers of the form that it counts."""
        return ()


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

    def counted(self) -> tuple[str, ...]:
        """The numbers of the form that it counts."""
        return (self.of,)


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

    def counted(self) -> tuple[str, ...]:
        """The numbers of the form that it counts."""
        return (self.of, self.times) if self.times else (self.of,)


class Band(Part):
    """The whole sum where the number is at most `up_to` (null: whatever is above); null where it is not at hand."""

    up_to: int | None
    amount: int | None


class Banded(Part):
    """One sum by the size of the number at `of` (minutes of a show, square metres), times the number at `times`."""

    kind: Literal["BANDED"]
    of: str
    bands: tuple[Band, ...] = Field(min_length=1)
    times: str | None = None

    def sum(self, answers: Answers) -> int | None:
        """The sum of the first band that reaches the number; 0 while a number is missing or beyond all bands."""
        size = count_at(answers, self.of)
        fitting = (band for band in self.bands if band.up_to is None or size <= band.up_to)
        band = next(fitting, None) if size else None
        return 0 if band is None else _times(band.amount, answers, self.times)

    def counted(self) -> tuple[str, ...]:
        """The numbers of the form that it counts."""
        return (self.of, self.times) if self.times else (self.of,)

    @model_validator(mode="after")
    def bands_rise(self) -> Self:
        ends = [band.up_to for band in self.bands]
        known = [end for end in ends if end is not None]
        if known != sorted(set(known)) or None in ends[:-1]:
            raise refusal("bands_not_rising")
        return self


class Case(Part):
    """One line of a table: for whom (or where), and how much; null where it is not at hand."""

    name: str
    name_en: str = ""
    when: Condition
    amount: int | None


class Table(Part):
    """The sum of the first case that holds (kind of applicant, place), times the number at `times`."""

    kind: Literal["TABLE"]
    cases: tuple[Case, ...] = Field(min_length=1)
    times: str | None = None

    def sum(self, answers: Answers) -> int | None:
        """The sum; 0 while no case holds or the number is missing."""
        case = next((case for case in self.cases if case.when.holds(answers)), None)
        return 0 if case is None else _times(case.amount, answers, self.times)

    def counted(self) -> tuple[str, ...]:
        """The numbers of the form that it counts."""
        return (self.times,) if self.times else ()


type Calculation = Annotated[Fixed | PerUnit | Tiered | Banded | Table, Field(discriminator="kind")]


class Waiver(DatedFact):
    """Who pays less: `share` percent is taken off where the condition holds, for the channels named (empty: all).

    An online discount is one by its channel and its days alone.
    """

    id: str
    name: str
    name_en: str = ""
    when: Condition | None = None
    channels: tuple[Channel, ...] = ()
    share: int = Field(default=100, ge=1, le=100)

    @model_validator(mode="after")
    def is_for_somebody(self) -> Self:
        if self.when is None and not self.channels and self.valid_until is None:
            raise refusal("waiver_for_nobody")
        return self

    def covers(self, answers: Answers, channel: Channel, on: date) -> bool:
        """Whether such a case pays less on that day."""
        own = not self.channels or channel in self.channels
        return own and self.in_force(on) and (self.when is None or self.when.holds(answers))


class FeeDue(StrEnum):
    """When the money is owed."""

    AT_FILING = "AT_FILING"
    BEFORE_RESULT = "BEFORE_RESULT"


class ForeignSum(Part):
    """What the missions abroad take for the same service: told to people, never counted."""

    amount: int = Field(gt=0)
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    per: str = ""
    per_en: str = ""


class FeeRule(DatedFact):
    """One fee, in force from a day until another (exclusive), for the channels named (empty: all).

    Of several waivers that hold, the one that takes off most counts.
    """

    id: str
    name: str
    name_en: str = ""
    kind: FeeKind
    calculation: Calculation
    due: FeeDue = FeeDue.AT_FILING
    refundable: bool = False
    channels: tuple[Channel, ...] = ()
    when: Condition | None = None
    waivers: tuple[Waiver, ...] = ()
    foreign: ForeignSum | None = None
    note: str = ""
    note_en: str = ""

    def conditions(self) -> Iterator[tuple[str, Condition | None]]:
        """Every condition in it, by the id of the part that it belongs to ("" the rule itself)."""
        yield "", self.when
        yield from ((waiver.id, waiver.when) for waiver in self.waivers)
        if isinstance(self.calculation, Table):
            yield from ((case.name, case.when) for case in self.calculation.cases)


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
    return tuple(_item(rule, dated, channel, on) for rule in rules if _applies(rule, dated, channel, on))


def count_at(answers: Answers, path: str) -> int:
    """The whole number at a path; 0 where there is none."""
    value = answer_at(answers, path)
    text = str(value) if value is not None else ""
    return int(text) if text.isdigit() else 0


def _times(amount: int | None, answers: Answers, times: str | None) -> int | None:
    return amount if amount is None or times is None else amount * count_at(answers, times)


def _applies(rule: FeeRule, answers: Answers, channel: Channel, on: date) -> bool:
    own = not rule.channels or channel in rule.channels
    return own and rule.in_force(on) and (rule.when is None or rule.when.holds(answers))


def _item(rule: FeeRule, answers: Answers, channel: Channel, on: date) -> FeeItem:
    full = rule.calculation.sum(answers)
    waiver = max((w for w in rule.waivers if w.covers(answers, channel, on)), key=lambda w: w.share, default=None)
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
