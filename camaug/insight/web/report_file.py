"""A report or its cases as a file, sent while it is made."""

from django.http import StreamingHttpResponse

from camaug.cases.actions.note_reading import note_list_read
from camaug.cases.queries.reports import READING, formula_on
from camaug.insight.reports.choice import Choice, choice_of
from camaug.insight.reports.files import cases_sheet, report_sheet
from camaug.insight.reports.ratings import ratings_sheet
from camaug.insight.reports.span import FREE
from camaug.insight.web.report_cases import column_of, narrowed
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request, staff
from camaug.kernel.tables.sending import attached


@staff(may=READING)
def report_file(request: Request, what: str, ending: str) -> StreamingHttpResponse:
    """`what`: "report", "ratings", or "cases" with the column that the address names; `ending`: csv or xlsx."""
    choice, errors = choice_of(request)
    if errors:
        raise NotFound
    if what == "report":
        return attached(report_sheet(choice, narrowed(choice)), file_name(choice, "bao-cao"), ending)
    if what == "ratings":
        return attached(ratings_sheet(choice, narrowed(choice)), file_name(choice, "danh-gia"), ending)
    if what != "cases":
        raise NotFound
    column = column_of(request, formula_on(choice.span.last))
    asked = {"agency": choice.agency.code, "column": column.name, "days": file_name(choice, "")}
    note_list_read(f"report_cases.{ending}", asked, by=request.actor, at=request.at)
    sheet = cases_sheet(choice, column, narrowed(choice), actor=request.actor)
    return attached(sheet, file_name(choice, f"ho-so-{column.name.replace('_', '-')}"), ending)


def file_name(choice: Choice, what: str) -> str:
    """What it is, whose, and when: "bao-cao-H12.39-2026-11"."""
    span = choice.span
    days = f"{span.first:%Y%m%d}-{span.last:%Y%m%d}" if span.key == FREE else span.key
    return "-".join(part for part in (what, choice.agency.code, choice.field, choice.procedure, days) if part)
