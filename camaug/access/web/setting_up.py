"""Setting up an application that shows codes: the same step at a first sign-in and later."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from camaug.access.actions.count_attempt import TooManyAttempts
from camaug.access.actions.set_up_totp import set_up_totp
from camaug.access.authentication import Method
from camaug.access.models import Account
from camaug.access.totp import address_of, fresh_totp_secret
from camaug.access.web.forms import FactorForm, shown
from camaug.access.web.frame import frame_of
from camaug.access.web.new_codes import NEW_CODES
from camaug.kernel.actors import Actor
from camaug.kernel.encryption import NotDecrypted, decrypt, encrypt
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request
from camaug.ui.qr import qr
from camaug.ui.site import words

OFFERED = "totp_offered"


def answer_set_up(
    request: Request,
    account: Account,
    *,
    by: Actor,
    template: str,
    done: Callable[[Method], HttpResponseBase],
    onward: str,
) -> HttpResponseBase:
    """GET offers a secret, the same one until it is taken; POST with a code that it shows takes it.

    After `done`, recovery codes made with it are shown once, on the way onward.
    """
    secret = _offered(request, account)
    form = FactorForm(request.POST or None)
    if request.method != "POST":
        return _page(request, account, secret, form, template, 200)
    if not form.is_valid():
        return _page(request, account, secret, form, template, 422)
    try:
        codes = set_up_totp(account.id, secret=secret, digits=form.cleaned_data["code"], by=by, at=request.at)
    except DomainError as no:
        form.add_error("code", str(no))
        return _page(request, account, secret, form, template, 429 if isinstance(no, TooManyAttempts) else 422)
    del request.session[OFFERED]
    response = done(Method.TOTP)
    return show_codes(request, account, codes, onward=onward) if codes else response


def show_codes(request: Request, account: Account, codes: tuple[str, ...], *, onward: str) -> HttpResponseBase:
    """Lead to the page that shows the new recovery codes, once; until then they wait concealed in the session."""
    request.session[NEW_CODES] = encrypt("\n".join(codes), about=f"access.new_codes:{account.id}")
    return redirect(f"{reverse('access:new_codes')}?{urlencode({'next': onward})}")


def _offered(request: Request, account: Account) -> str:
    about = f"access.offered_totp:{account.id}"
    try:
        return decrypt(request.session.get(OFFERED, ""), about=about)
    except NotDecrypted:
        secret = fresh_totp_secret()
        request.session[OFFERED] = encrypt(secret, about=about)
        return secret


def _page(
    request: Request, account: Account, secret: str, form: FactorForm, template: str, status: int
) -> HttpResponse:
    address = address_of(secret, account=account.email or account.phone or "", issuer=words().name)
    groups = " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
    return render(
        request,
        template,
        {"secret": groups, "qr": qr(address), "layout": frame_of(request)} | shown(form),
        status=status,
    )
