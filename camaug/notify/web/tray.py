from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request, public
from camaug.notify import queries


@public
def tray(request: Request) -> HttpResponse:
    """Demo mode only: the latest codes and messages, as they would have reached phones and mailboxes."""
    if not settings.DEMO:
        raise NotFound
    return render(request, "notify/tray.html", {"sent": queries.tray()})
