"""Nobody reads a case without it being written down: whatever page, file or operation names one in its address."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from camaug.cases.actions.note_reading import note_case_read, note_help_read, note_persons_read
from camaug.cases.models import How, Why
from camaug.cases.web.desk.intake_place import some_id
from camaug.kernel.actors import ActorKind
from camaug.kernel.pages import Request

_SHOWN = frozenset({HTTPStatus.FORBIDDEN, HTTPStatus.UNPROCESSABLE_ENTITY})
"""Refusals that come with the page of the case."""


class ReadingMiddleware:
    """Writes down, before an answer leaves, that an officer was shown a case (`code` in the address) or somebody of the
    register (`?person=` at a counter), or a helper the case of somebody else (`case`). What fails to be written is not
    shown.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        response = self.get_response(request)
        found = request.resolver_match
        if found is None or not _shows(response.status_code):
            return response
        at_counter = found.namespace == "counter"
        code, person = found.kwargs.get("code"), request.GET.get("person") if at_counter else None
        case = found.kwargs.get("case")
        if case and request.actor.mandates:
            note_help_read(case, _how(found.namespace, response), by=request.actor, at=request.at)
        if (code or person) and request.actor.kind == ActorKind.STAFF:
            if code and code != getattr(request, "noted", ""):
                how = _how(found.namespace, response)
                note_case_read(str(code), how, by=request.actor, at=request.at)
            if person_id := some_id(person or ""):
                note_persons_read([person_id], Why.COUNTER, by=request.actor, at=request.at)
        return response


def _shows(status: int) -> bool:
    return status < HTTPStatus.MULTIPLE_CHOICES or status == HTTPStatus.NOT_MODIFIED or status in _SHOWN


def _how(namespace: str, response: HttpResponseBase) -> How:
    if namespace == "api":
        return How.PROGRAM
    return How.PAGE if response.headers.get("Content-Type", "").startswith("text/html") else How.FILE
