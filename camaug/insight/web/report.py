"""Officers' reports: the table of a period, each number leading to its cases."""

from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.gzip import gzip_page

from camaug.cases.queries import first_month
from camaug.cases.queries.reports import READING
from camaug.insight.period import offered
from camaug.insight.reports import drawing
from camaug.insight.reports.choice import GROUPS, Choice, choice_of
from camaug.insight.reports.span import FREE
from camaug.insight.reports.table import FIRST, as_public, table_of
from camaug.insight.web.report_cases import narrowed
from camaug.kernel.pages import Request, staff


@staff(may=READING)
@gzip_page
def report(request: Request) -> HttpResponse:
    """The report that the address asks for; this month of the officer's first unit where it asks for none."""
    choice, errors = choice_of(request)
    table = table_of(choice)
    shown = {
        **form_of(choice, request, errors),
        "table": table,
        "public": as_public(choice),
        "choice": choice,
        "at": request.at,
        "running": choice.window().as_of == request.at,
        "ratings": choice.address("insight:report_ratings"),
        "drawing": drawing.of(table, choice),
        "files": [(ending, choice.address("insight:report_file", "report", ending)) for ending in ("xlsx", "csv")],
    }
    return render(request, "insight/report.html", shown, status=422 if errors else 200)


def form_of(choice: Choice, request: Request, errors: dict[str, str]) -> dict[str, Any]:
    """The choices of the form, with what was typed."""
    agencies = dict.fromkeys((*choice.tops, choice.agency))
    typed = {name: request.GET.get(name, "") for name in ("from", "to")}
    if choice.span.key == FREE:
        typed = {"from": f"{choice.span.first:%d/%m/%Y}", "to": f"{choice.span.last:%d/%m/%Y}"}
    return {
        "errors": errors,
        "periods": tuple(offered(request.at.date(), first_month())),
        "free": FREE,
        "free_chosen": choice.span.key == FREE or bool(errors),
        "typed": typed,
        "agencies": [{"value": one.code, "label": one.name} for one in agencies],
        "scopes": [
            {"value": "below", "label": _("With all agencies under it")},
            {"value": "own", "label": _("This agency alone")},
        ],
        "groups": [{"value": group, "label": FIRST[group]} for group in GROUPS],
        "narrowed": narrowed(choice),
        "widened": replace(choice, field="", procedure="").address(),
    }
