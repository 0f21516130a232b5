"""Where a page leads back to that is opened from several lists. Apps register their lists in their `navigation.py`.

ways_back.register("insight:report_cases", _("Back to the list"))
"""

from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit

from django.http import HttpRequest
from django.urls import Resolver404, resolve

from camaug.ui.navigation import Words

_NAMED = "back"
_LONGEST = 1_000
_LISTS: dict[str, Words] = {}


@dataclass(frozen=True, slots=True)
class WayBack:
    """A list on this site, as it was when the page was opened from it."""

    href: str
    label: str


def register(page: str, label: Words) -> None:
    """Let pages lead back to that list; `page` is a URL name."""
    _LISTS[page] = label


def leading_back(address: str) -> str:
    """What stands in the address of a page, behind its question mark, so that it leads back to that list."""
    return urlencode({_NAMED: address})


def way_back(request: HttpRequest) -> WayBack | None:
    """The list that the page was opened from; None where its address names none that was registered."""
    asked = request.GET.get(_NAMED, "")
    try:
        parts = urlsplit(asked)
        if parts.scheme or parts.netloc or not asked.startswith("/") or len(asked) > _LONGEST:
            return None
        label = _LISTS.get(resolve(parts.path).view_name)
    except (Resolver404, ValueError):
        return None
    return WayBack(parts._replace(fragment="").geturl(), str(label)) if label else None
