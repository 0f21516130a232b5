"""When something applies: a small tree over the answers, as data.

{field: married, is: "YES"}            {field: copies, over: 0}
{field: kind, in: [A, B]}              {field: mother.full_name, filled: true}
{field: born, more_days_ago_than: 60}  counted to the day that `as_of` gave the answers
{all: [...]}  {any: [...]}  {not: ...}
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any

from pydantic import Discriminator, Field, Tag

from camaug.catalogue.definition.sourcing import Part

type Answers = Mapping[str, Any]

DAY = "@day"


class Test(Part):
    """One comparison with the answer at `field` (dots reach into groups: `mother.full_name`).

    Of an answer that is a list of options, `is` and `in` hold where one of the chosen fits.
    """

    field: str
    is_: str | None = Field(default=None, alias="is")
    in_: tuple[str, ...] | None = Field(default=None, alias="in")
    filled: bool | None = None
    over: Decimal | None = None
    more_days_ago_than: int | None = None

    def holds(self, answers: Answers) -> bool:
        """Whether every comparison given is true of the answers; a missing answer is only `filled: false`."""
        value = answer_at(answers, self.field)
        return (
            (self.is_ is None or self.is_ in _texts(value))
            and (self.in_ is None or not _texts(value).isdisjoint(self.in_))
            and (self.filled is None or bool(value not in (None, "", [], {})) is self.filled)
            and (self.over is None or _number(value) > self.over)
            and (self.more_days_ago_than is None or _days_ago(value, answers.get(DAY)) > self.more_days_ago_than)
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


def _shape(value: Any) -> str:
    """Which kind of condition this is, so that a slip is told of that kind alone."""
    if isinstance(value, Mapping):
        return next((key for key in ("all", "any", "not") if key in value), "test")
    kinds: tuple[tuple[type[Part], str], ...] = ((All, "all"), (AnyOf, "any"), (Not, "not"))
    return next((key for kind, key in kinds if isinstance(value, kind)), "test")


type Condition = Annotated[
    Annotated[Test, Tag("test")]
    | Annotated[All, Tag("all")]
    | Annotated[AnyOf, Tag("any")]
    | Annotated[Not, Tag("not")],
    Discriminator(_shape),
]


def as_of(answers: Answers, on: date) -> Answers:
    """The answers together with the day to which spans of time are counted."""
    return {**answers, DAY: on.isoformat()}


def answer_at(answers: Answers, path: str) -> Any:
    """The answer at a dotted path, or None."""
    if "." not in path:
        return answers.get(path)
    value: Any = answers
    for key in path.split("."):
        value = value.get(key) if isinstance(value, Mapping) else None
    return value


def fields_of(condition: Condition | None) -> Iterator[str]:
    """The paths of all answers that the condition looks at."""
    if isinstance(condition, Test):
        yield condition.field
    elif isinstance(condition, Not):
        yield from fields_of(condition.not_)
    elif condition is not None:
        for part in condition.all if isinstance(condition, All) else condition.any:
            yield from fields_of(part)


def _texts(value: Any) -> frozenset[str]:
    if isinstance(value, list | tuple):
        return frozenset(str(item) for item in value)
    return frozenset({"" if value is None else str(value)})


def _number(value: Any) -> Decimal:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return Decimal("-Infinity")
    return Decimal("-Infinity") if number.is_nan() else number


def _days_ago(value: Any, day: Any) -> int:
    try:
        return (date.fromisoformat(str(day)) - date.fromisoformat(str(value))).days
    except ValueError:
        return -1


for part in (All, AnyOf, Not):
    part.model_rebuild()
