from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from camaug.access.actions.count_attempt import TooManyAttempts, count_attempt
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, public
from camaug.queue.actions.take_number import take_number
from camaug.queue.queries import HallView, priorities
from camaug.queue.web.places import NUMBERS, hall_called


@public
def numbers(request: Request, hall: str) -> HttpResponseBase:
    """The kiosk's first screen; POST takes a number of the group `letter`, in the priority group `priority`, if any."""
    here = hall_called(request, hall)
    if request.method != "POST":
        return _shown(request, here)
    try:
        count_attempt(NUMBERS, of=hall, by=request.actor, at=request.at)
        ticket = take_number(
            here.agency.id,
            letter=request.POST.get("letter", "")[:1],
            priority=request.POST.get("priority", "")[:30],
            by=request.actor,
            at=request.at,
        )
    except DomainError as no:
        return _shown(request, here, refusal=str(no), status=429 if isinstance(no, TooManyAttempts) else 422)
    return redirect("queue:slip", hall, ticket.code)


def _shown(request: Request, here: HallView, *, refusal: str = "", status: int = 200) -> HttpResponse:
    offered = priorities(request.at.date())
    asked = request.GET.get("first", "")
    shown = {
        "hall": here,
        "refusal": refusal,
        "priorities": offered,
        "asking": asked == "ask",
        "first": next((one for one in offered if one.code == asked), None),
        "now": request.at,
    }
    return render(request, "queue/kiosk/numbers.html", shown, status=status)
