from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.kernel.history import history_of
from camaug.kernel.pages import Request
from camaug.people.queries import directory
from camaug.queue.actions.arrange_hall import HallRules, arrange_hall
from camaug.queue.queries.arrangements import Arrangement, arrangement
from camaug.queue.web.admin.reading import read_number
from camaug.ui.administration import administrators


@administrators
def hall(request: Request, hall: str) -> HttpResponseBase:
    """A hall's rules, groups and counters; POST changes the rules."""
    agency = directory(request.at.date()).by_code(hall)
    found = arrangement(agency.id)
    if request.method != "POST":
        return _shown(request, found, str(found.horizon), {})
    horizon = read_number(request.POST.get("horizon", ""), 1, 90)
    if horizon is None:
        errors = {"horizon": _("Enter a number of days from 1 to 90.")}
        return _shown(request, found, request.POST.get("horizon", "")[:10], errors)
    kept = request.POST.getlist("kept")
    rules = HallRules(open="open" in kept, books="books" in kept, horizon=horizon)
    arrange_hall(agency.id, rules, by=request.actor, at=request.at)
    messages.success(request, _("The rules of the hall are saved."))
    return redirect("queue:hall", hall)


def _shown(request: Request, found: Arrangement, horizon: str, errors: dict[str, str]) -> HttpResponse:
    agency = directory(request.at.date()).get(found.agency_id)
    shown = {
        "agency": agency,
        "hall": found,
        "horizon": horizon,
        "errors": errors,
        "options": [
            {"value": "open", "label": _("Gives numbers at the kiosk")},
            {"value": "books", "label": _("Takes appointments online")},
        ],
        "kept": [name for name, holds in (("open", found.open), ("books", found.books)) if holds],
        "history": history_of(found.agency_id),
    }
    return render(request, "queue/admin/hall.html", shown, status=422 if errors else 200)
