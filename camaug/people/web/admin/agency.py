from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from camaug.kernel.pages import Request
from camaug.people.queries.history import history
from camaug.people.queries.offices import office
from camaug.people.queries.words import role_words
from camaug.ui.administration import administrators
from camaug.ui.asides import asides


@administrators
def agency(request: Request, agency_id: UUID) -> HttpResponse:
    """One agency: its facts, what other parts know of it, units below, officers, times, history."""
    page, past = office(agency_id, at=request.at), history(agency_id, token=request.GET.get("from", ""))
    shown = {
        "page": page,
        "asides": asides("agency", agency_id, at=request.at),
        "history": past,
        "older": f"?from={past.older}#history" if past.older else "",
        "newer": f"?from={past.newer}#history" if past.newer else "",
        "roles": dict(role_words()),
    }
    return render(request, "people/admin/agency.html", shown)
