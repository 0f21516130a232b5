from django.http import HttpResponse
from django.shortcuts import render

from camaug.cases.actions.note_reading import note_list_read
from camaug.cases.queries import RANKED
from camaug.cases.queries import search as cases_found
from camaug.kernel.pages import Request, staff

MOST = 50


@staff
def search(request: Request, ranked: int = RANKED) -> HttpResponse:
    """Everything that the officer may see, by code, name, number, phone, words; of the newest `ranked` the best."""
    words = request.GET.get("q", "").strip()
    if words:
        note_list_read("search", {"words": words}, by=request.actor, at=request.at)
    found = cases_found(request.actor, words, at=request.at, limit=MOST, ranked=ranked)
    shown = {
        "words": words,
        "rows": found.rows,
        "now": request.at,
        "all": len(found.rows) < MOST,
        "most": MOST,
        "too_many": found.too_many,
        "ranked": found.ranked,
    }
    return render(request, "desk/search.html", shown)
