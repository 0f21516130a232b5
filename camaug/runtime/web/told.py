"""What an answer to a program says of itself, worked out once and not for each: its language and its content policy.

Headers are those of Django's `LocaleMiddleware` and `ContentSecurityPolicyMiddleware`, which stand in the other chain:
here no address has a language, and no page a nonce.
"""

from collections.abc import Callable, Collection, Mapping
from functools import lru_cache
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.csp import CSP, build_policy


class ToldMiddleware:
    """Activates the language that was asked for; says it, and the policy where the view has said none of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        language = _asked_for(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
        translation.activate(language)
        request.LANGUAGE_CODE = language
        response = self.get_response(request)
        headers = response.headers
        headers.setdefault("Content-Language", translation.get_language() or language)
        patch_vary_headers(response, ("Accept-Language",))
        if CSP.HEADER_ENFORCE not in headers:
            headers[str(CSP.HEADER_ENFORCE)] = _policy()
        return response


@lru_cache(maxsize=256)
def _asked_for(accepted: str) -> str:
    """Kept, since programs ask for the same languages all day."""
    request = HttpRequest()
    request.META["HTTP_ACCEPT_LANGUAGE"] = accepted
    return translation.get_language_from_request(request)


@lru_cache(maxsize=1)
def _policy() -> str:
    return build_policy(cast(Mapping[str, Collection[str] | str], settings.SECURE_CSP), None)
