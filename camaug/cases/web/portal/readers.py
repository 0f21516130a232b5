from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from camaug.cases.models import How, Why
from camaug.cases.queries import ReadingView, readings_of
from camaug.cases.queries.readings import searches_of
from camaug.catalogue.forms.wording import told
from camaug.kernel.clock import LOCAL
from camaug.kernel.pages import Request, members

REASONS: dict[Why, Any] = {
    Why.TURN: _("It was this officer's turn to work on your case."),
    Why.COUNTER: _("This officer serves the counter that takes in and hands out your papers."),
    Why.HEAD: _("This officer leads the agency that is responsible for your case."),
    Why.SEARCHED: _("Somebody was looked for at the counter, and you were among those who fitted."),
    Why.PART: _("This officer's agency takes part in your case, or was asked for its opinion."),
    Why.BESIDE: _("This officer's agency takes part in your case, or was asked for its opinion."),
    Why.HELP: _("You have let this person help you with it."),
}
WAYS: dict[How, Any] = {
    How.PAGE: "",
    How.FILE: _("Opened or printed a paper"),
    How.PROGRAM: _("Through the agency's software"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One look, in words."""

    seen: ReadingView
    reason: Any
    way: Any
    procedure: str
    case_id: UUID | None


@members
def readers(request: Request) -> HttpResponse:
    """Which officers looked at one's data: agency and post, day and reason; one's own looks are not listed."""
    page = readings_of(request.actor, token=request.GET.get("place", ""))
    lines = [_line(seen) for seen in page.rows]
    days = [(day, tuple(on)) for day, on in groupby(lines, key=lambda line: line.seen.at.astimezone(LOCAL).date())]
    shown = {
        "days": days,
        "searches": searches_of(request.actor),
        "newer": f"?place={page.newer}" if page.newer else "",
        "older": f"?place={page.older}" if page.older else "",
    }
    return render(request, "cases/portal/readers.html", shown)


def _line(seen: ReadingView) -> Line:
    procedure = told(seen.procedure, "plain_name") if seen.procedure else ""
    return Line(seen, REASONS[seen.why], WAYS[seen.how], procedure, seen.case_id)
