"""Pages that say that something did not go: 403, 404, 422, 429, 500. @public"""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WORDS: dict[int, tuple[Promise, Promise]] = {
    400: (_("This request cannot be read"), _("Go back to the page before and try once more.")),
    403: (_("You may not do this"), _("Your account or post does not carry the right to do this.")),
    404: (_("Page not found"), _("The address may be mistyped, or you may not see this page.")),
    422: (_("This could not be done"), _("Go back, check what you entered and try once more.")),
    429: (_("Too many attempts"), _("Wait a few minutes, then try once more.")),
    500: (_("Something went wrong on our side"), _("What you sent may not have been saved. Try once more in a moment.")),
}


def error_page(request: HttpRequest, *, status: int, sentence: str = "", reference: str = "") -> HttpResponse:
    """The error page for `status`; `sentence` replaces the general one, `reference` is the number to tell the help desk."""
    title, general = WORDS[status]
    found = {
        "title": title,
        "sentence": sentence or general,
        "advice": _("Tell the help desk the number below, and they will find what happened.") if reference else "",
        "reference": reference or getattr(request, "reference", ""),
    }
    return HttpResponse(render_to_string("ui/error.html", found, request), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's shape)
    """Django's handler400. @public"""
    return error_page(request, status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's shape)
    """Django's handler403. @public"""
    return error_page(request, status=403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's shape)
    """Django's handler404. @public"""
    return error_page(request, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Django's handler500. @public"""
    return error_page(request, status=500)
