from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from camaug.access.outside.asking import leaving
from camaug.access.outside.provider import provider
from camaug.access.web.kept_outside import TOKEN
from camaug.access.web.session import cleared, close_session
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, public

_LEAVING = "leaving_outside"


@public
def sign_out(request: Request) -> HttpResponseBase:
    """GET asks, since a link may be followed by accident; POST ends the session, here and where it came from."""
    if request.method != "POST":
        return render(request, "access/sign_out.html")
    address = _address_outside(request)
    close_session(request)
    if address:
        request.session[_LEAVING] = address
    return cleared(redirect("access:leaving_outside" if address else "/"))


@public
def leaving_outside(request: Request) -> HttpResponseBase:
    """Signed out here; on to the provider by itself, since browsers hold a form's redirects to our own addresses."""
    address = request.session.pop(_LEAVING, "")
    if not address:
        return redirect("/")
    known = provider()
    return render(request, "access/leaving_outside.html", {"address": address, "name": known.name if known else ""})


@public
def left_outside(_request: Request) -> HttpResponseBase:
    """Where the provider leads back to."""
    return redirect("/")


def _address_outside(request: Request) -> str:
    known, token = provider(), request.session.get(TOKEN, "")
    if known is None or not token:
        return ""
    try:
        return leaving(known, token, at=request.at)
    except DomainError:
        return ""
