"""Tables as CSV and XLSX; memory does not grow with the rows."""

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from itertools import batched
from typing import IO

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from camaug.kernel.tables.harmless import harmless

CSV_TYPE = "text/csv; charset=utf-8"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SEPARATOR = ";"  # where the comma divides decimals, Excel expects it
_ROWS = 500
_HEAD, _GROUND = Font(bold=True), PatternFill("solid", fgColor="DDEBE6")
_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet of a workbook: its name, head, rows, and the widths of its columns in characters."""

    name: str
    head: Sequence[str]
    rows: Iterable[Sequence[str]]
    widths: Sequence[int]


def csv_parts(
    head: Sequence[str], rows: Iterable[Sequence[str]], *, end: Callable[[int], str] | None = None
) -> Iterator[bytes]:
    """The file in parts, with the mark by which Excel knows UTF-8.

    `end` says, of the number of rows, what the last line holds: a stream that breaks off looks whole otherwise.
    """
    yield b"\xef\xbb\xbf"
    yield _csv([head])
    number = 0
    for part in batched(rows, _ROWS):
        number += len(part)
        yield _csv(part)
    if end:
        yield _csv([[end(number)]])


def csv_file(head: Sequence[str], rows: Iterable[Sequence[str]]) -> IO[bytes]:
    """The same as a temporary file that is open at its start: its length is known before its first byte is sent."""
    out = tempfile.TemporaryFile()  # noqa: SIM115 (the caller closes it)
    out.writelines(csv_parts(head, rows))
    out.seek(0)
    return out


def xlsx_file(*pages: Page) -> IO[bytes]:
    """A workbook of text cells, written row by row to a temporary file that is open at its start."""
    book = Workbook(write_only=True)
    for page in pages:
        _fill(book.create_sheet(page.name[:31]), page)
    out = tempfile.TemporaryFile()  # noqa: SIM115 (the caller closes it)
    book.save(out)
    out.seek(0)
    return out


def _fill(sheet: WriteOnlyWorksheet, page: Page) -> None:
    sheet.freeze_panes = "A2"
    for number, width in enumerate(page.widths, start=1):
        column = sheet.column_dimensions[get_column_letter(number)]  # type: ignore[attr-defined]
        column.width, column.number_format = min(width, _WIDEST), "@"
    sheet.append([_cell(sheet, title, head=True) for title in page.head])
    for row in page.rows:
        sheet.append([_cell(sheet, value) for value in row])


def _cell(sheet: WriteOnlyWorksheet, value: str, *, head: bool = False) -> Cell:
    cell = WriteOnlyCell(sheet, value=harmless(value))
    cell.data_type, cell.number_format = "s", "@"
    if head:
        cell.font, cell.fill = _HEAD, _GROUND
    elif len(value) > _WIDEST:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    out = StringIO(newline="")
    csv.writer(out, delimiter=SEPARATOR).writerows([harmless(value) for value in row] for row in rows)
    return out.getvalue().encode()
