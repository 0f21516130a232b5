"""Tables to take away: what there is, or an empty one to fill in."""

from collections.abc import Callable
from dataclasses import replace

from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request
from camaug.kernel.tables.writing import CSV_TYPE, XLSX_TYPE, csv_file, csv_parts, xlsx_file
from camaug.people.models import SheetKind
from camaug.people.queries.exports import table_head, table_rows
from camaug.people.queries.words import agency_words, role_words
from camaug.people.sheets.columns import FILES
from camaug.people.sheets.templates import Words, empty_table, help_page
from camaug.ui.administration import administrators

ENDINGS = ("csv", "xlsx")


@administrators
def export(request: Request, kind: str, ending: str) -> HttpResponseBase:
    """What holds today: made whole before it is sent, so that a file that broke off is shorter than was announced."""
    table, day = _asked(kind, ending), request.at.astimezone(LOCAL).date()
    name = f"{FILES[table]}-{day:%Y%m%d}.{ending}"
    if ending == "csv":
        file = csv_file(table_head(table), table_rows(table, day))
        return FileResponse(file, content_type=CSV_TYPE, headers=_attached(name))
    book = xlsx_file(replace(empty_table(table), rows=table_rows(table, day)))
    return FileResponse(book, content_type=XLSX_TYPE, headers=_attached(name))


@administrators
def template(request: Request, kind: str, ending: str) -> HttpResponseBase:  # noqa: ARG001 (the shape of a page)
    """The head alone; in the workbook a second sheet explains every column."""
    table = _asked(kind, ending)
    name = f"mau-{FILES[table]}.{ending}"
    if ending == "csv":
        return HttpResponse(b"".join(csv_parts(table_head(table), ())), content_type=CSV_TYPE, headers=_attached(name))
    book = xlsx_file(empty_table(table), help_page(table, _LISTS[table]()))
    return FileResponse(book, content_type=XLSX_TYPE, headers=_attached(name))


def _asked(kind: str, ending: str) -> SheetKind:
    if kind.upper() not in SheetKind.values or ending not in ENDINGS:
        raise NotFound
    return SheetKind(kind.upper())


def _attached(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def _of_agencies() -> list[tuple[str, Words]]:
    kinds, levels = agency_words()
    return [(_("Kinds of agencies"), kinds), (_("Levels"), levels)]


_LISTS: dict[SheetKind, Callable[[], list[tuple[str, Words]]]] = {
    SheetKind.AGENCIES: _of_agencies,
    SheetKind.OFFICERS: list,
    SheetKind.POSITIONS: lambda: [(_("Roles"), role_words())],
}
