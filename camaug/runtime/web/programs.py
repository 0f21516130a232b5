"""The short way in for programs: what they ask brings no cookie, so nothing is done for one.

A view says so itself (`@for_programs`). Rights, limits, headers, figures and logs are the same on both ways.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import cast

from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import ResolverMatch
from django.utils.module_loading import import_string

from camaug.kernel.pages import is_for_programs
from camaug.runtime.web.addresses import view_at

BELOW = ("/sso/", "/api/", "/.well-known/")
"""Where programs ask: every other address is not even looked at."""

type Answering = Callable[[HttpRequest], HttpResponseBase]


class ProgramsMiddleware:
    """Leads to a view for programs by PROGRAMS_MIDDLEWARE; everything else goes on by MIDDLEWARE."""

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response
        self.short = _Handler().chain()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.META.get("HTTP_COOKIE") or not request.path_info.startswith(BELOW):
            return self.get_response(request)
        found = _view_at(request.path_info)
        if found is None or not is_for_programs(found.func):
            return self.get_response(request)
        request.resolver_match = found
        return self.short(request)


class _Handler(BaseHandler):
    """Django's handler with another list of middleware, and the view found already."""

    _get_response: Answering  # what calls view and view middleware

    def __init__(self) -> None:
        self._view_middleware: list[Callable[..., object]] = []
        self._template_response_middleware: list[Callable[..., object]] = []
        self._exception_middleware: list[Callable[..., object]] = []

    def chain(self) -> Answering:
        """The layers of PROGRAMS_MIDDLEWARE, put together as Django does."""
        handler = _caught(self._get_response)
        for name in reversed(settings.PROGRAMS_MIDDLEWARE):
            layer = import_string(name)(handler)
            if hasattr(layer, "process_view"):
                self._view_middleware.insert(0, layer.process_view)
            if hasattr(layer, "process_exception"):
                self._exception_middleware.append(layer.process_exception)
            handler = _caught(layer)
        return handler

    def resolve_request(self, request: HttpRequest) -> ResolverMatch:
        """What the middleware has found."""
        assert request.resolver_match is not None
        return request.resolver_match


def _caught(layer: Answering) -> Answering:
    return cast(Answering, convert_exception_to_response(layer))


@lru_cache(maxsize=500)
def _view_at(path: str) -> ResolverMatch | None:
    """Kept, since programs ask the same addresses all day."""
    return view_at(path)
