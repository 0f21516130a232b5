"""Any table of the pages of figures as a CSV file, in UTF-8 with a mark by which spreadsheets know it."""

import csv
from collections.abc import Iterable, Iterator

from django.http import HttpResponse

from camaug.insight import section
from camaug.insight.period import Period
from camaug.insight.section import Section
from camaug.insight.web.field import name_of
from camaug.insight.web.showing import asked_period
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request, public
from camaug.people.queries import directory

FORMULA = ("=", "+", "-", "@", "\t", "\r")
MARK = "\ufeff"


class _Echo:
    """A file that gives back each row instead of keeping it."""

    def write(self, row: str) -> str:
        return row


@public
def table(request: Request, name: str) -> HttpResponse:
    """The table `name` of the province's page, or of the agency's or field's that the address names; sent whole."""
    period = asked_period(request)
    agency, field = request.GET.get("agency", ""), request.GET.get("field", "")
    found = next((one for one in _sections(request, period, agency, field) if one.name == name), None)
    if found is None:
        raise NotFound
    answer = HttpResponse("".join(csv_rows(found.file.records())), content_type="text/csv; charset=utf-8")
    file_name = "-".join(part for part in ("so-lieu", name, agency or field, period.key) if part)
    answer["Content-Disposition"] = f'attachment; filename="{file_name}.csv"'
    return answer


def csv_rows(records: Iterable[list[str | int]]) -> Iterator[str]:
    """The lines of the file; no cell of words is taken for a formula."""
    writer = csv.writer(_Echo())
    yield MARK
    for record in records:
        yield writer.writerow([harmless(cell) for cell in record])


def harmless(cell: str | int) -> str | int:
    """The cell with an apostrophe before what a spreadsheet would work out."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell


def _sections(request: Request, period: Period, agency: str, field: str) -> tuple[Section, ...]:
    if agency:
        here = directory(min(period.last, request.at.date())).by_code(agency)
        return section.of_agency(here, period, request.at)
    if field:
        return section.of_field(name_of(field, period, request), field, period, request.at)
    return section.of_province(period, request.at)
