from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from camaug.kernel.pages import Request, public
from camaug.queue.actions.leave_queue import leave_queue
from camaug.queue.queries import ticket as ticket_of


@public
def ticket(request: Request, ticket: str) -> HttpResponse:
    """A number on the telephone: how many are before it, and where to go once it is called. It renews itself."""
    shown = {"ticket": ticket_of(ticket, at=request.at), "now": request.at}
    return render(request, "queue/portal/ticket.html", shown)


@public
def departure(request: Request, ticket: str) -> HttpResponseBase:
    """POST: give the number up, so that nobody waits for it."""
    if request.method == "POST":
        leave_queue(ticket, by=request.actor, at=request.at)
    return redirect("queue:ticket", ticket)
