"""A table as an XLSX file that is sent while its rows are read: neither memory nor disk grows with them.

The parts of a workbook are packed one after the other, each row as it comes; text stays text in every cell, whatever
it begins with. A sheet that is full goes on in the next one.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import batched, chain, islice
from typing import IO
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from camaug.kernel.clock import LOCAL
from camaug.kernel.outlet import Outlet
from camaug.kernel.tables import parts

type Cell = str | int | float | datetime | date | None

ROWS_OF_A_SHEET = 1_000_000
PACKED = 64 * 1024
_BATCH = 200
_EPOCH = datetime(1899, 12, 30, tzinfo=UTC)
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_MADE = (2020, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the sheet says above its table (`titles`), the heads and widths of its columns in characters, the rows."""

    name: str
    titles: Sequence[str]
    head: Sequence[str]
    widths: Sequence[int]
    rows: Iterable[Sequence[Cell]]


def xlsx_parts(sheet: Sheet, *, rows_of_a_sheet: int = ROWS_OF_A_SHEET) -> Iterator[bytes]:
    """The file in parts of some ten kilobytes, for printing on A4 across with its head on every page."""
    outlet = Outlet()
    with ZipFile(outlet, "w", ZIP_DEFLATED, compresslevel=4) as book:
        for name, text in (
            ("[Content_Types].xml", parts.TYPES),
            ("_rels/.rels", parts.ROOT),
            ("xl/styles.xml", parts.STYLES),
        ):
            book.writestr(_named(name), text)
        rows: Iterator[Sequence[Cell]] | None = iter(sheet.rows)
        number = 0
        while rows is not None:
            number += 1
            with book.open(_named(f"xl/worksheets/sheet{number}.xml"), "w", force_zip64=True) as out:
                yield from _sheet(out, outlet, sheet, islice(rows, rows_of_a_sheet))
            rows = _unless_empty(rows)
        book.writestr(_named("xl/workbook.xml"), parts.workbook(sheet.name, number, len(sheet.titles) + 1))
        book.writestr(_named("xl/_rels/workbook.xml.rels"), parts.relations(number))
    yield outlet.taken()


def _sheet(out: IO[bytes], outlet: Outlet, sheet: Sheet, rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    above = len(sheet.titles)
    out.write(parts.opening(sheet.widths, above + 1).encode())
    for number, title in enumerate(sheet.titles, start=1):
        out.write(_row(number, [title], [parts.TITLE if number == 1 else parts.PLAIN]))
    out.write(_row(above + 1, sheet.head, [parts.HEAD] * len(sheet.head)))
    yield outlet.taken()
    for batch in batched(enumerate(rows, start=above + 2), _BATCH):
        for number, cells in batch:
            out.write(_row(number, cells, [_style(cell) for cell in cells]))
        if len(outlet) >= PACKED:
            yield outlet.taken()
    out.write(parts.CLOSING)


def _row(number: int, cells: Sequence[Cell], styles: Sequence[int]) -> bytes:
    said = (
        _cell(f"{_letters(place)}{number}", cell, style)
        for place, (cell, style) in enumerate(zip(cells, styles, strict=True))
    )
    return f'<row r="{number}">{"".join(said)}</row>'.encode()


def _cell(place: str, value: Cell, style: int) -> str:
    if value is None or value == "":
        return f'<c r="{place}" s="{style}"/>'
    if isinstance(value, str):
        text = escape(_FORBIDDEN.sub("", value))
        return f'<c r="{place}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    return f'<c r="{place}" s="{style}"><v>{_number(value)}</v></c>'


def _number(value: int | float | datetime | date) -> str:
    if isinstance(value, datetime):
        local = value.astimezone(LOCAL).replace(tzinfo=UTC)
        return f"{(local - _EPOCH) / timedelta(days=1):.8f}"
    if isinstance(value, date):
        return str((value - _EPOCH.date()).days)
    return str(value)


def _style(value: Cell) -> int:
    if isinstance(value, datetime):
        return parts.MOMENT
    if isinstance(value, date):
        return parts.DAY
    return parts.TEXT if isinstance(value, str) or value is None else parts.NUMBER


def _letters(place: int) -> str:
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def _named(name: str) -> ZipInfo:
    info = ZipInfo(name, date_time=_MADE)
    info.compress_type = ZIP_DEFLATED
    return info


def _unless_empty[T](rows: Iterator[T]) -> Iterator[T] | None:
    first = next(rows, None)
    return None if first is None else chain([first], rows)
