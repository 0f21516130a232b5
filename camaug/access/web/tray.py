from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from camaug.access.queries import latest_on_tray
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request, public

SHOWN = 50


@public
def tray(request: Request) -> HttpResponse:
    """Demo mode only: the latest codes and notes, as they would have reached phones and mailboxes."""
    if not settings.DEMO:
        raise NotFound
    return render(request, "access/tray.html", {"latest": latest_on_tray(SHOWN)})
