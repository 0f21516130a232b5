"""Where the provider from outside tells us that a session over there has ended; nobody is at a keyboard."""

from django.http import JsonResponse
from django.http.response import HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt

from camaug.access.actions.end_outside_sessions import end_outside_sessions
from camaug.access.outside.ended import NotTold, read
from camaug.access.outside.provider import provider
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, public

_KEPT_BY_NOBODY = {"Cache-Control": "no-store"}


@csrf_exempt
@public
def outside_ended(request: Request) -> HttpResponseBase:
    """POST `logout_token` ends the sessions here that came from there (Back-Channel Logout 2.5, 2.8)."""
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    known = provider()
    try:
        if known is None or len(request.POST.getlist("logout_token")) != 1:
            raise NotTold
        end_outside_sessions(read(known, request.POST["logout_token"], at=request.at), by=request.actor, at=request.at)
    except DomainError as no:
        told = {"error": "invalid_request", "error_description": type(no).__name__}
        return JsonResponse(told, status=400, headers=_KEPT_BY_NOBODY)
    return HttpResponse(headers=_KEPT_BY_NOBODY)
