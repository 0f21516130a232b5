from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from camaug.access.actions.count_attempt import TooManyAttempts, count_attempt, forgive_attempt
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, public
from camaug.queue.actions.check_in import check_in
from camaug.queue.web.places import ARRIVALS, hall_called


@public
def arrival(request: Request, hall: str) -> HttpResponseBase:
    """Check in for an appointment by its six digits, typed on the screen, or by its QR code, held to a scanner."""
    here, refusal, status = hall_called(request, hall), "", 200
    if request.method == "POST":
        try:
            count_attempt(ARRIVALS, of=hall, by=request.actor, at=request.at)
            ticket = check_in(here.agency.id, request.POST.get("typed", "")[:200], by=request.actor, at=request.at)
        except DomainError as no:
            refusal, status = str(no), 429 if isinstance(no, TooManyAttempts) else 422
        else:
            forgive_attempt(ARRIVALS, of=hall, by=request.actor, at=request.at)
            return redirect("queue:slip", hall, ticket.code)
    shown = {"hall": here, "refusal": refusal, "now": request.at, "digits": "123456789"}
    return render(request, "queue/kiosk/arrival.html", shown, status=status)
