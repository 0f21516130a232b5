"""What stands in the frame of the portal and of the desk. Apps register items in their own `navigation.py`.

register("desk", label=_("My work"), url="desk:inbox", group=_("One-stop"), order=20, shown=is_officer, count=open_work)
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise

from camaug.kernel.actors import ANONYMOUS, Actor

type Words = str | Promise


def everyone(actor: Actor) -> bool:  # noqa: ARG001 (the shape of a predicate)
    """The predicate of an item that all may see."""
    return True


@dataclass(frozen=True, slots=True)
class Item:
    """One place to go to. `url` is a URL name without arguments; `shortcut` one key; `count` is asked on each page.

    `words` say what is there, where there is room for that.
    """

    label: Words
    url: str
    group: Words
    order: int
    shortcut: str
    shown: Callable[[Actor], bool]
    count: Callable[[Actor], int] | None
    words: Words


@dataclass(frozen=True, slots=True)
class Link:
    """An item as this reader sees it on this page."""

    label: str
    href: str
    shortcut: str
    count: int | None
    current: bool
    words: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Links under one heading; the portal knows the groups `main`, `account` and `footer`."""

    label: str
    links: tuple[Link, ...]


_ITEMS: dict[str, list[Item]] = {"portal": [], "desk": []}


def register(
    place: str,
    *,
    label: Words,
    url: str,
    group: Words = "main",
    order: int = 100,
    shortcut: str = "",
    shown: Callable[[Actor], bool] = everyone,
    count: Callable[[Actor], int] | None = None,
    words: Words = "",
) -> None:
    """Put an item into the frame of `place` ("portal" or "desk"). Groups stand in the order of their first item."""
    _ITEMS[place].append(Item(label, url, group, order, shortcut, shown, count, words))


def groups(place: str, request: HttpRequest) -> tuple[Group, ...]:
    """The groups that the request's actor sees; the link that leads here, or to the page above, is current."""
    actor: Actor = getattr(request, "actor", ANONYMOUS)
    seen = [(item, reverse(item.url)) for item in sorted(_ITEMS[place], key=lambda i: i.order) if item.shown(actor)]
    here = max((href for _, href in seen if _leads_to(href, request.path)), key=len, default="")
    found: dict[str, list[Link]] = {}
    for item, href in seen:
        count = item.count(actor) if item.count else None
        link = Link(str(item.label), href, item.shortcut, count, current=href == here, words=str(item.words))
        found.setdefault(str(item.group), []).append(link)
    return tuple(Group(label, tuple(links)) for label, links in found.items())


def _leads_to(href: str, path: str) -> bool:
    return path == href or (href.count("/") > 1 and path.startswith(href.rstrip("/") + "/"))
