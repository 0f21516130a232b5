"""The head's view of a unit: load and lateness by officer and step, what will be late this week, reassigning."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from camaug.cases.policy import WATCH_LOAD
from camaug.cases.queries.load import NOBODY, Narrowed, cases_at_risk, unit_load
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request, staff

_NARROWING = ("officer", "role", "procedure", "step", "only")


@staff(may=WATCH_LOAD.code)
def load(request: Request) -> HttpResponse:
    """The unit's load; a leader chooses among the units led."""
    page = unit_load(request.actor, unit_in(request), at=request.at)
    return render(request, "cases/desk/load/page.html", {"page": page, "now": request.at, "nobody": NOBODY})


@staff(may=WATCH_LOAD.code)
def cases(request: Request) -> HttpResponse:
    """The unit's cases by risk, to be looked at and reassigned, one or many."""
    asked = {name: request.GET.get(name, "") for name in _NARROWING if request.GET.get(name)}
    unit = unit_in(request)
    page = cases_at_risk(request.actor, unit, Narrowed(**asked), at=request.at, token=request.GET.get("from", ""))
    query = {"unit": str(page.unit.id), **asked}
    shown = {
        "page": page,
        "asked": asked,
        "officer": next((one for one in page.people if str(one.position) == asked.get("officer")), None),
        "step_name": page.rows[0].row.step if page.rows and asked.get("step") else "",
        "older": f"?{urlencode({**query, 'from': page.older})}" if page.older else "",
        "newer": f"?{urlencode({**query, 'from': page.newer})}" if page.newer else "",
        "now": request.at,
        "nobody": NOBODY,
    }
    return render(request, "cases/desk/load/cases.html", shown)


def unit_in(request: Request) -> UUID | None:
    """The unit asked for; None where none is."""
    text = request.GET.get("unit", "")
    try:
        return UUID(text) if text else None
    except ValueError:
        raise NotFound from None
