"""The chart of a report: what came out early, on time and late, line by line; by month two columns."""

from dataclasses import dataclass

from camaug.cases.queries import Figures
from camaug.insight import chart
from camaug.insight.chart import Bar, Columns
from camaug.insight.line import Line
from camaug.insight.reports.choice import MONTH, Choice
from camaug.insight.reports.table import ReportLine, ReportTable

MOST = 12


@dataclass(frozen=True, slots=True)
class Drawing:
    """Bars with the words beside them, or columns; `left_out` says how many lines the chart has no room for."""

    bars: tuple[tuple[Bar, ReportLine], ...] = ()
    columns: Columns | None = None
    left_out: int = 0


def of(table: ReportTable, choice: Choice) -> Drawing | None:
    """The chart of the table; None where nothing was resolved."""
    if choice.by == MONTH:
        months = [_line(line) for line in table.lines]
        whole = [one for one in months if len(one.key) == len("2026-11")]
        return Drawing(columns=chart.columns(whole)) if len(whole) > 1 else None
    lines = [line for line in table.lines if line.numbers["resolved"]]
    if not lines:
        return None
    bars = chart.bars([_line(line) for line in lines[:MOST]], chart.TIMELINESS)
    return Drawing(tuple(zip(bars, lines, strict=False)), left_out=max(0, len(lines) - MOST))


def _line(line: ReportLine) -> Line:
    some = line.numbers
    figures = Figures(
        carried=some["carried"],
        received_online=some["online"],
        received_direct=some["direct"],
        early=some["early"],
        on_time=some["on_time"],
        late=some["late"],
        undated=some["undated"],
        overdue=some["overdue"],
    )
    return Line(line.choice.span.key if line.choice else "", line.label, figures, line.href)
