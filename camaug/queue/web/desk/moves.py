from collections.abc import Callable
from uuid import UUID

from django.http.response import HttpResponseBase
from django.shortcuts import redirect

from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.pages import Request, staff
from camaug.queue.actions.begin_serving import begin_serving
from camaug.queue.actions.call_again import call_again
from camaug.queue.actions.finish_serving import finish_serving
from camaug.queue.actions.miss import miss
from camaug.queue.actions.transfer import NoSuchCounter, transfer
from camaug.queue.models import Ticket
from camaug.queue.policy import SERVE
from camaug.queue.web.desk.counter import address, shown
from camaug.queue.web.desk.places import hall_chosen


def _transfer(ticket_id: UUID, request: Request) -> Ticket:
    number = request.POST.get("to", "")
    if not (number.isascii() and number.isdigit() and len(number) < 4):
        raise NoSuchCounter
    return transfer(ticket_id, to=int(number), by=request.actor, at=request.at)


MOVES: dict[str, Callable[[UUID, Request], Ticket]] = {
    "call": lambda ticket, request: call_again(ticket, by=request.actor, at=request.at),
    "service": lambda ticket, request: begin_serving(ticket, by=request.actor, at=request.at),
    "end": lambda ticket, request: finish_serving(ticket, by=request.actor, at=request.at),
    "absence": lambda ticket, request: miss(ticket, by=request.actor, at=request.at),
    "transfer": _transfer,
}


@staff(may=SERVE.code)
def move(request: Request, ticket_id: UUID, move: str) -> HttpResponseBase:
    """POST: what happens to whoever was called."""
    if request.method != "POST":
        return redirect("queue:counter")
    agency = hall_chosen(request)
    if move not in MOVES:
        raise NotFound
    try:
        MOVES[move](ticket_id, request)
    except NotFound:
        raise
    except DomainError as no:
        return shown(request, agency, refusal=str(no))
    return redirect(address(agency, request))
