"""Charts as numbers: a template draws them as SVG whose lengths are shares of the width, so that no text is scaled."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from camaug.cases.queries import Figures
from camaug.insight.line import Line

GAP = 0.4
HEIGHT = 180

type Part = tuple[str, Callable[[Figures], int]]

TIMELINESS: tuple[Part, ...] = (
    ("early", lambda some: some.early),
    ("on-time", lambda some: some.on_time),
    ("late", lambda some: some.late),
    ("undated", lambda some: some.undated),
)
SATISFACTION: tuple[Part, ...] = (
    ("early", lambda some: some.very_satisfied),
    ("on-time", lambda some: some.satisfied),
    ("late", lambda some: some.not_satisfied),
)


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar: where it begins and how long it is, in percent of the whole width."""

    kind: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A line with its segments."""

    line: Line
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A month of a column chart: received and resolved side by side, lengths in pixels from the top."""

    line: Line
    label: str
    middle: str
    received: tuple[str, str, int, int]
    resolved: tuple[str, str, int, int]


@dataclass(frozen=True, slots=True)
class Columns:
    """A column chart: its columns, and the lines of its scale as (y, number)."""

    columns: tuple[Column, ...]
    scale: tuple[tuple[int, int], ...]
    height: int = HEIGHT


def bars(lines: Sequence[Line], parts: Sequence[Part], *, full: bool = False) -> tuple[Bar, ...]:
    """One bar a line, on one scale; `full` gives each bar the whole width."""
    longest = max((sum(count(line.figures) for _, count in parts) for line in lines), default=0)
    return tuple(Bar(line, _segments(line.figures, parts, None if full else longest)) for line in lines)


def columns(lines: Sequence[Line]) -> Columns:
    """Two columns a month."""
    highest = max((max(line.figures.received, line.figures.resolved) for line in lines), default=0)
    top = _round_number(highest)
    slot = 100 / max(len(lines), 4)
    return Columns(
        columns=tuple(_column(line, number, slot, top) for number, line in enumerate(lines)),
        scale=tuple((HEIGHT - HEIGHT * step // 2, top * step // 2) for step in (0, 1, 2)),
    )


def _segments(some: Figures, parts: Sequence[Part], longest: int | None) -> tuple[Segment, ...]:
    numbers = [(kind, count(some)) for kind, count in parts]
    scale = longest or sum(number for _, number in numbers)
    found, x = [], 0.0
    for kind, number in numbers:
        if number:
            width = 100 * number / scale
            found.append(Segment(kind, f"{x:.2f}%", f"{max(width - GAP, 0.3):.2f}%"))
            x += width
    return tuple(found)


def _column(line: Line, number: int, slot: float, top: int) -> Column:
    left, width = number * slot + slot * 0.14, slot * 0.34
    tall = [round(HEIGHT * value / top) for value in (line.figures.received, line.figures.resolved)]
    return Column(
        line=line,
        label=f"{int(line.key[5:7])}/{line.key[2:4]}",
        middle=f"{(number + 0.5) * slot:.2f}%",
        received=(f"{left:.2f}%", f"{width:.2f}%", HEIGHT - tall[0], tall[0]),
        resolved=(f"{left + slot * 0.38:.2f}%", f"{width:.2f}%", HEIGHT - tall[1], tall[1]),
    )


def _round_number(highest: int) -> int:
    """The next 2, 4, 6, 8 or 10 times a power of ten: halves are whole numbers."""
    power: int = 10 ** max(0, len(str(highest)) - 1)
    return next(step * power for step in (2, 4, 6, 8, 10) if step * power >= highest)
