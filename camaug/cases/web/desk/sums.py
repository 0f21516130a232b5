"""Sums that no text at hand gives: the officer enters what the council's resolution says, in a field `sum-<rule>`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from camaug.catalogue.definition.fees import FeeItem
from camaug.catalogue.definition.procedure import Definition
from camaug.ui.reading import read_money


@dataclass(frozen=True, slots=True)
class OpenSum:
    """A fee whose sum is to be entered; `field` is the form's name for it, `typed` what stands there."""

    field: str
    item: FeeItem
    typed: str


def open_sums(items: Iterable[FeeItem], data: Mapping[str, Any]) -> tuple[OpenSum, ...]:
    """The fees among these whose sum is not known, with what was typed for them."""
    unknown = (item for item in items if item.amount is None)
    return tuple(OpenSum(f"sum-{item.rule}", item, str(data.get(f"sum-{item.rule}", ""))[:20]) for item in unknown)


def entered_sums(made: Definition, data: Mapping[str, Any]) -> dict[str, int]:
    """What was entered, by fee rule, in đồng; what is no sum is left out."""
    read = {rule.id: read_money(str(data.get(f"sum-{rule.id}", ""))) for rule in made.fees}
    return {rule: amount for rule, amount in read.items() if amount is not None}
