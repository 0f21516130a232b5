from django.http import HttpResponse
from django.shortcuts import render

from camaug.kernel.pages import Request
from camaug.people.queries import directory
from camaug.queue.queries.arrangements import arranged
from camaug.ui.administration import administrators

ROWS = 40


@administrators
def halls(request: Request) -> HttpResponse:
    """The halls of the province; those that fit the words `?q=`."""
    words = request.GET.get("q", "").strip()[:60]
    known = directory(request.at.date())
    wanted = known.search(words, limit=ROWS) if words else tuple(known)
    rows = arranged([agency.id for agency in wanted])
    found = [(agency, rows[agency.id]) for agency in wanted if agency.id in rows]
    shown = {"q": words, "rows": found[:ROWS], "more": max(0, len(found) - ROWS)}
    return render(request, "queue/admin/halls.html", shown)
