"""A table as it stands in a file, hostile until read: size, rows, columns, cells and unpacked bytes are limited."""

import csv
import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO, StringIO
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext_lazy as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from camaug.kernel.errors import DomainError
from camaug.kernel.files.limits import MEGABYTE, Limits
from camaug.kernel.files.names import tidy
from camaug.kernel.files.refusals import FileBroken, FileEmpty, FileTooLarge
from camaug.kernel.files.sniffing import sniff
from camaug.kernel.tables.harmless import undone

type Cell = str | int | float | bool | date

LIMITS = Limits(bytes=10 * MEGABYTE, entries=500, unpacked_bytes=80 * MEGABYTE)
MOST_ROWS, MOST_COLUMNS, LONGEST_CELL = 50_000, 40, 2_000
_BLANKS = 5_000  # a sheet formatted to its last row has a million of them
_SEPARATORS = ";,\t"
_QUOTED = re.compile(r'"[^"]*"')
_UNREADABLE = (KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError, OSError, OverflowError)


class NotText(DomainError):
    """A CSV file in an old encoding, or none at all."""

    sentence = _("“{name}” is not text in UTF-8. In Excel, save it as “CSV UTF-8”, or as XLSX.")


class TooManyRows(DomainError):
    """More rows than one file may have."""

    sentence = _("The file has more than {most} rows. Send it in parts.")


class CellTooLong(DomainError):
    """More text than any column takes."""

    sentence = _("A cell of line {line} has more than {most} characters.")


@dataclass(frozen=True, slots=True)
class Line:
    """One row that is not blank. `number` counts as Excel does: the first row is 1."""

    number: int
    cells: tuple[Cell, ...]


def read_table(content: bytes, file_name: str) -> tuple[Line, ...]:
    """The rows of a CSV file, or of the first sheet of a workbook.

    Raises FileRefused, NotText, TooManyRows, CellTooLong.
    """
    name = tidy(file_name)
    if len(content) > LIMITS.bytes:
        raise FileTooLarge(name=name, megabytes=LIMITS.megabytes)
    if not content.strip(b"\xef\xbb\xbf \t\r\n;,\x00"):
        raise FileEmpty(name=name)
    rows = (
        _workbook(content, name) if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")) else _text(content, name)
    )
    try:
        return tuple(_lines(rows))
    except (*_UNREADABLE, zipfile.BadZipFile, ParseError, csv.Error) as problem:
        raise FileBroken(name=name) from problem


def _lines(rows: Iterable[Iterable[object]]) -> Iterator[Line]:
    found = blanks = 0
    for number, row in enumerate(rows, start=1):
        cells = tuple(_cell(value) for value in row)
        while cells and cells[-1] == "":
            cells = cells[:-1]
        if not cells:
            blanks += 1
            if blanks > _BLANKS:
                return
            continue
        found, blanks = found + 1, 0
        if found > MOST_ROWS + 1:
            raise TooManyRows(most=f"{MOST_ROWS:,}".replace(",", "."))
        if any(isinstance(cell, str) and len(cell) > LONGEST_CELL for cell in cells):
            raise CellTooLong(line=number, most=LONGEST_CELL)
        yield Line(number, cells[:MOST_COLUMNS])


def _cell(value: object) -> Cell:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool | int | float | date):
        return value
    return undone("".join(c for c in str(value) if c.isprintable() or c.isspace()).strip())


def _workbook(content: bytes, name: str) -> Iterator[tuple[object, ...]]:
    sniff(content, "", limits=LIMITS)
    try:
        book = load_workbook(BytesIO(content), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
    except (*_UNREADABLE, zipfile.BadZipFile, ParseError, InvalidFileException) as problem:
        raise FileBroken(name=name) from problem
    yield from sheet.iter_rows(max_col=MOST_COLUMNS, values_only=True)


def _text(content: bytes, name: str) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig")
    except UnicodeDecodeError:
        raise NotText(name=name) from None
    if "\0" in text:
        raise NotText(name=name)
    head = _QUOTED.sub("", text.lstrip().split("\n", 1)[0])
    separator = max(_SEPARATORS, key=head.count)
    for row in csv.reader(StringIO(text, newline=""), delimiter=separator, strict=True):
        yield row[: MOST_COLUMNS + 1]
