"""A table as the page shows it and as its CSV file holds it: one list of columns for both."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from camaug.cases.queries import Figures, total
from camaug.insight.line import Line
from camaug.insight.small import rating_is_shown
from camaug.ui.templatetags.words import share, thousands

type Words = str | Promise


@dataclass(frozen=True, slots=True)
class Heading:
    """A column: the words over several of them ("" for none), its own, and what it shows of the figures."""

    over: Words
    words: Words
    of: Callable[[Figures], int | float | None]
    is_share: bool = False


_IN, _OUT, _OPEN = _("Received"), _("Resolved"), _("Under way")
SHARE = Heading("", _("Early or on time"), lambda some: some.timely_share, is_share=True)
CASES: tuple[Heading, ...] = (
    SHARE,
    Heading("", _("Carried over"), lambda some: some.carried),
    Heading(_IN, pgettext_lazy("cases", "Total"), lambda some: some.received),
    Heading(_IN, _("Online"), lambda some: some.received_online),
    Heading(_IN, _("Counter, post"), lambda some: some.received_direct),
    Heading(_OUT, pgettext_lazy("cases", "Total"), lambda some: some.resolved),
    Heading(_OUT, _("Early"), lambda some: some.early),
    Heading(_OUT, _("On time"), lambda some: some.on_time),
    Heading(_OUT, _("Late"), lambda some: some.late),
    Heading(_OPEN, pgettext_lazy("cases", "Total"), lambda some: some.open),
    Heading(_OPEN, _("In time"), lambda some: some.in_time),
    Heading(_OPEN, _("Overdue"), lambda some: some.overdue),
)
UNDATED = Heading(_OUT, _("Without a promised day"), lambda some: some.undated)
MONTHLY: tuple[Heading, ...] = (SHARE, *CASES[2:9])
RATINGS: tuple[Heading, ...] = (
    Heading("", _("Ratings"), lambda some: some.rated),
    Heading("", _("Satisfied and more"), lambda some: some.content_share, is_share=True),
    Heading("", _("Very satisfied"), lambda some: some.very_satisfied),
    Heading("", _("Satisfied"), lambda some: some.satisfied),
    Heading("", _("Not satisfied"), lambda some: some.not_satisfied),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its title, what its lines are, its columns, its lines, and the sum below (None where there is none)."""

    title: str
    first: Words
    headings: tuple[Heading, ...]
    lines: tuple[Line, ...]
    foot: Figures | None
    few: str = ""

    def over(self) -> list[tuple[Words, int]]:
        """The upper row of headings: words and how many columns of the lower row they span, 0 for one of its own."""
        found: list[tuple[Words, int]] = []
        for heading in self.headings:
            if heading.over and found and found[-1][0] == heading.over:
                found[-1] = (heading.over, found[-1][1] + 1)
            else:
                found.append((heading.over, 1) if heading.over else (heading.words, 0))
        return found

    def under(self) -> tuple[Heading, ...]:
        """The lower row of headings; empty where one row is enough."""
        return tuple(heading for heading in self.headings if heading.over)

    def rows(self) -> Iterator[tuple[Line, list[tuple[Words, str]]]]:
        """Each line with its cells: the heading and what is said."""
        for line in self.lines:
            yield line, self._cells(line.figures)

    def foot_cells(self) -> list[tuple[Words, str]]:
        """The cells of the sum."""
        return self._cells(self.foot) if self.foot else []

    def records(self) -> Iterator[list[str | int]]:
        """The rows of the CSV file, the headings first; shares in percent with a decimal point."""
        yield [str(self.first), *(" – ".join(str(w) for w in (h.over, h.words) if w) for h in self.headings)]
        for line in self.lines:
            yield [line.label, *(self._plain(heading, line.figures) for heading in self.headings)]

    def _cells(self, some: Figures) -> list[tuple[Words, str]]:
        return [(heading.words, self._said(heading, some)) for heading in self.headings]

    def _said(self, heading: Heading, some: Figures) -> str:
        if self._hidden(some):
            return self.few if heading is self.headings[0] else "–"
        value = heading.of(some)
        if value is None:
            return "–"
        return share(value) if heading.is_share else thousands(int(value))

    def _plain(self, heading: Heading, some: Figures) -> str | int:
        if self._hidden(some):
            return self.few if heading is self.headings[0] else ""
        value = heading.of(some)
        if value is None:
            return ""
        return f"{value * 100:.1f}" if heading.is_share else int(value)

    def _hidden(self, some: Figures) -> bool:
        return bool(self.few) and not rating_is_shown(some)


def cases(title: str, first: Words, lines: Sequence[Line], *, summed: bool = True) -> Sheet:
    """The columns of Biểu II.06a; that of undated results only where there are any."""
    undated = any(line.figures.undated for line in lines)
    headings = (*CASES[:9], UNDATED, *CASES[9:]) if undated else CASES
    return Sheet(title, first, headings, tuple(lines), _sum(lines) if summed else None)


def months(title: str, lines: Sequence[Line]) -> Sheet:
    """What came in and went out by month; what was open at their ends stands in the reports of these months."""
    return Sheet(title, _("Month"), MONTHLY, tuple(lines), None)


def ratings(title: str, first: Words, lines: Sequence[Line]) -> Sheet:
    """Ratings; with words instead of numbers where fewer than five people rated."""
    rated = tuple(line for line in lines if line.figures.rated)
    return Sheet(title, first, RATINGS, rated, None, few=str(_("fewer than 5")))


def _sum(lines: Iterable[Line]) -> Figures | None:
    found = list(lines)
    return total(line.figures for line in found) if len(found) > 1 else None
