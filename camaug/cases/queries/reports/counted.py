"""The numbers of a report, counted from the cases, never kept."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Count

from camaug.cases.queries.reports.asked import COLUMN_OF, Asked, Group
from camaug.cases.queries.reports.formula import Formula
from camaug.cases.queries.reports.window import Window

type Numbers = dict[str, int]


def counted(asked: Asked, formula: Formula, window: Window, *, by: Group) -> dict[Any, Numbers]:
    """By agency (its id), field or procedure (their codes): how many cases stand in each column.

    Three queries, each over one index, whatever the number of cases; what has none is left out.
    """
    key = COLUMN_OF[by]
    single = [column for column in formula.columns if not column.parts]
    found: dict[Any, Numbers] = defaultdict(lambda: nothing(formula))
    sums = {f"n_{column.name}": Count("pk", filter=column.condition(window)) for column in single}
    for part in window.parts():
        for row in asked.cases().filter(part).order_by().values(key).annotate(**sums):
            for column in single:
                found[row[key]][column.name] += row[f"n_{column.name}"]
    for numbers in found.values():
        for column in formula.columns:
            if column.parts:
                numbers[column.name] = sum(numbers[part] for part in column.parts)
    return dict(found)


def nothing(formula: Formula) -> Numbers:
    """No case in any column."""
    return dict.fromkeys((column.name for column in formula.columns), 0)


def together(lines: Iterable[Numbers], formula: Formula) -> Numbers:
    """The sum of lines of one period."""
    found = nothing(formula)
    for numbers in lines:
        for name, number in numbers.items():
            found[name] += number
    return found
