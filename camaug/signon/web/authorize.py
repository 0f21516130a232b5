"""Where systems send people (OpenID Connect Core 3.1.2): the door into every system."""

from urllib.parse import urlencode

from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from camaug.kernel.pages import Request, public
from camaug.signon.models import Audience
from camaug.signon.policy import ENTER, entrance
from camaug.signon.presence import mark_of
from camaug.signon.queries import has_agreed
from camaug.signon.steps import Refused, Step, next_step
from camaug.signon.web.inquiry import Inquiry, LedBack, NotUnderstood, inquiry
from camaug.signon.web.leading import away, named, onward, to_sign_in, to_the_system
from camaug.signon.web.tickets import with_said

_OURS = {Step.SAY_WHO: "access:who", Step.NEW_PASSWORD: "access:password"}
_PAGES = {
    Step.CONSENT: "consent",
    Step.CHOOSE_ACCOUNT: "account",
    Step.SIGN_IN_AGAIN: "again",
    Step.SECOND_FACTOR: "second_factor",
}


@csrf_exempt
@public
def authorize(request: Request) -> HttpResponseBase:
    """GET, or a form (Core 3.1.2.1), which is read as if it had been a link: by itself it changes nothing."""
    if request.method == "POST":
        return redirect(f"{request.path}?{request.POST.urlencode()}")
    if not request.GET:
        return redirect("/")
    try:
        return _answered(request, inquiry(request))
    except NotUnderstood as no:
        return render(request, "signon/not_understood.html", {"sentence": str(no)}, status=400)
    except LedBack as no:
        return to_the_system(no.redirect_uri, request.GET, error=no.error, error_description=no.description)


def _answered(request: Request, one: Inquiry) -> HttpResponseBase:
    try:
        step = _step(request, one)
    except Refused as no:
        raise LedBack(one.redirect_uri, no.error, no.description) from no
    if step == Step.GRANT:
        return _let_in(request, one)
    if step in (Step.SIGN_IN, Step.REGISTER):
        return to_sign_in(
            one.system.audience, with_said(request.GET, asked_at=request.at), register=step == Step.REGISTER
        )
    if step in _OURS:
        return redirect(f"{reverse(_OURS[step])}?{urlencode({'next': onward(request.GET.urlencode())})}")
    return redirect(f"{reverse(f'signon:{_PAGES[step]}')}?{request.GET.urlencode()}")


def _step(request: Request, one: Inquiry) -> Step:
    if "create" in one.asked.prompts and one.system.audience == Audience.STAFF:
        raise Refused("invalid_request", "Officers' accounts are opened by their agency.")
    who, system = one.who, one.system
    consents = system.outside and not (who and has_agreed(who.account_id, system.id, one.scopes))
    may_enter = who is not None and ENTER.allows(who.actor, entrance(system))
    return next_step(one.asked, who, one.said, may_enter=may_enter, must_consent=consents, at=request.at)


def _let_in(request: Request, one: Inquiry) -> HttpResponseBase:
    if one.who is None:
        raise LedBack(one.redirect_uri, "login_required", "Nobody is signed in.")
    one.asked_by.who, one.asked_by.session = one.who, mark_of(request)
    _status, _body, headers = one.grant.create_authorization_response(one.redirect_uri, one.who)
    return away(named(dict(headers)["Location"]))
