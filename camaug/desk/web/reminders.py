from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request, staff
from camaug.notify.actions.mark_read import mark_all_read, mark_read
from camaug.notify.queries import messages_of, unread_count


@staff
def reminders(request: Request) -> HttpResponse:
    """What the officer was reminded of and told, the latest first."""
    if request.actor.account_id is None:
        raise NotFound
    shown = {
        "page": messages_of(request.actor.account_id, token=request.GET.get("from", "")),
        "unread": unread_count(request.actor.account_id),
        "now": request.at,
    }
    return render(request, "desk/reminders.html", shown)


@staff
def reading(request: Request, message_id: UUID) -> HttpResponseBase:
    """POST: it has been read; on to what it is about."""
    if request.method != "POST":
        return redirect("desk:reminders")
    message = mark_read(message_id, by=request.actor, at=request.at)
    return redirect(message.link or "desk:reminders")


@staff
def reading_all(request: Request) -> HttpResponseBase:
    """POST: everything has been read."""
    if request.method == "POST":
        mark_all_read(by=request.actor, at=request.at)
    return redirect("desk:reminders")
