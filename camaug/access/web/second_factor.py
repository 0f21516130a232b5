from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from camaug.access.actions.count_attempt import TooManyAttempts
from camaug.access.actions.prove_factor import prove_factor
from camaug.access.authentication import Method
from camaug.access.demands import is_inside
from camaug.access.queries import Factors, actor_of, demo_code, factors_of
from camaug.access.web.forms import FactorForm, shown
from camaug.access.web.passkey import answered, question
from camaug.access.web.session import HalfWay, half_way, open_session, sign_out_elsewhere
from camaug.access.web.setting_up import answer_set_up
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, public


@public
def second_factor(request: Request) -> HttpResponseBase:
    """The second step of a sign-in: the code of an application, a recovery code, or (by script) a passkey.

    Whoever must have a second factor and has none sets it up here, if he sits inside the house: from outside a stolen
    password would be enough to bring one's own.
    """
    waiting = half_way(request)
    if waiting is None:
        return redirect("access:sign_in")
    factors = factors_of(waiting.account.id)
    if not factors.all:
        return _first_one(request, waiting)
    if "credential" in request.POST:
        return _by_passkey(request, waiting, factors)
    form = FactorForm(request.POST or None)
    if request.method != "POST":
        return _page(request, form, waiting, factors, 200)
    if not form.is_valid():
        return _page(request, form, waiting, factors, 422)
    actor = actor_of(waiting.account, at=request.at, origin=request.actor.origin)
    try:
        method = prove_factor(waiting.account.id, code=form.cleaned_data["code"], by=actor, at=request.at)
    except DomainError as no:
        form.add_error("code", str(no))
        return _page(request, form, waiting, factors, 429 if isinstance(no, TooManyAttempts) else 422)
    return _open(request, waiting, method)


def _open(request: Request, waiting: HalfWay, method: Method) -> HttpResponseBase:
    proofs = (waiting.how, method)
    return open_session(request, waiting.account, proofs=proofs, onward=waiting.onward, shown_at=waiting.shown_at)


def _by_passkey(request: Request, waiting: HalfWay, factors: Factors) -> HttpResponseBase:
    try:
        answered(request, request.POST["credential"], of=waiting.account)
    except DomainError as no:
        form = FactorForm({"code": ""})
        form.errors.clear()
        form.add_error(None, str(no))
        return _page(request, form, waiting, factors, 429 if isinstance(no, TooManyAttempts) else 422)
    return _open(request, waiting, Method.PASSKEY)


def _first_one(request: Request, waiting: HalfWay) -> HttpResponseBase:
    if not is_inside(request.actor.origin):
        return render(request, "access/second_factor_outside.html", status=403)
    actor = actor_of(waiting.account, at=request.at, origin=request.actor.origin)

    def done(method: Method) -> HttpResponseBase:
        response = _open(request, waiting, method)
        sign_out_elsewhere(request, waiting.account, by=actor)
        return response

    return answer_set_up(
        request,
        waiting.account,
        by=actor,
        template="access/first_factor.html",
        done=done,
        onward=waiting.onward,
    )


def _page(request: Request, form: FactorForm, waiting: HalfWay, factors: Factors, status: int) -> HttpResponse:
    told = {
        "heading": _("Second factor"),
        "next": waiting.onward,
        "factors": factors,
        "options": question(request, waiting.account) if factors.has_passkey else "",
        "demo_code": demo_code(waiting.account.id, at=request.at) if settings.DEMO else None,
    }
    return render(request, "access/second_factor.html", told | shown(form), status=status)
