"""A request over WSGI, at the doorway before Django and at Django itself."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import DEFAULT_DB_ALIAS, connections
from django.http import HttpRequest
from django.test import RequestFactory

from camaug.runtime.web.doorway import Doorway

APART = {"RateLimit"}


@dataclass
class Site:
    """What the HTTP server calls; `onward` holds the addresses that were left to Django."""

    onward: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._django = WSGIHandler()
        self._doorway = Doorway(self._go_on)

    def _go_on(self, environ: dict[str, Any], start: Any) -> Iterable[bytes]:
        self.onward.append(environ["PATH_INFO"])
        return self._django(environ, start)

    def at_the_doorway(self, request: HttpRequest) -> tuple[int, bytes, dict[str, str]]:
        """The answer of the whole."""
        return _told(self._doorway, request)

    def by_django(self, request: HttpRequest) -> tuple[int, bytes, dict[str, str]]:
        """The answer of Django's view."""
        return _told(self._django, request)


def get(path: str, **headers: str) -> HttpRequest:
    """A GET; `_` in a header's name stands for `-`."""
    return RequestFactory().get(path, headers=_named(headers))


def post(path: str, form: str, kind: str = "application/x-www-form-urlencoded", **headers: str) -> HttpRequest:
    """A form, as it goes over the wire."""
    return RequestFactory().post(path, form, content_type=kind, headers=_named(headers))


@contextmanager
def left_open() -> Iterator[None]:
    """The connection in whose transaction a test stands is not closed at a request's beginning and end."""
    connection = connections[DEFAULT_DB_ALIAS]
    connection.close_if_unusable_or_obsolete = lambda: None  # type: ignore[method-assign]  # of this one alone
    try:
        yield
    finally:
        del connection.close_if_unusable_or_obsolete


def _named(headers: dict[str, str]) -> dict[str, str]:
    return {name.replace("_", "-"): value for name, value in headers.items()}


def _told(application: Any, request: HttpRequest) -> tuple[int, bytes, dict[str, str]]:
    """Status, body and headers; the connection in whose transaction the test stands stays open."""
    heard: list[Any] = []
    environ = {name: value for name, value in request.environ.items() if (name, value) != ("HTTP_COOKIE", "")}  # type: ignore[attr-defined]
    with left_open():
        parts = application(environ, lambda status, headers: heard.extend((status, headers)))
        body = b"".join(parts)
        getattr(parts, "close", lambda: None)()
    headers = {name.title(): value for name, value in heard[1] if name not in APART}
    headers["Vary"] = ", ".join(sorted(headers.get("Vary", "").split(", ")))
    return int(heard[0].split()[0]), body, headers
