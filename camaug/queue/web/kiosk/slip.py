from django.http import HttpResponse
from django.shortcuts import render

from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request, public
from camaug.queue.queries import ticket as ticket_of
from camaug.queue.web.places import address_of
from camaug.ui.qr import qr


@public
def slip(request: Request, hall: str, ticket: str) -> HttpResponse:
    """The number just taken, to be printed; the kiosk goes back to its first screen by itself."""
    found = ticket_of(ticket, at=request.at)
    if found.agency.code != hall:
        raise NotFound
    shown = {"ticket": found, "qr": qr(address_of(request, "queue:ticket", ticket)), "now": request.at}
    return render(request, "queue/kiosk/slip.html", shown)
