from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from camaug.cases.models import Satisfaction
from camaug.cases.queries.ratings import ratings as ratings_of
from camaug.cases.web.portal.wording import SATISFACTIONS
from camaug.kernel.pages import Request, staff
from camaug.ui.templatetags.words import share

TONES = {Satisfaction.VERY_SATISFIED: "done", Satisfaction.SATISFIED: "doing", Satisfaction.NOT_SATISFIED: "waiting"}


@staff
def ratings(request: Request) -> HttpResponse:
    """What applicants said: to a head of their agency, to an officer of the cases that they had in hand."""
    said = request.GET.get("said", "")
    said = said if said in Satisfaction else ""
    found = ratings_of(request.actor, at=request.at, said=said, token=request.GET.get("place", ""))
    together = sum(found.recent.values())
    shown = {
        "rows": [(row, SATISFACTIONS[row.satisfaction], TONES[row.satisfaction]) for row in found.page.rows],
        "recent": [
            {
                "label": SATISFACTIONS[value],
                "number": number,
                "share": share(number / together) if together else "",
                "href": _at(said=value),
                "current": value == said,
            }
            for value, number in found.recent.items()
        ],
        "together": together,
        "said": said,
        "older": _at(said=said, place=found.page.older) if found.page.older else "",
        "newer": _at(said=said, place=found.page.newer) if found.page.newer else "",
    }
    return render(request, "cases/desk/ratings.html", shown)


def _at(**asked: str) -> str:
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{reverse('cases:ratings')}?{query}"
