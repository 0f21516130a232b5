"""Who asks, when, and whether the page may be known to him."""

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from camaug.access.actions.note_seen import note_seen
from camaug.access.authentication import methods_of
from camaug.access.demands import is_fresh, suffices
from camaug.access.models import Account
from camaug.access.queries import actor_of, nobody
from camaug.access.web.asleep import is_asleep, is_worth_noting
from camaug.access.web.confirm import ask_again, ask_to_wake
from camaug.access.web.session import PASSWORD_DUE, owner_of
from camaug.kernel.actors import Actor, ActorKind
from camaug.kernel.clock import now
from camaug.kernel.pages import Audience, Door, Request, door_of, is_by_itself

type View = Callable[..., HttpResponseBase]

WHILE_PASSWORD_IS_DUE = {"access:password", "access:confirm"}
WAKING = {"access:confirm", "access:confirm_outside"}
"""Pages by which the owner of a session that has fallen asleep shows who he is."""
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
        request.owner = request.user  # type: ignore[attr-defined]  # for access.web.session
        request.user = SimpleLazyObject(partial(_awake, request))  # type: ignore[assignment]
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
        if asked := self._asked_to_wake(request, view):
            return asked
        request.actor = _load_actor(request)
        if not door.admits(request.actor):
            return _lead_in(request, door)
        _note_seen(request)
        if door.fresh(request) and not is_fresh(methods_of(request), at=request.at):
            # A form from elsewhere would come back in a page of ours, with our own token beside it.
            return self.csrf.process_view(request, view, (), {}) or ask_again(request)
        if PASSWORD_DUE in request.session and _page_name(request) not in WHILE_PASSWORD_IS_DUE:
            return HttpResponseRedirect(reverse("access:password"))
        return None

    def _asked_to_wake(self, request: Request, view: View) -> HttpResponseBase | None:
        """What a session that has fallen asleep is answered; None where it is awake, or is just being woken."""
        account = owner_of(request)
        if account is None or not is_asleep(request, account, at=request.at):
            return None
        request.user = account
        request.actor = _load_actor(request)
        if request.actor.account_id is None or _page_name(request) in WAKING:
            return None
        return self.csrf.process_view(request, view, (), {}) or ask_to_wake(request)


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


def _page_name(request: Request) -> str:
    return request.resolver_match.view_name if request.resolver_match else ""


def _awake(request: Request) -> Account | AnonymousUser:
    """Whose session it is; a session that has fallen asleep is nobody's until its owner wakes it."""
    account = request.owner  # type: ignore[attr-defined]
    asleep = not isinstance(account, Account) or is_asleep(request, account, at=request.at)
    return AnonymousUser() if asleep else account


def _note_seen(request: Request) -> None:
    """That somebody asks for a page, and not the page for itself."""
    account = request.user
    if not isinstance(account, Account) or is_by_itself(request) or is_asleep(request, account, at=request.at):
        return
    if is_worth_noting(request, account, at=request.at):
        note_seen(request.session.session_key or "", at=request.at)


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
    return address_told(request.META)


def address_told(told: Mapping[str, Any]) -> str:
    """The same, out of what the HTTP server tells of a request (WSGI's environ)."""
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
