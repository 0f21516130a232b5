from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, staff
from camaug.queue.actions.call_next import call_next
from camaug.queue.policy import SERVE
from camaug.queue.web.desk.counter import address, shown
from camaug.queue.web.desk.places import hall_chosen


@staff(may=SERVE.code)
def next_call(request: Request) -> HttpResponseBase:
    """POST: whoever's turn it is."""
    if request.method != "POST":
        return redirect("queue:counter")
    agency = hall_chosen(request)
    try:
        called = call_next(by=request.actor, at=request.at)
    except DomainError as no:
        return shown(request, agency, refusal=str(no))
    if called is None:
        messages.info(request, _("Nobody is waiting for this counter."))
    return redirect(address(agency, request))
