"""What every answer to a program says of itself, worked out once and not for each.

Headers are those of Django's own middleware for security, content policy, language, compression and length, which stand
in the other chain one by one: here no address has a language, no page a nonce, and no form a token.
"""

from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from typing import cast

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.core.handlers.exception import response_for_exception
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.security import SecurityMiddleware
from django.utils import translation
from django.utils.csp import CSP, build_policy

from camaug.kernel.varying import vary
from camaug.runtime.web.compression import CompressionMiddleware

type Told = dict[str, tuple[str, str]]
"""Headers as Django keeps them: by their names in small letters."""
_MOST_HOSTS = 100


class ToldMiddleware:
    """Asks whether host and scheme are ours, activates the language that was asked for, and says what is to be said,
    where the view has said nothing of its own.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self._security = SecurityMiddleware(get_response)
        self._compression = CompressionMiddleware(get_response)
        self._told: dict[tuple[bool, str], Told] = {}
        self._hosts = set[str]()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        secure = request.is_secure()
        refused = None if secure else self._security.process_request(request)
        if refused is not None:
            return refused
        language = _asked_for(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self._refused_host(request) or self.get_response(request)
        known = self._said(request, secure, translation.get_language() or language)
        kept: Told = response.headers._store  # `setdefault` looks at each letter of each header, each time
        kept.update({name: known[name] for name in known.keys() - kept.keys()})
        vary(response, "Accept-Language")
        if not response.streaming and isinstance(response, HttpResponse):
            kept.setdefault("content-length", ("Content-Length", str(len(response.content))))
        return self._compression.process_response(request, response)

    def _refused_host(self, request: HttpRequest) -> HttpResponseBase | None:
        """The answer to a host that is not ours. Those that are ours are few, and looked at once."""
        host = request.META.get("HTTP_HOST", "")
        if host in self._hosts:
            return None
        try:
            request.get_host()
        except DisallowedHost as no:
            return response_for_exception(request, no)
        if len(self._hosts) < _MOST_HOSTS:  # a demonstration is there for any host
            self._hosts.add(host)
        return None

    def _said(self, request: HttpRequest, secure: bool, language: str) -> Told:
        known = self._told.get((secure, language))
        if known is None:
            blank = self._security.process_response(request, HttpResponse())
            del blank.headers["Content-Type"]
            blank.headers["Content-Language"] = language
            blank.headers[str(CSP.HEADER_ENFORCE)] = _policy()
            known = self._told[secure, language] = dict(blank.headers._store)
        return known


@lru_cache(maxsize=256)
def _asked_for(accepted: str) -> str:
    """Kept, since programs ask for the same languages all day."""
    request = HttpRequest()
    request.META["HTTP_ACCEPT_LANGUAGE"] = accepted
    return translation.get_language_from_request(request)


def _policy() -> str:
    return build_policy(cast(Mapping[str, Collection[str] | str], settings.SECURE_CSP), None)
