"""How a person is led: back to the system, or on through our own pages."""

from urllib.parse import urlencode

from authlib.common.urls import add_params_to_uri
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from camaug.signon.issuer import issuer
from camaug.signon.models import Audience

_SIGN_IN = {
    Audience.STAFF: "access:officer_sign_in",
    Audience.MEMBERS: "access:sign_in",
    Audience.EVERYBODY: "signon:ways",
}


def to_the_system(redirect_uri: str, given: QueryDict, **answer: str) -> HttpResponse:
    """To the system's address with the answer, its own `state`, named (RFC 9207)."""
    state = {"state": given["state"]} if "state" in given else {}
    return away(named(add_params_to_uri(redirect_uri, list((answer | state).items()))))


def named(address: str) -> str:
    """The address of an answer with who it comes from, so that a system that knows several of us is not mixed up."""
    return str(add_params_to_uri(address, [("iss", issuer())]))


def away(address: str) -> HttpResponse:
    """302 to a registered address, whose scheme may be an app's own."""
    return HttpResponse(status=302, headers={"Location": address, "Cache-Control": "no-store"})


def onward(query: str) -> str:
    """The page between a form and the door: browsers hold a form's redirects to our own addresses (form-action)."""
    return f"{reverse('signon:onward')}?{query}"


def to_sign_in(audience: str, query: str, *, register: bool = False) -> HttpResponseBase:
    """To the page where those sign in whom the system takes, and from there back to the door."""
    page = _SIGN_IN[Audience.MEMBERS if register else Audience(audience)]
    return redirect(f"{reverse(page)}?{urlencode({'next': onward(query)})}")
