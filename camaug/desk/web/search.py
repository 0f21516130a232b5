from django.http.response import HttpResponseBase
from django.shortcuts import render

from camaug.cases.actions.note_reading import note_list_read
from camaug.cases.queries import RANKED
from camaug.cases.queries import search as cases_found
from camaug.kernel.pages import Request, staff
from camaug.kernel.sought import Sought

MOST = 50
WORDS = Sought("desk.search")


@staff
def search(request: Request, ranked: int = RANKED) -> HttpResponseBase:
    """Everything that the officer may see, by code, name, number, phone, words; of the newest `ranked` the best."""
    if onward := WORDS.onward(request):
        return onward
    words = WORDS.read(request).text
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
