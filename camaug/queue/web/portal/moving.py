from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, public
from camaug.queue.actions.move_appointment import move_appointment
from camaug.queue.queries import appointment as appointment_of
from camaug.queue.queries import days
from camaug.queue.web.portal.booking import read_instant
from camaug.queue.web.portal.times import chosen_day


@public
def moving(request: Request, appointment: str) -> HttpResponseBase:
    """Another time for an appointment; POST `at` moves it."""
    found, refusal = appointment_of(appointment, at=request.at), ""
    if not found.open:
        return redirect("queue:appointment", appointment)
    slot_at = read_instant(request.POST.get("at", "")) if request.method == "POST" else None
    if slot_at:
        try:
            move_appointment(appointment, slot_at=slot_at, by=request.actor, at=request.at)
        except DomainError as no:
            refusal = str(no)
        else:
            messages.success(request, _("The appointment has been moved."))
            return redirect("queue:appointment", appointment)
    offered = days(found.agency.id, found.letter, at=request.at)
    shown = {
        "appointment": found,
        "days": offered,
        "chosen": chosen_day(offered, request.GET.get("day", "")),
        "errors": {"": refusal} if refusal else {},
    }
    return render(request, "queue/portal/moving.html", shown, status=422 if refusal else 200)
