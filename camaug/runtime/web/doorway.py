"""The door before Django: checks of a token (`kernel.checks`) are answered at it, and everything else goes on.

A check costs a web process a third of a millisecond, and what Django does around a view as much again. Whatever is not
as usual goes on to the view at the same address: another method, a cookie, a query, a token that opens nothing, a host
that is not ours, a database that does not answer.
"""

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from io import BytesIO
from typing import Any
from urllib.parse import unquote_plus

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.db import DEFAULT_DB_ALIAS, connections
from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.utils.module_loading import import_string

from camaug.access.middleware import address_told
from camaug.kernel.checks import Asked, Check
from camaug.kernel.clock import now
from camaug.kernel.errors import DomainError
from camaug.kernel.varying import varied
from camaug.people.queries.directory import asked_once
from camaug.runtime.web import requests
from camaug.runtime.web.compression import WORTH_IT, CompressionMiddleware
from camaug.runtime.web.told import ToldMiddleware

log = logging.getLogger(__name__)

FORM = "application/x-www-form-urlencoded"
LONGEST_FORM = 8_192
"""Octets; a longer form is the view's."""
_MOST_FIELDS, _LONGEST = 20, 300
"""Fields of a form, letters of what is kept of a caller: whatever has more is the view's."""
_CONDITIONS = frozenset(
    {"HTTP_COOKIE", "HTTP_IF_MATCH", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_UNMODIFIED_SINCE"}
)
_CALLER = (
    *("wsgi.url_scheme", "SERVER_NAME", "SERVER_PORT"),
    *("HTTP_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_ACCEPT_LANGUAGE"),
)
"""What headers and refusals depend on."""

type Environ = dict[str, Any]
type Starting = Callable[..., Callable[[bytes], object]]
type Application = Callable[[Environ, Starting], Iterable[bytes]]
type Headers = dict[str, str]


class Doorway:
    """A WSGI application before Django's own."""

    def __init__(self, onward: Application) -> None:
        self.onward = onward
        self._checks: dict[str, Check] = {path: import_string(name) for path, name in settings.CHECKS.items()}

    def __call__(self, environ: Environ, start: Starting) -> Iterable[bytes]:
        check = self._checks.get(environ["PATH_INFO"])
        if check is not None and not environ.get("QUERY_STRING") and _CONDITIONS.isdisjoint(environ):
            found = _answered(check, environ)
            if found is not None:
                headers, body = found
                start("200 OK", [*headers.items(), ("Content-Length", str(len(body)))])
                return [body]
        return self.onward(environ, start)


def _answered(check: Check, environ: Environ) -> tuple[Headers, bytes] | None:
    begun = time.perf_counter()
    caller = [environ.get(name) for name in _CALLER]
    short = len("".join(filter(None, caller))) <= _LONGEST
    said = _said(*caller) if short else None
    form = _form(environ) if said is not None else None
    if said is None or form is None:
        return None
    asked = Asked(
        environ["REQUEST_METHOD"], environ.get("HTTP_AUTHORIZATION", ""), form, address_told(environ), at=now()
    )
    here = connections[DEFAULT_DB_ALIAS]
    try:
        with asked_once():
            found = check(asked)
    except DomainError:
        return None
    except Exception:  # the view meets it again, and knows what to answer
        log.warning("a check was left to its view", exc_info=True)
        return None
    finally:
        here.close_if_unusable_or_obsolete()
    if found is None:
        return None
    headers = {**said, **found.headers}
    headers["Vary"] = varied(headers.get("Vary", ""), ("Accept-Language",))
    told = (headers, found.body) if len(found.body) < WORTH_IT else _compressed(headers, found.body, environ)
    requests.count(asked.method, _route(environ["PATH_INFO"]), 200, seconds=time.perf_counter() - begun)
    return told


def _compressed(headers: Headers, body: bytes, environ: Environ) -> tuple[Headers, bytes]:
    """A longer answer, as the middleware sends it to such a caller."""
    request = HttpRequest()
    request.META = environ
    packed = HttpResponse(body, headers=headers)
    CompressionMiddleware(lambda _request: packed).process_response(request, packed)
    packed.headers.pop("Content-Length", None)
    return dict(packed.headers.items()), packed.content


@lru_cache(maxsize=500)
def _said(*caller: str | None) -> Mapping[str, str] | None:
    """What every answer to such a caller says of itself, as the middleware for programs tells it of an empty one; None
    where that refuses him or leads him elsewhere. Kept, since callers are few and ask all day.
    """
    environ: Environ = {name: value for name, value in zip(_CALLER, caller, strict=True) if value is not None}
    environ |= {"REQUEST_METHOD": "GET", "PATH_INFO": "/", "wsgi.input": BytesIO()}
    try:
        blank = ToldMiddleware(lambda _request: HttpResponse(content_type="application/json"))(WSGIRequest(environ))
    except SuspiciousOperation:
        return None
    if blank.status_code != 200:
        return None
    del blank.headers["Content-Length"], blank.headers["Vary"]
    return dict(blank.headers.items())


def _form(environ: Environ) -> Mapping[str, str] | None:
    """What was sent, with each name once; {} for a GET; None for what the view had better read, which still can."""
    if environ["REQUEST_METHOD"] != "POST":
        return {}
    length = environ.get("CONTENT_LENGTH") or ""
    if environ.get("CONTENT_TYPE") != FORM or not (length.isascii() and length.isdigit()) or int(length) > LONGEST_FORM:
        return None
    sent = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = BytesIO(sent)
    if not sent.isascii() or b"\0" in sent or b"%00" in sent or sent.count(b"&") > _MOST_FIELDS:
        return None
    pairs = [pair.partition("=") for pair in sent.decode().split("&") if pair]
    read = unquote_plus if b"%" in sent or b"+" in sent else str  # tokens and secrets are sent as they are
    form = {read(name): read(value) for name, _is, value in pairs}
    return form if len(form) == len(pairs) else None


@cache
def _route(path: str) -> str:
    return resolve(path).route
