"""Counts and times of requests, by route (never by address, which may hold a case's code), and one log line each."""

import logging

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from prometheus_client import Counter, Histogram

log = logging.getLogger("camaug.requests")

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
REQUESTS = Counter("camaug_requests_total", "Requests answered.", ("method", "route", "status"))
DURATION = Histogram("camaug_request_seconds", "Time from first to last byte.", ("method", "route"), buckets=_SECONDS)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def count(request: HttpRequest, response: HttpResponseBase, *, seconds: float) -> None:
    """Add the request to the figures, and write its line."""
    match = getattr(request, "resolver_match", None)
    route = match.route if match else "(none)"
    method = request.method if request.method in _METHODS else "(other)"
    REQUESTS.labels(method, route, str(response.status_code)).inc()
    DURATION.labels(method, route).observe(seconds)
    facts = {"method": method, "route": route, "status": response.status_code, "ms": round(seconds * 1000, 1)}
    log.info("%(method)s %(route)s %(status)s %(ms)s ms", facts, extra={"facts": facts})
