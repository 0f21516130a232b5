from uuid import UUID

from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from camaug.kernel.pages import Request, members
from camaug.notify.actions.mark_read import mark_all_read, mark_read


@members
def one(request: Request, message_id: UUID) -> HttpResponseBase:
    """POST: the message has been read; on to what it is about, if it leads anywhere."""
    if request.method != "POST":
        return redirect("notify:messages")
    message = mark_read(message_id, by=request.actor, at=request.at)
    return redirect(message.link) if message.link else redirect("notify:messages")


@members
def all_of_them(request: Request) -> HttpResponseBase:
    """POST: everything has been read."""
    if request.method == "POST":
        mark_all_read(by=request.actor, at=request.at)
    return redirect("notify:messages")
