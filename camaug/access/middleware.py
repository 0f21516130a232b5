"""Who asks, when, and whether the page may be known to him."""

from collections.abc import Callable
from functools import lru_cache, partial
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from camaug.access.authentication import methods_of
from camaug.access.demands import is_fresh, suffices
from camaug.access.models import Account
from camaug.access.queries import actor_of, nobody
from camaug.access.web.confirm import ask_again
from camaug.access.web.session import PASSWORD_DUE
from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.clock import now
from camaug.kernel.pages import Audience, Door, Request, door_of

type View = Callable[..., HttpResponseBase]

WHILE_PASSWORD_IS_DUE = {"access:password", "access:confirm"}
SIGN_IN = {
    Audience.SIGNED_IN: "access:sign_in",
    Audience.MEMBERS: "access:sign_in",
    Audience.STAFF: "access:officer_sign_in",
}


class ActorMiddleware:
    """Gives pages `request.actor` (loaded once, when first asked for) and `request.at`; opens pages by their door."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.csrf = CsrfViewMiddleware(get_response)

    def __call__(self, request: Request) -> HttpResponseBase:
        request.at = now()
        request.actor = SimpleLazyObject(partial(_load_actor, request))  # type: ignore[assignment]
        response = self.get_response(request)
        door = door_of(request.resolver_match.func) if request.resolver_match else None
        if door and door.audience != Audience.PUBLIC:
            # Computers at counters are shared: nothing behind a door stays in the browser after sign-out.
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def process_view(self, request: Request, view: View, _args: object, _kwargs: object) -> HttpResponseBase | None:
        """None opens the page; a stranger is led to the sign-in page; Http404 for everybody else, as if it were not.

        Whoever sends something weighty long after he showed who he is shows it again, and sends it with that.
        """
        door = door_of(view)
        if door is None:
            raise Http404
        if door.audience == Audience.PUBLIC:
            return None
        request.actor = _load_actor(request)
        if not door.admits(request.actor):
            return _lead_in(request, door)
        if door.fresh(request) and not is_fresh(methods_of(request), at=request.at):
            # A form from elsewhere would come back in a page of ours, with our own token beside it.
            return self.csrf.process_view(request, view, (), {}) or ask_again(request)
        if PASSWORD_DUE in request.session and not _is_about_passwords(request):
            return HttpResponseRedirect(reverse("access:password"))
        return None


class ProgramMiddleware:
    """The same where no cookie came: nobody, until a token says who; pages that are not open to everybody are not."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        request.at = now()
        request.actor = nobody(origin=network_address(request))
        return self.get_response(request)

    def process_view(self, _request: Request, view: View, _args: object, _kwargs: object) -> None:
        """Http404 for what needs a session."""
        door = door_of(view)
        if door is None or door.audience != Audience.PUBLIC:
            raise Http404


def _is_about_passwords(request: Request) -> bool:
    return bool(request.resolver_match and request.resolver_match.view_name in WHILE_PASSWORD_IS_DUE)


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
    if not isinstance(account, Account):
        return nobody(origin=origin)
    actor = actor_of(account, at=request.at, origin=origin)
    # Who has become an administrator, or has left the house with his session, is a stranger until he signs in again.
    return actor if suffices(methods_of(request), actor) else nobody(origin=origin)


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
