"""When something applies: a small tree over the answers, as data.

{field: married, is: YES}              {field: copies, over: 0}
{field: kind, in: [A, B]}              {field: mother.full_name, filled: true}
{all: [...]}  {any: [...]}  {not: ...}
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import Field

from camaug.catalogue.definition.sourcing import Part

type Answers = Mapping[str, Any]


class Test(Part):
    """One comparison with the answer at `field` (dots reach into groups: `mother.full_name`)."""

    field: str
    is_: str | None = Field(default=None, alias="is")
    in_: tuple[str, ...] | None = Field(default=None, alias="in")
    filled: bool | None = None
    over: Decimal | None = None

    def holds(self, answers: Answers) -> bool:
        """Whether every comparison given is true of the answers; a missing answer is only `filled: false`."""
        value = answer_at(answers, self.field)
        text = "" if value is None else str(value)
        return (
            (self.is_ is None or text == self.is_)
            and (self.in_ is None or text in self.in_)
            and (self.filled is None or bool(value not in (None, "", [], {})) is self.filled)
            and (self.over is None or _number(value) > self.over)
        )


class All(Part):
    """True where each part is."""

    all: tuple[Condition, ...]

    def holds(self, answers: Answers) -> bool:
        """Whether each part holds."""
        return all(part.holds(answers) for part in self.all)


class AnyOf(Part):
    """True where one part is."""

    any: tuple[Condition, ...]

    def holds(self, answers: Answers) -> bool:
        """Whether at least one part holds."""
        return any(part.holds(answers) for part in self.any)


class Not(Part):
    """True where the part is not."""

    not_: Condition = Field(alias="not")

    def holds(self, answers: Answers) -> bool:
        """Whether the part does not hold."""
        return not self.not_.holds(answers)


type Condition = Annotated[Test | All | AnyOf | Not, Field(union_mode="left_to_right")]


def answer_at(answers: Answers, path: str) -> Any:
    """The answer at a dotted path, or None."""
    value: Any = answers
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def _number(value: Any) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return Decimal("-Infinity")
    return Decimal("-Infinity") if number.is_nan() else number


for part in (All, AnyOf, Not):
    part.model_rebuild()
