from django.http import HttpResponse
from django.shortcuts import render

from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request, members
from camaug.notify.queries import messages_of, unread_count


@members
def messages(request: Request) -> HttpResponse:
    """What the province has told the reader, the latest first."""
    if request.actor.account_id is None:
        raise NotFound
    shown = {
        "page": messages_of(request.actor.account_id, token=request.GET.get("from", "")),
        "unread": unread_count(request.actor.account_id),
    }
    return render(request, "notify/messages.html", shown)
