"""A table as lines of one kind, or what is wrong with it: line, column, value, one sentence each."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from camaug.kernel.errors import DomainError
from camaug.kernel.tables.reading import Line
from camaug.people.models import SheetKind
from camaug.people.sheets.cells import shown
from camaug.people.sheets.columns import COLUMNS, Column

_VALUE_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a line cannot be taken. `column` is the title, "" for the whole line."""

    line: int
    column: str
    value: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What one line says, by column; an empty cell is not in `values` and leaves what is there."""

    line: int
    values: dict[str, Any]
    kind: SheetKind

    def problem(self, name: str, sentence: object) -> Problem:
        """A problem with one of the line's columns, or ("") with the whole line."""
        column = next((column for column in COLUMNS[self.kind] if column.name == name), None)
        value = self.values.get(name, "")
        text = ", ".join(value) if isinstance(value, tuple) else shown(value)
        return Problem(self.line, str(column.title) if column else "", text[:_VALUE_SHOWN], str(sentence))


@dataclass(frozen=True, slots=True)
class Sheet:
    """All lines that could be read, and what is wrong with the others."""

    kind: SheetKind
    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class Outcome:
    """What importing did, or would do."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    problems: list[Problem] = field(default_factory=list)


def sheet_of(kind: SheetKind, table: Sequence[Line]) -> Sheet:
    """Read the lines below the head."""
    if not table:
        return Sheet(kind, problems=[Problem(1, "", "", _("The file is empty."))])
    head, problems = _head(kind, table[0])
    sheet = Sheet(kind, problems=problems)
    if problems:
        return sheet
    if len(table) == 1:
        problems.append(Problem(table[0].number, "", "", _("There are no lines below the head.")))
    for line in table[1:]:
        _read(line, head, sheet)
    return sheet


def _head(kind: SheetKind, line: Line) -> tuple[list[Column | None], list[Problem]]:
    """The column under each cell of the head."""
    found: list[Column | None] = []
    problems = []
    for cell in line.cells:
        title = shown(cell)
        column = next((one for one in COLUMNS[kind] if one.is_headed(title)), None)
        if title and column is None:
            problems.append(Problem(line.number, title[:_VALUE_SHOWN], "", _("There is no such column in this table.")))
        elif column in found and column is not None:
            problems.append(Problem(line.number, title[:_VALUE_SHOWN], "", _("The column stands in the file twice.")))
        found.append(column)
    missing = [column for column in COLUMNS[kind] if column.needed and column not in found]
    problems += [Problem(line.number, str(one.title), "", _("This column is missing in the head.")) for one in missing]
    return found, problems


def _read(line: Line, head: list[Column | None], sheet: Sheet) -> None:
    values: dict[str, Any] = {}
    problems = []
    if len(line.cells) > len(head):
        problems.append(Problem(line.number, "", "", _("The line has more cells than the head has columns.")))
    for column, cell in zip(head, line.cells, strict=False):
        if column is None:
            continue
        try:
            value = column.read(cell)
        except DomainError as no:
            problems.append(Problem(line.number, str(column.title), shown(cell)[:_VALUE_SHOWN], str(no)))
            continue
        if shown(cell) != "" and value not in ("", None):
            values[column.name] = value
    wrong = {problem.column for problem in problems}
    for column in COLUMNS[sheet.kind]:
        if column.needed and column.name not in values and str(column.title) not in wrong:
            problems.append(Problem(line.number, str(column.title), "", _("Something must stand here.")))
    if problems:
        sheet.problems.extend(problems)
    else:
        sheet.entries.append(Entry(line.number, values, sheet.kind))
