"""The cases behind one number of a report."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from camaug.cases.queries.reports import READING, Column, Formula, formula_on, listed
from camaug.insight.reports.choice import Choice, choice_of
from camaug.insight.reports.names import agency_name, agency_names, field_names, procedure_names
from camaug.insight.reports.table import table_of
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request, staff
from camaug.ui.ways_back import leading_back


@staff(may=READING)
def report_cases(request: Request) -> HttpResponse:
    """The list, fifty cases a page; it has as many as the number says."""
    choice, _errors = choice_of(request)
    formula = formula_on(choice.span.last)
    column = column_of(request, formula)
    page = listed(choice.asked(), column, choice.window(), actor=request.actor, token=request.GET.get("place", ""))
    agencies = agency_names(choice.span.first, choice.day)
    here = choice.address("insight:report_cases", column=column.name)
    place = request.GET.get("place", "")
    shown = {
        "choice": choice,
        "column": column,
        "formula": formula,
        "number": table_of(choice).foot.numbers[column.name],
        "rows": [(row, agency_name(agencies.get(row.agency_id))) for row in page.rows],
        "narrowed": narrowed(choice),
        "older": f"{here}&{urlencode({'place': page.older})}" if page.older else "",
        "newer": f"{here}&{urlencode({'place': page.newer})}" if page.newer else "",
        "back": choice.address(),
        "leading_back": leading_back(f"{here}&{urlencode({'place': place})}" if place else here),
        "files": [(ending, file_of(choice, column, ending)) for ending in ("xlsx", "csv")],
        "at": request.at,
    }
    return render(request, "insight/report_cases.html", shown)


def column_of(request: Request, formula: Formula) -> Column:
    """The column that the address names, the first one where it names none; NotFound."""
    column = formula.column(request.GET.get("column") or formula.columns[0].name)
    if column is None:
        raise NotFound
    return column


def file_of(choice: Choice, column: Column, ending: str) -> str:
    """The address of the same list as a file."""
    return choice.address("insight:report_file", "cases", ending, column=column.name)


def narrowed(choice: Choice) -> str:
    """The field or procedure to which a report is narrowed, in words; "" where it is not."""
    found = []
    if choice.field:
        found.append(field_names(choice.day).get(choice.field, choice.field))
    if choice.procedure:
        found.append(procedure_names([choice.procedure], choice.day).get(choice.procedure, choice.procedure))
    return ", ".join(found)
