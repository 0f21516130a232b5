from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render

from camaug.access.models import TrayMessage
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request, public

SHOWN = 50


@public
def tray(request: Request) -> HttpResponse:
    """Demo mode only: the latest codes and notes, as they would have reached phones and mailboxes."""
    if not settings.DEMO:
        raise NotFound
    latest = TrayMessage.objects.order_by("-sent_at", "-id")[:SHOWN]
    return render(request, "access/tray.html", {"messages_sent": list(latest)})
