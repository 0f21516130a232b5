"""Tables as files that are sent while they are made."""

from collections.abc import Callable, Iterator
from datetime import date, datetime

from django.http import StreamingHttpResponse
from django.utils import translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.kernel.tables.streaming import Cell, Sheet, xlsx_parts
from camaug.kernel.tables.writing import CSV_TYPE, XLSX_TYPE, csv_parts


def attached(sheet: Sheet, name: str, ending: str) -> StreamingHttpResponse:
    """The sheet as a file to take away, csv or xlsx; NotFound for another ending.

    The words of its rows are in the language of the page, although they are read after the page has ended. What broke
    off does not look whole: a workbook without its end does not open, and the last line of a CSV file says that it is.
    """
    if ending not in _SHAPES:
        raise NotFound
    media_type, parts = _SHAPES[ending]
    answer = StreamingHttpResponse(_speaking(parts(sheet)), content_type=media_type)
    answer["Content-Disposition"] = content_disposition_header(True, f"{name}.{ending}") or "attachment"
    answer["Cache-Control"] = "private, no-store"
    answer["X-Accel-Buffering"] = "no"
    return answer


def _speaking(parts: Iterator[bytes]) -> Iterator[bytes]:
    language = translation.get_language()
    while True:
        with translation.override(language):
            part = next(parts, None)
        if part is None:
            return
        yield part


def _csv(sheet: Sheet) -> Iterator[bytes]:
    return csv_parts(sheet.head, ([_said(cell) for cell in row] for row in sheet.rows), end=_end)


def _end(rows: int) -> str:
    return _("End of the file: {rows} rows.").format(rows=f"{rows:,}".replace(",", "."))


def _said(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return f"{cell.astimezone(LOCAL):%d/%m/%Y %H:%M}"
    return f"{cell:%d/%m/%Y}" if isinstance(cell, date) else str(cell)


_SHAPES: dict[str, tuple[str, Callable[[Sheet], Iterator[bytes]]]] = {
    "csv": (CSV_TYPE, _csv),
    "xlsx": (XLSX_TYPE, xlsx_parts),
}
