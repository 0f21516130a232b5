from django.http import HttpResponse
from django.shortcuts import render

from camaug.kernel.pages import Request, public
from camaug.queue.queries import appointment as appointment_of
from camaug.queue.web.places import address_of
from camaug.queue.web.portal.calendar_text import calendar_text
from camaug.queue.web.portal.purpose import purpose_of
from camaug.ui.qr import qr


@public
def appointment(request: Request, appointment: str) -> HttpResponse:
    """An appointment: when, where, the digits for the kiosk; and what can still be changed."""
    found = appointment_of(appointment, at=request.at)
    shown = {
        "appointment": found,
        "purpose": purpose_of(request, found.procedure),
        "qr": qr(address_of(request, "queue:appointment", found.code)),
    }
    return render(request, "queue/portal/appointment.html", shown)


@public
def calendar_file(request: Request, appointment: str) -> HttpResponse:
    """The appointment for the calendar of a telephone."""
    found = appointment_of(appointment, at=request.at)
    text = calendar_text(found, address_of(request, "queue:appointment", found.code), at=request.at)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="camau-g.ics"'
    return response
