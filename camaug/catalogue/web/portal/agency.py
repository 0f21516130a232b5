from django.http import HttpResponse
from django.shortcuts import render

from camaug.catalogue.queries import by_agency
from camaug.catalogue.queries.listing import rows
from camaug.kernel.pages import Request, public
from camaug.people.queries import directory
from camaug.ui.asides import asides


@public
def agency(request: Request, code: str) -> HttpResponse:
    """An office: where it is, when it is open, what one can have done there, and the offices above and below it."""
    today = request.at.date()
    known = directory(today)
    here = known.by_code(code)
    shown = {
        "agency": here,
        "above": [above for above in reversed(known.above(here.id)) if above.level != "CENTRAL"],
        "asides": asides("office", here.id, at=request.at),
        "below": known.children(here.id),
        "rows": rows(by_agency(here.kind, here.level, today)),
    }
    return render(request, "catalogue/portal/agency.html", shown)
