from django.http import HttpResponse
from django.shortcuts import render

from camaug.kernel.pages import Request, public
from camaug.queue.queries import board
from camaug.queue.web.places import hall_called


@public
def display(request: Request, hall: str) -> HttpResponse:
    """The call display on the wall. `?sound=1`: a chime with each call."""
    here = hall_called(request, hall)
    shown = {"board": board(here.agency.id, at=request.at), "sound": "sound" in request.GET, "now": request.at}
    return render(request, "queue/display.html", shown)
