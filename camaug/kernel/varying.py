"""What an answer varies by, said without taking apart each time what it says already: all answers say one of a few."""

from functools import lru_cache

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers


def vary(response: HttpResponseBase, *names: str) -> None:
    """Add these request headers to `Vary`, as Django's `patch_vary_headers` does."""
    response.headers["Vary"] = varied(response.headers.get("Vary", ""), names)


@lru_cache(maxsize=500)
def varied(before: str, names: tuple[str, ...]) -> str:
    """The header with these names added."""
    blank = HttpResponse(headers={"Vary": before} if before else {})
    patch_vary_headers(blank, names)
    return blank.headers["Vary"]
