from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from camaug.people.queries.directory import asked_once


def directory_once(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Middleware: one request asks at most once whether the directory of agencies still holds."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        with asked_once():
            return get_response(request)

    return answer
