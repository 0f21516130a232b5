"""The pages that stand before the door: which way in, who is it, once more, and what may the system know."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from camaug.access.queries import has_factor
from camaug.access.web.session import close_session, safe_next
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request, public
from camaug.signon.actions.agree import agree
from camaug.signon.models import Audience
from camaug.signon.presence import Presence
from camaug.signon.scopes import SCOPES
from camaug.signon.web.inquiry import Inquiry, LedBack, inquiry
from camaug.signon.web.leading import onward, to_sign_in
from camaug.signon.web.tickets import with_said


@public
def onward_page(request: Request) -> HttpResponseBase:
    """Between a form and the door."""
    if not request.GET:
        return redirect("/")
    return render(request, "signon/onward.html", {"query": request.GET.urlencode()})


@public
def ways(request: Request) -> HttpResponseBase:
    """Where a system takes everybody: as an officer, or as a citizen or business."""
    return render(request, "signon/ways.html", {"query": urlencode({"next": safe_next(request, otherwise="/")})})


@public
def again(request: Request) -> HttpResponseBase:
    """The system wants somebody who has just shown who he is. POST asks him once more, or `other` signs out here."""
    return _page(request, "signon/again.html", _("Confirm that it is you"), _confirmed_again)


@public
def account(request: Request) -> HttpResponseBase:
    """The system lets the person choose as whom to enter. POST `stay`, or sign in as somebody else."""
    return _page(request, "signon/account.html", _("Which account?"), _chosen)


@public
def second_factor(request: Request) -> HttpResponseBase:
    """What the system wants serves outside the offices too. POST leads to where the factor is shown, or set up."""
    return _page(request, "signon/second_factor.html", _("A second factor is needed"), _stepping_up)


@public
def consent(request: Request) -> HttpResponseBase:
    """What the system would know. POST `agree`, or not."""
    return _page(request, "signon/consent.html", _("May this system know you?"), _said)


type Done = Callable[[Request, Inquiry, Presence], HttpResponseBase]


def _page(request: Request, template: str, heading: Any, done: Done) -> HttpResponseBase:
    if not request.GET:
        return redirect("/")
    try:
        one = inquiry(request)
    except LedBack as no:
        raise NotFound from no
    if one.who is None:
        return redirect(onward(request.GET.urlencode()))
    if request.method == "POST":
        return done(request, one, one.who)
    words = [SCOPES[code].words for code in one.scopes]
    return render(request, template, {"heading": heading, "system": one.system, "who": one.who, "words": words})


def _confirmed_again(request: Request, one: Inquiry, _who: Presence) -> HttpResponseBase:
    query = with_said(request.GET, asked_at=request.at)
    if "other" not in request.POST:
        return redirect(f"{reverse('access:confirm')}?{urlencode({'next': onward(query)})}")
    close_session(request)
    return to_sign_in(one.system.audience, query)


def _stepping_up(request: Request, _one: Inquiry, who: Presence) -> HttpResponseBase:
    page = "access:new_passkey" if "passkey" in request.POST else "access:application"
    page = "access:confirm" if has_factor(who.account_id) else page
    return redirect(f"{reverse(page)}?{urlencode({'next': onward(request.GET.urlencode())})}")


def _chosen(request: Request, one: Inquiry, who: Presence) -> HttpResponseBase:
    if "stay" in request.POST:
        return redirect(onward(with_said(request.GET, chosen=who.account_id)))
    close_session(request)
    register = "create" in one.asked.prompts and one.system.audience != Audience.STAFF
    return to_sign_in(one.system.audience, with_said(request.GET, asked_at=request.at), register=register)


def _said(request: Request, one: Inquiry, who: Presence) -> HttpResponseBase:
    if "agree" not in request.POST:
        return redirect(onward(with_said(request.GET, refused=who.account_id)))
    agree(one.system, scopes=one.scopes, by=who.actor, at=request.at)
    return redirect(onward(with_said(request.GET, agreed=who.account_id)))
