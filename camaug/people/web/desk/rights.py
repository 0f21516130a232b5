from datetime import datetime, time
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.kernel.grants import Reach
from camaug.kernel.pages import Request, staff
from camaug.people.policy import SEE_RIGHTS
from camaug.people.queries.officers import officer, positions_of
from camaug.people.queries.rights import rights_of
from camaug.ui.administration import is_administrator
from camaug.ui.reading import read_date

MIDDAY = time(12)


@staff(may=SEE_RIGHTS.code)
def rights(request: Request, officer_id: UUID) -> HttpResponse:
    """What an officer may do on a day, and why: for administrators, and for heads of an agency where he has a post."""
    who = officer(officer_id)
    everywhere = any(post.reach_of(SEE_RIGHTS.code) == Reach.PROVINCE for post in request.actor.posts)
    units = {one.agency_id for one in positions_of(officer_id, request.at)}
    if not everywhere and not any(SEE_RIGHTS.allows(request.actor, unit) for unit in units):
        raise NotFound
    today, typed = request.at.astimezone(LOCAL).date(), read_date(request.GET, "day")
    day = typed.date if typed.date and typed.date.year in range(1900, 2201) else today
    at = request.at if day == today else datetime.combine(day, MIDDAY, LOCAL)
    shown = {
        "who": who,
        "posts": rights_of(officer_id, at=at),
        "day": day,
        "asked": typed if typed else day,
        "errors": {"day": typed.error} if typed.error else {},
        "administers": is_administrator(request.actor),
    }
    return render(request, "people/desk/rights.html", shown)
