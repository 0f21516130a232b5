from django.http import HttpResponse
from django.shortcuts import render

from camaug.kernel.pages import Request, staff
from camaug.queue.policy import OVERSEE
from camaug.queue.queries import today as day_of
from camaug.queue.web.desk.places import hall_chosen, halls_of


@staff(may=OVERSEE.code)
def today(request: Request) -> HttpResponse:
    """The hall's day: who waits how long, what each counter has done."""
    agencies = halls_of(request, watching=True)
    if not agencies:
        return render(request, "queue/desk/no_hall.html")
    agency = hall_chosen(request, watching=True)
    shown = {"day": day_of(agency.id, at=request.at), "agency": agency, "agencies": agencies, "now": request.at}
    return render(request, "queue/desk/today.html", shown)
