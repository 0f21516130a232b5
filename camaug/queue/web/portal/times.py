from datetime import date

from django.http import HttpResponse
from django.shortcuts import render

from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request, public
from camaug.queue.queries import DayOffer, days
from camaug.queue.web.places import hall_called
from camaug.queue.web.portal.purpose import purpose_of


@public
def times(request: Request, hall: str, letter: str) -> HttpResponse:
    """The days and half hours that are free, as links that lead on."""
    here = hall_called(request, hall)
    if not here.books:
        raise NotFound
    offered = days(here.agency.id, letter, at=request.at)
    shown = {
        "hall": here,
        "group": here.group(letter),
        "purpose": purpose_of(request, request.GET.get("for", "")),
        "days": offered,
        "chosen": chosen_day(offered, request.GET.get("day", "")),
    }
    return render(request, "queue/portal/times.html", shown)


def chosen_day(offered: tuple[DayOffer, ...], typed: str) -> DayOffer | None:
    """The day that the address names, else the first with a free place."""
    try:
        wanted = date.fromisoformat(typed)
    except ValueError:
        wanted = None
    named = next((one for one in offered if one.day == wanted), None)
    return named or next((one for one in offered if one.free), None)
