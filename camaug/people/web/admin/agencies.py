from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.kernel.clock import LOCAL
from camaug.kernel.pages import Request
from camaug.people.queries import directory
from camaug.people.queries.offices import STATES, offices
from camaug.people.queries.words import agency_words
from camaug.ui.administration import administrators

LONGEST = 100


@administrators
def agencies(request: Request) -> HttpResponse:
    """The tree of agencies, one floor a page; or all that a search finds. Where one stands is in the address."""
    now = directory(request.at.astimezone(LOCAL).date())
    asked = {name: request.GET.get(name, "").strip()[:LONGEST] for name in ("q", "kind", "state", "under")}
    asked = {name: value for name, value in asked.items() if value}
    state = asked.get("state", "now") if asked.get("state") in STATES else "now"
    under = _agency(asked.get("under", ""))
    here = now.get(under) if under and under in now else None
    floor = not asked.keys() & {"q", "kind", "state"}
    page = offices(
        at=request.at,
        words=asked.get("q", ""),
        kind=asked.get("kind", ""),
        state=state,
        under=here.id if here else None,
        top=floor,
        token=request.GET.get("from", ""),
    )
    shown = {
        "page": page,
        "here": here,
        "crumbs": _crumbs(now.above(here.id), here.name) if here else [],
        "asked": asked,
        "kinds": [{"value": code, "label": name} for code, name in agency_words()[0]],
        "states": [
            {"value": "coming", "label": _("Founded later")},
            {"value": "closed", "label": _("Closed")},
        ],
        "older": f"?{urlencode({**asked, 'from': page.older})}" if page.older else "",
        "newer": f"?{urlencode({**asked, 'from': page.newer})}" if page.newer else "",
    }
    return render(request, "people/admin/agencies.html", shown)


def _agency(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _crumbs(above: tuple[object, ...], name: str) -> list[dict[str, str]]:
    root = reverse("people:agencies")
    path = [{"label": a.name, "href": f"{root}?under={a.id}"} for a in reversed(above)]  # type: ignore[attr-defined]
    return [*path, {"label": name}]
