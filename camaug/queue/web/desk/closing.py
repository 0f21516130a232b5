from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, staff
from camaug.queue.actions.close_counter import close_counter
from camaug.queue.policy import SERVE
from camaug.queue.web.desk.counter import address, shown
from camaug.queue.web.desk.places import hall_chosen


@staff(may=SERVE.code)
def closing(request: Request) -> HttpResponseBase:
    """POST: leave the counter."""
    if request.method != "POST":
        return redirect("queue:counter")
    agency = hall_chosen(request)
    try:
        close_counter(by=request.actor, at=request.at)
    except DomainError as no:
        return shown(request, agency, refusal=str(no))
    return redirect(address(agency, request))
