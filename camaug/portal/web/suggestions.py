from django.http import HttpResponse
from django.shortcuts import render

from camaug.catalogue.queries import search
from camaug.catalogue.queries.listing import rows
from camaug.kernel.pages import Request, public

WORDS = 100
SHOWN = 6


@public
def suggestions(request: Request) -> HttpResponse:
    """What fits the words typed so far, as a list of links."""
    words = request.GET.get("q", "").strip()[:WORDS]
    found = rows(search(words, request.at.date(), limit=SHOWN + 1))
    shown = {"q": words, "rows": found[:SHOWN], "more": len(found) > SHOWN}
    return render(request, "portal/suggestions.html", shown)
