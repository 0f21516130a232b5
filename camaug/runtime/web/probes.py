"""Answers to the machines that look after an installation, before host names, sessions and pages.

/healthz: the process answers. /readyz: it can serve (503 and what is missing otherwise). /metrics: figures for
Prometheus, for whoever knows METRICS_TOKEN; without a token there is no such page.
"""

import hmac
import time
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase

from camaug.runtime.health import figures, readiness
from camaug.runtime.web import requests


class ProbeMiddleware:
    """The first of all: answers probes, and measures every other request from its first to its last moment."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if probe := _PROBES.get(request.path_info):
            return probe(request)
        begun = time.perf_counter()
        response = self.get_response(request)
        found = getattr(request, "resolver_match", None)
        route = found.route if found else "(none)"
        requests.count(request.method, route, response.status_code, seconds=time.perf_counter() - begun)
        return response


def _alive(_request: HttpRequest) -> HttpResponse:
    return JsonResponse({"status": "ok"})


def _ready(_request: HttpRequest) -> HttpResponse:
    missing = readiness.missing()
    status = HTTPStatus.SERVICE_UNAVAILABLE if missing else HTTPStatus.OK
    return JsonResponse({"status": "not ready" if missing else "ok", "missing": missing}, status=status)


def _metrics(request: HttpRequest) -> HttpResponse:
    if not _may_measure(request):
        return HttpResponse(status=HTTPStatus.NOT_FOUND)
    content, content_type = figures.exposition()
    return HttpResponse(content, content_type=content_type)


def _may_measure(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    return bool(token) and hmac.compare_digest(given.encode(), token.encode())


_PROBES: dict[str, Callable[[HttpRequest], HttpResponse]] = {
    "/healthz": _alive,
    "/readyz": _ready,
    "/metrics": _metrics,
}
