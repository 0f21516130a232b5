"""The table of a report: lines by agency, field, procedure or month; every number leads to the list of its cases."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from camaug.cases.queries.reports import PUBLIC, Column, Formula, Group, Numbers, counted, formula_on, nothing, together
from camaug.insight.reports.choice import MONTH, Choice
from camaug.insight.reports.names import agency_name, agency_names, field_names, procedure_names
from camaug.kernel.clock import LOCAL
from camaug.kernel.text import sort_key
from camaug.ui.templatetags.words import thousands

FIRST: dict[str, Any] = {
    Group.AGENCY: gettext_lazy("Agency"),
    Group.FIELD: gettext_lazy("Field"),
    Group.PROCEDURE: gettext_lazy("Procedure"),
    MONTH: gettext_lazy("Month"),
}
_FINER = {Group.AGENCY: Group.FIELD, Group.FIELD: Group.PROCEDURE}


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One line: what it is about, its numbers, the choice they follow, the finer report it leads to ("" for none)."""

    label: str
    numbers: Numbers
    choice: Choice | None
    href: str = ""

    def share(self) -> float | None:
        """Early and on time among what was resolved and had a promised day; None where nothing was."""
        dated = self.numbers["resolved"] - self.numbers.get("undated", 0)
        return (self.numbers["early"] + self.numbers["on_time"]) / dated if dated else None


@dataclass(frozen=True, slots=True)
class ReportTable:
    """Lines and their sum, under the columns of the formula that holds."""

    formula: Formula
    first: Any
    lines: tuple[ReportLine, ...]
    foot: ReportLine

    @property
    def columns(self) -> tuple[Column, ...]:
        """Those of the prescribed form."""
        return tuple(one for one in self.formula.columns if not one.rare)

    def beside(self) -> list[tuple[str, str]]:
        """What is said below the table of the rare columns that hold anything, and the address of their cases."""
        rare = [one for one in self.formula.columns if one.rare]
        words = _("{over} – {words}: {number}. The form has no column for them; they stand in the total alone.")
        return [
            (words.format(over=column.over, words=column.words, number=thousands(number)), href)
            for column, number, href in self._cells(self.foot, rare)
            if number
        ]

    def over(self) -> list[tuple[Any, int]]:
        """The upper row of heads, with how many columns each spans."""
        found: list[tuple[Any, int]] = []
        for column in self.columns:
            if found and found[-1][0] == column.over:
                found[-1] = (column.over, found[-1][1] + 1)
            else:
                found.append((column.over, 1))
        return found

    def cells(self, line: ReportLine) -> Iterator[tuple[Column, int, str]]:
        """Column, number, and the address of the cases behind it ("" where there is none)."""
        yield from self._cells(line, self.columns)

    def _cells(self, line: ReportLine, columns: Iterable[Column]) -> Iterator[tuple[Column, int, str]]:
        for column in columns:
            number = line.numbers[column.name]
            href = line.choice.address("insight:report_cases", column=column.name) if line.choice and number else ""
            yield column, number, href

    def rows(self) -> Iterator[tuple[ReportLine, list[tuple[Column, int, str]]]]:
        """Each line with its cells."""
        for line in self.lines:
            yield line, list(self.cells(line))

    def foot_cells(self) -> list[tuple[Column, int, str]]:
        """The cells of the sum."""
        return list(self.cells(self.foot))


def table_of(choice: Choice) -> ReportTable:
    """The table that is asked for; three queries, by month three for each month."""
    formula = formula_on(choice.span.last)
    whole = _("Together")
    if choice.by == MONTH:
        lines = tuple(_months(choice, formula))
        foot = ReportLine(whole, _whole(choice, formula), choice)
    else:
        group = Group(choice.by)
        found = counted(choice.asked(), formula, choice.window(), by=group)
        lines = tuple(
            sorted(_lines(choice, group, found), key=lambda one: (-one.numbers["received"], sort_key(one.label)))
        )
        foot = ReportLine(whole, together(found.values(), formula), choice)
    return ReportTable(formula, FIRST[choice.by], lines, foot)


def as_public(choice: Choice) -> Numbers:
    """The same cases as the public figures count them; `timely`: early and on time."""
    numbers = _whole(choice, PUBLIC)
    return {**numbers, "timely": numbers["early"] + numbers["on_time"]}


def _whole(choice: Choice, formula: Formula) -> Numbers:
    found = counted(choice.asked(), formula, choice.window(), by=Group.FIELD)
    return together(found.values(), formula) if found else nothing(formula)


def _months(choice: Choice, formula: Formula) -> Iterator[ReportLine]:
    today = choice.at.astimezone(LOCAL).date()
    for span in choice.span.months():
        if span.first <= today:
            month = choice.within(span)
            yield ReportLine(span.label, _whole(month, formula), month, replace(month, by=str(Group.FIELD)).address())


def _lines(choice: Choice, group: Group, found: dict[Any, Numbers]) -> Iterator[ReportLine]:
    finer = str(_FINER.get(group, ""))
    if group == Group.AGENCY:
        agencies = agency_names(choice.span.first, choice.day)
        for key, numbers in found.items():
            agency = agencies.get(key)
            own = replace(choice, agency=agency, below=False) if agency else None
            yield ReportLine(agency_name(agency), numbers, own, replace(own, by=finer).address() if own else "")
        return
    names = field_names(choice.day) if group == Group.FIELD else procedure_names(list(found), choice.day)
    for key, numbers in found.items():
        own = replace(choice, field=key) if group == Group.FIELD else replace(choice, procedure=key)
        yield ReportLine(names.get(key, key), numbers, own, replace(own, by=finer).address() if finer else "")
