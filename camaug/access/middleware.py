"""Who asks, when, and whether the page may be known to him."""

from collections.abc import Callable
from functools import lru_cache, partial
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from camaug.access.models import Account
from camaug.access.queries import actor_of, nobody
from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.clock import now
from camaug.kernel.pages import Audience, Door, Request, door_of

SIGN_IN = {Audience.MEMBERS: "access:sign_in", Audience.STAFF: "access:officer_sign_in"}


class ActorMiddleware:
    """Gives pages `request.actor` (loaded once, when first asked for) and `request.at`; opens pages by their door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        request.at = now()
        request.actor = SimpleLazyObject(partial(_load_actor, request))  # type: ignore[assignment]
        response = self.get_response(request)
        door = door_of(request.resolver_match.func) if request.resolver_match else None
        if door and door.audience != Audience.PUBLIC:
            # Computers at counters are shared: nothing behind a door stays in the browser after sign-out.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(
        self, request: Request, view: object, _args: object, _kwargs: object
    ) -> HttpResponseRedirect | None:
        """None opens the page; a stranger is led to the sign-in page; Http404 for everybody else, as if it were not."""
        door = door_of(view)
        if door is None:
            raise Http404
        if door.audience == Audience.PUBLIC:
            return None
        request.actor = _load_actor(request)
        return None if door.admits(request.actor) else _lead_in(request, door)


def _lead_in(request: Request, door: Door) -> HttpResponseRedirect:
    unnamed = request.actor.kind == ActorKind.PUBLIC and request.actor.person_id is None
    if unnamed and door.audience == Audience.MEMBERS:
        page = "access:who"
    elif request.actor.kind == ActorKind.ANONYMOUS:
        page = SIGN_IN[door.audience]
    else:
        raise Http404
    back = _way_back(request)
    return HttpResponseRedirect(reverse(page) + (f"?{urlencode({'next': back})}" if back else ""))


def _way_back(request: Request) -> str:
    """The page that was asked for; for a form that came too late, the page on which it stood."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    came_from = urlsplit(request.headers.get("Referer", ""))
    ours = came_from.netloc == request.get_host()
    return came_from._replace(scheme="", netloc="", fragment="").geturl() if ours else ""


def _load_actor(request: Request) -> Actor:
    origin = network_address(request)
    account = request.user
    return actor_of(account, at=request.at, origin=origin) if isinstance(account, Account) else nobody(origin=origin)


def network_address(request: HttpRequest) -> str:
    """The client's address (through ALLAUTH_TRUSTED_PROXY_COUNT proxies of our own), or "" where there is none."""
    told = request.META
    return _address(
        told.get("REMOTE_ADDR", ""), told.get("HTTP_X_FORWARDED_FOR", ""), settings.ALLAUTH_TRUSTED_PROXY_COUNT
    )


@lru_cache(maxsize=1000)
def _address(remote: str, forwarded: str, _proxies: int) -> str:
    asked = HttpRequest()
    asked.META = {"REMOTE_ADDR": remote, "HTTP_X_FORWARDED_FOR": forwarded}
    try:
        return str(get_adapter().get_client_ip(asked))
    except PermissionDenied:
        return ""
