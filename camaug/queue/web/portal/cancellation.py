from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.kernel.pages import Request, public
from camaug.queue.actions.cancel_appointment import cancel_appointment
from camaug.queue.queries import appointment as appointment_of


@public
def cancellation(request: Request, appointment: str) -> HttpResponseBase:
    """Ask once more, then give the place back."""
    found = appointment_of(appointment, at=request.at)
    if request.method == "POST":
        cancel_appointment(appointment, by=request.actor, at=request.at)
        messages.success(request, _("The appointment has been cancelled. Somebody else can have the place."))
        return redirect("queue:appointment", appointment)
    if not found.open:
        return redirect("queue:appointment", appointment)
    return render(request, "queue/portal/cancellation.html", {"appointment": found})
