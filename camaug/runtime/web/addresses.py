"""Finding the view at an address without trying every pattern of the site.

Django tries one pattern after the other, and an address with a case's code fits the last of a hundred. Here only those
are tried whose fixed parts are the address's, in the same order and by Django itself: what is found is the same.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache

from django.urls import Resolver404, ResolverMatch, URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern

_PLAIN = re.compile(r"[\w/-]*")
"""What begins a route and stands for itself."""

type Shape = tuple[str | None, ...]
"""The parts of a route between its slashes; None: one that varies."""
type Chain = tuple[URLPattern | URLResolver, ...]
"""A view's pattern, after those that include it."""


def view_at(path: str) -> ResolverMatch | None:
    """What `django.urls.resolve` finds at the path, without saying what was tried; None where it finds nothing."""
    for one in _shapes(get_resolver()).fitting(path.removeprefix("/")):
        try:
            return one.resolve(path)
        except Resolver404:
            continue
    return None


class _Shapes:
    """All views of a site by the shape of their routes, each with its place in the order and a resolver of its own."""

    def __init__(self, site: URLResolver) -> None:
        self._closed: defaultdict[Shape, list[tuple[int, URLResolver]]] = defaultdict(list)
        self._varying: defaultdict[int, set[tuple[int, ...]]] = defaultdict(set)
        self._open: list[tuple[str, int, URLResolver]] = []
        for place, chain in enumerate(_chains(site, ())):
            self._add(place, chain)

    def fitting(self, path: str) -> list[URLResolver]:
        """Those that may fit the path, in their order."""
        parts = path.split("/")
        found = [(place, one) for begin, place, one in self._open if path.startswith(begin)]
        for varying in self._varying.get(len(parts), ()):
            shape = tuple(None if at in varying else part for at, part in enumerate(parts))
            found += self._closed.get(shape, ())
        return [one for _place, one in sorted(found, key=lambda each: each[0])]

    def _add(self, place: int, chain: Chain) -> None:
        route, one = "".join(str(each.pattern) for each in chain), _alone(chain)
        if any(_goes_beyond_a_slash(each) for each in chain):
            self._open.append((_beginning(route), place, one))
            return
        shape = tuple(None if "<" in part else part for part in route.split("/"))
        self._closed[shape].append((place, one))
        self._varying[len(shape)].add(tuple(at for at, part in enumerate(shape) if part is None))


def _beginning(route: str) -> str:
    """What every address of an open route begins with: its plain letters, less the last where it may be left out."""
    route = route.removeprefix("^")
    plain = _PLAIN.match(route)
    begin = plain[0] if plain else ""
    return begin[:-1] if route[len(begin) : len(begin) + 1] in ("?", "*", "{") else begin


@lru_cache(maxsize=4)
def _shapes(site: URLResolver) -> _Shapes:
    return _Shapes(site)


def _chains(within: URLResolver, before: Chain) -> Iterator[Chain]:
    for one in within.url_patterns:
        if isinstance(one, URLResolver):
            yield from _chains(one, (*before, one))
        else:
            yield (*before, one)


def _alone(chain: Chain) -> URLResolver:
    """A site that has this view and no other."""
    *outer, one = chain
    for each in reversed(outer):
        assert isinstance(each, URLResolver)
        one = URLResolver(each.pattern, [one], each.default_kwargs, each.app_name, each.namespace)
    return URLResolver(RegexPattern(r"^/"), [one])


def _goes_beyond_a_slash(one: URLPattern | URLResolver) -> bool:
    """Whether its number of parts is not known: a regular expression, or a converter that takes a slash."""
    pattern = one.pattern
    if not isinstance(pattern, RoutePattern):
        return True
    return any(re.search(each.regex, "/") for each in pattern.converters.values())
