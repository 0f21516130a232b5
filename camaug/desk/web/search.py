from django.http import HttpResponse
from django.shortcuts import render

from camaug.cases.queries import search as cases_found
from camaug.kernel.pages import Request, staff

MOST = 50


@staff
def search(request: Request) -> HttpResponse:
    """Everything that the officer may see, by code, name, number, phone, words."""
    words = request.GET.get("q", "").strip()
    rows = cases_found(request.actor, words, at=request.at, limit=MOST)
    shown = {"words": words, "rows": rows, "now": request.at, "all": len(rows) < MOST, "most": MOST}
    return render(request, "desk/search.html", shown)
