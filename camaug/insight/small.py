"""Disclosure control: in tables of one agency a number so small that it could point at a person is shown in a group.

A row with fewer than five cases joins the row “others”; where that row would still have fewer than five, the smallest
shown row joins too, since else the difference to the total would tell it. Where nothing is left to show, no table is.
"""

from collections.abc import Iterable, Sequence

from camaug.cases.queries import Figures, total
from camaug.insight.line import Line
from camaug.kernel.text import sort_key

FEWEST = 5
OTHERS = "others"


def grouped(lines: Iterable[Line], others: str) -> tuple[Line, ...]:
    """The lines with five cases and more, the largest first, and one named `others` for the rest."""
    large = sorted(lines, key=lambda line: (-line.figures.all, sort_key(line.label)))
    small: list[Line] = []
    while large and (large[-1].figures.all < FEWEST or 0 < total(one.figures for one in small).all < FEWEST):
        small.append(large.pop())
    if not small:
        return tuple(large)
    rest = Line(OTHERS, others, total(one.figures for one in small))
    return (*large, rest) if large else ()


def nested(fields: Sequence[Line], procedures: Iterable[Line], others: str) -> tuple[Line, ...]:
    """The procedures of each field shown, grouped within it, so that the fields' own totals tell nothing more."""
    by_field: dict[str, list[Line]] = {}
    for line in procedures:
        by_field.setdefault(line.group, []).append(line)
    found: list[Line] = []
    for field in fields:
        for line in grouped(by_field.get(field.key, ()), others):
            found.append(Line(line.key, line.label, line.figures, line.href, field.label))
    return tuple(found)


def rating_is_shown(figures: Figures) -> bool:
    """Whether enough people rated for the shares to be shown."""
    return figures.rated >= FEWEST
