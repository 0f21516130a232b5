"""Counts and times of requests, by route (never by address, which may hold a case's code), and one log line each."""

import logging
from functools import lru_cache

from prometheus_client import Counter, Histogram

log = logging.getLogger("camaug.requests")

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
REQUESTS = Counter("camaug_requests_total", "Requests answered.", ("method", "route", "status"))
DURATION = Histogram("camaug_request_seconds", "Time from first to last byte.", ("method", "route"), buckets=_SECONDS)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def count(method: str | None, route: str, status: int, *, seconds: float) -> None:
    """Add the request to the figures, and write its line."""
    method = method if method in _METHODS else "(other)"
    requests, duration = _figures(method, route, status)
    requests.inc()
    duration.observe(seconds)
    if log.isEnabledFor(logging.INFO):
        facts = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 1)}
        log.info("%(method)s %(route)s %(status)s %(ms)s ms", facts, extra={"facts": facts})


@lru_cache(maxsize=2_000)
def _figures(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
    """Kept, since looking them up by their labels costs more than counting."""
    return REQUESTS.labels(method, route, str(status)), DURATION.labels(method, route)
