"""What applicants said in a period, by agency and officer, each number leading to its ratings."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render

from camaug.cases.queries.reports import READING
from camaug.cases.queries.reports.rated import ratings_listed, said_by_agency, said_by_officer
from camaug.insight.reports.choice import choice_of
from camaug.insight.reports.names import agency_name, agency_names
from camaug.insight.reports.ratings import SAID, agency_lines, officer_lines
from camaug.insight.web.report import form_of
from camaug.insight.web.report_cases import narrowed
from camaug.kernel.errors import NotFound
from camaug.kernel.ids import read_id
from camaug.kernel.pages import Request, staff
from camaug.ui.ways_back import leading_back


@staff(may=READING)
def report_ratings(request: Request) -> HttpResponse:
    """Two tables: agencies, and officers by the cases that they had in hand."""
    choice, errors = choice_of(request)
    asked, window = choice.asked(), choice.window()
    shown: dict[str, Any] = {
        **form_of(choice, request, errors),
        "choice": choice,
        "columns": [words for _name, words in SAID],
        "by_agency": list(agency_lines(choice, said_by_agency(asked, window))),
        "by_officer": list(officer_lines(choice, said_by_officer(asked, window))),
        "files": [(end, choice.address("insight:report_file", "ratings", end)) for end in ("xlsx", "csv")],
    }
    return render(request, "insight/report_ratings.html", shown, status=422 if errors else 200)


@staff(may=READING)
def report_ratings_list(request: Request) -> HttpResponse:
    """The ratings behind one number; who gave them is nowhere."""
    choice, _errors = choice_of(request)
    said, post = request.GET.get("said") or "total", request.GET.get("post", "")
    words = dict(SAID)
    if said not in words or (post and read_id(post) is None):
        raise NotFound
    value = "" if said == "total" else said.upper()
    page = ratings_listed(
        choice.asked(),
        choice.window(),
        said=value,
        post=read_id(post) if post else None,
        actor=request.actor,
        token=request.GET.get("place", ""),
    )
    agencies = agency_names(choice.span.first, choice.day)
    here = choice.address("insight:report_ratings_list", said=said, post=post)
    place = request.GET.get("place", "")
    shown = {
        "choice": choice,
        "said": words[said],
        "rows": [(row, agency_name(agencies.get(row.agency_id))) for row in page.rows if row.agency_id],
        "narrowed": narrowed(choice),
        "older": f"{here}&{urlencode({'place': page.older})}" if page.older else "",
        "newer": f"{here}&{urlencode({'place': page.newer})}" if page.newer else "",
        "back": choice.address("insight:report_ratings"),
        "leading_back": leading_back(f"{here}&{urlencode({'place': place})}" if place else here),
    }
    return render(request, "insight/report_ratings_list.html", shown)
