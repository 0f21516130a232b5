"""The one place where refusals and failures become pages."""

import logging
import secrets
import sys
from collections.abc import Callable

from django.core.exceptions import BadRequest
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from camaug.kernel import problems
from camaug.kernel.encryption import NotDecrypted
from camaug.kernel.errors import DomainError, NotAllowed, NotFound

log = logging.getLogger("camaug.web")

TITLES: dict[int, Promise] = {
    400: _("The request could not be understood"),
    403: _("You may not do this"),
    404: _("Page not found"),
    422: _("This cannot be done"),
    429: _("Too many attempts"),
    500: _("Something went wrong"),
    503: _("Back in a moment"),
}
NO_SUCH_PAGE = _("Check the address, or start again from the home page.")
FORM_TOO_OLD = _("The page was open for too long. Go back, reload it and send the form again.")
OUR_FAULT = _("The fault is ours and has been recorded. Try again later; if it stays, tell us the reference number.")

AWAY = _("We cannot reach our records just now: wait a minute, then load the page again.")
CLOSED = _(
    "Part of this lies encrypted and cannot be opened just now."
    " The fault is ours and has been recorded: try again later."
)
_FORMS = frozenset({"application/x-www-form-urlencoded", "multipart/form-data"})
"""Bodies that Django reads as a form; it makes an empty one of any other."""
RETRY_AFTER = 30
"""Seconds after which a program may try again."""
_NO_CONNECTION = ("08", "53300", "57P")
"""SQLSTATEs of a server that does not answer, is full, is starting or stopping; a refused connection has none."""


class RefusalMiddleware:
    """Turns a refusal that the page did not catch into a page with its sentence; lets no NUL reach a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, _view: object, _args: object, named: dict[str, object]) -> None:
        """Nobody types a NUL, and PostgreSQL has no text with one: 400."""
        sent = ([request.GET] if request.META.get("QUERY_STRING") else []) + (
            [request.POST] if request.method == "POST" and request.content_type in _FORMS else []
        )
        typed = (text for given in sent for name, texts in given.lists() for text in (name, *texts))
        if any("\0" in str(text) for text in (*typed, *named.values())):
            raise BadRequest

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """403, 404, 422, or 503 where something does not decrypt; None leaves an unknown error to `server_error`."""
        match error:
            case NotAllowed():
                return refusal(request, 403, str(error))
            case NotFound():
                return refusal(request, 404, NO_SUCH_PAGE)
            case DomainError():
                return refusal(request, 422, str(error))
            case NotDecrypted():
                log.error("something does not decrypt: %s %s", request.method, _route(request), exc_info=error)
                return refusal(request, 503, CLOSED)
        return None


def refusal(request: HttpRequest, status: int, sentence: str | Promise, *, reference: str = "") -> HttpResponse:
    """The page that says no: `ui/error.html` with status, title, sentence and, for our own faults, a reference.

    To a program it is a problem.
    """
    if problems.is_for_a_program(request):
        return problems.answer(problems.Problem(status, TITLES[status], reference=reference))
    shown = {"status": status, "title": TITLES[status], "sentence": sentence, "reference": reference}
    return render(request, "ui/error.html", shown, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's shape)
    """Django's handler400."""
    return refusal(request, 400, NO_SUCH_PAGE)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's shape)
    """Django's handler403."""
    return refusal(request, 403, TITLES[403])


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's shape)
    """Django's handler404."""
    return refusal(request, 404, NO_SUCH_PAGE)


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django's shape)
    """Django's CSRF_FAILURE_VIEW."""
    return refusal(request, 403, FORM_TOO_OLD)


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500: the person gets a reference number, the log the same number with the traceback.

    While the database is away, 503 and when to come back. Where even the error page fails (a broken template), a bare
    page is shown.
    """
    if _is_database_away(sys.exc_info()[1]):
        return _away(request)
    reference = secrets.token_hex(4).upper()
    log.error("reference %s: %s %s", reference, request.method, _route(request), exc_info=True)
    try:
        return refusal(request, 500, OUR_FAULT, reference=reference)
    except Exception:
        log.error("reference %s: the error page failed too", reference, exc_info=True)
        shown = {"title": TITLES[500], "sentence": OUR_FAULT, "reference": reference}
        return HttpResponse(render_to_string("kernel/failure.html", shown), status=500)


def _away(request: HttpRequest) -> HttpResponse:
    log.error("the database does not answer: %s %s", request.method, _route(request))
    if problems.is_for_a_program(request):
        response = problems.answer(problems.Problem(503, TITLES[503]))
    else:
        response = render(request, "ui/away.html", {"title": TITLES[503], "sentence": AWAY}, status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    return response


def _route(request: HttpRequest) -> str:
    """What the log keeps of an address, since an address itself may open an account or name somebody."""
    return request.resolver_match.route if request.resolver_match else ""


def _is_database_away(error: BaseException | None) -> bool:
    state = getattr(error.__cause__, "sqlstate", None) if error else None
    return isinstance(error, OperationalError | InterfaceError) and (state or "08").startswith(_NO_CONNECTION)
