"""A system asks that its person signs out here too (OpenID Connect RP-Initiated Logout)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from authlib.common.urls import add_params_to_uri
from django.contrib.sessions.backends.base import SessionBase
from django.http import QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from camaug.access.web.session import MARK, cleared, close_session, owner_of
from camaug.kernel.actors import Actor
from camaug.kernel.ids import read_id
from camaug.kernel.pages import Request, public
from camaug.signon.actions.end_sign_ons import end_sign_ons
from camaug.signon.models import System
from camaug.signon.queries import is_sign_on_of, open_system
from camaug.signon.signing import ours
from camaug.signon.web.leading import away


@dataclass(frozen=True, slots=True)
class Wish:
    """What the system asks: `sign_on_id` is proved by an ID token of ours; `back` is "" where nobody is led."""

    system: System | None
    sign_on_id: UUID | None
    back: str


@csrf_exempt
@public
def logout(request: Request) -> HttpResponseBase:
    """With a proof that the system knows this very session the person is signed out at once, otherwise asked."""
    if request.method == "POST":
        return redirect(f"{request.path}?{request.POST.urlencode()}")
    wish = _wish(request.GET)
    session = read_id(request.session.get(MARK, ""))
    if owner_of(request) is None:
        return _left(request, wish, at_once=True)
    if wish.sign_on_id and session and is_sign_on_of(session, wish.sign_on_id):
        close_session(request)
        return cleared(_left(request, wish, at_once=True))
    return render(request, "signon/leave.html", {"wish": wish, "query": request.GET.urlencode()})


@public
def leave(request: Request) -> HttpResponseBase:
    """POST: the person has been asked, and signs out."""
    wish = _wish(request.GET)
    if request.method != "POST":
        return _left(request, wish, at_once=False)
    close_session(request)
    return cleared(_left(request, wish, at_once=False))


def end_what_was_entered(session: SessionBase, *, by: Actor, at: datetime) -> None:
    """The sign-ons of a session that ends."""
    mark = read_id(session.get(MARK, ""))
    if mark:
        end_sign_ons(mark, by=by, at=at)


def _left(request: Request, wish: Wish, *, at_once: bool) -> HttpResponseBase:
    if wish.back and at_once and wish.sign_on_id:
        return away(wish.back)
    return render(request, "signon/left.html", {"wish": wish})


def _wish(given: QueryDict) -> Wish:
    """Where anything does not fit, nobody is led back (RP-Initiated Logout 4)."""
    claims = ours(str(given["id_token_hint"])) if given.get("id_token_hint") else {}
    named = given.get("client_id", "")
    if claims is None or (claims and named and claims["aud"] != named):
        return Wish(None, None, "")
    system = open_system(claims.get("aud", named))
    sign_on_id = read_id(claims.get("sid", ""))
    asked = given.get("post_logout_redirect_uri", "")
    if system is None or asked not in system.post_logout_uris:
        return Wish(system, sign_on_id, "")
    state = [("state", given["state"])] if "state" in given else []
    return Wish(system, sign_on_id, str(add_params_to_uri(asked, state)))
