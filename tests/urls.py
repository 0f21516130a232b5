"""Every URL of the site, taken from the URLconf itself, so that no test needs to know the list."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver, reverse


@dataclass(frozen=True)
class Url:
    """One pattern: its full name ("access:sign_in"), route, view and the names of its parameters."""

    name: str
    route: str
    view: Any
    parameters: tuple[str, ...]

    def path(self, sample: dict[str, object]) -> str:
        """A concrete path; `sample` gives a value for each parameter."""
        return reverse(self.name, kwargs=sample)


def is_operation(url: Url) -> bool:
    """Whether it is an operation of the API, which shows nobody a page."""
    return url.name.startswith("api:") and url.name != "api:docs"


def every_url() -> list[Url]:
    """All patterns of the root URLconf, includes opened, in order."""
    return list(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Url]:
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            parameters = tuple(entry.pattern.converters) or tuple(entry.pattern.regex.groupindex)
            yield Url(f"{namespace}{entry.name}", route, entry.callback, parameters)
        else:
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, route, inner)
