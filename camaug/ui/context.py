"""What every template may count on: `frame`."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import cached_property

from camaug.kernel.actors import ANONYMOUS, Actor
from camaug.ui import administration, navigation, site

THEMES = ("light", "dark", "contrast")
THEME_COOKIE = "theme"


@dataclass(frozen=True)
class Frame:
    """The frame around a page: whose site, who reads, in which theme, and where one can go from here."""

    request: HttpRequest

    @property
    def actor(self) -> Actor:
        """Who reads."""
        found: Actor = getattr(self.request, "actor", ANONYMOUS)
        return found

    @property
    def theme(self) -> str:
        """The chosen theme, or "" to follow the device."""
        chosen = self.request.COOKIES.get(THEME_COOKIE, "")
        return chosen if chosen in THEMES else ""

    @property
    def demo(self) -> bool:
        """Whether this is a demonstration."""
        return bool(settings.DEMO)

    @cached_property
    def site(self) -> site.SiteWords:
        """Names and addresses of the province."""
        return site.words()

    @cached_property
    def desk(self) -> tuple[navigation.Group, ...]:
        """The rail of the desk."""
        return navigation.groups("desk", self.request)

    @cached_property
    def administration(self) -> tuple[navigation.Link, ...]:
        """The administrators' area in the rail: its home page, then its sections; for operators what is theirs; empty
        for everybody else.
        """
        areas = {str(administration.GROUP), str(administration.OPERATION)}
        return next((group.links for group in self.desk if group.label in areas), ())

    @cached_property
    def portal(self) -> dict[str, tuple[navigation.Link, ...]]:
        """The portal's links by group: `main`, `account`, `footer`."""
        found = {group.label: group.links for group in navigation.groups("portal", self.request)}
        return {name: found.get(name, ()) for name in ("main", "account", "footer")}


def frame(request: HttpRequest) -> dict[str, Frame]:
    """Context processor: the frame, computed only where a template asks for it."""
    return {"frame": Frame(request)}
