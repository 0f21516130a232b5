from allauth.account.adapter import get_adapter
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from camaug.access.actions.count_attempt import TooManyAttempts
from camaug.access.actions.count_sign_in import count_sign_in, welcome_back
from camaug.access.authentication import Method
from camaug.access.devices import COOKIE, nonce_for
from camaug.access.limits import ACCOUNTS, PASSWORDS
from camaug.access.models import Account
from camaug.access.queries import actor_of
from camaug.access.web.forms import OfficerForm, shown
from camaug.access.web.session import begin_session, safe_next
from camaug.kernel.actors import ActorKind
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, public

HOME = "/desk/"


class NotSignedIn(DomainError):
    """One answer for a wrong password and for an account that is unknown, closed, without a post or not activated."""

    sentence = _(
        "The address or the password is not right, or the account is not activated. "
        "Your agency's administrator activates accounts."
    )


@public
def officer_sign_in(request: Request) -> HttpResponseBase:
    """Official mail address and password."""
    onward = safe_next(request, otherwise=HOME)
    if request.actor.kind == ActorKind.STAFF:
        return redirect(onward)
    form = OfficerForm(request.POST or None)
    if request.method != "POST":
        return _page(request, form, onward, 200)
    if not form.is_valid():
        return _page(request, form, onward, 422)
    try:
        account = _checked(request, form.cleaned_data["email"].lower(), form.cleaned_data["password"])
    except DomainError as no:
        form.add_error(None, str(no))
        return _page(request, form, onward, 429 if isinstance(no, TooManyAttempts) else 422)
    return begin_session(request, account, how=Method.PASSWORD, onward=onward)


def _checked(request: Request, email: str, password: str) -> Account:
    """The officer's account if the password is right; raises NotSignedIn, TooManyAttempts."""
    device = nonce_for(request.COOKIES.get(COOKIE, ""), email)
    counted = [
        count_sign_in(limit, of=email, device=device, by=request.actor, at=request.at)
        for limit in (PASSWORDS, ACCOUNTS)
    ]
    account = get_adapter().authenticate(request, email=email, password=password)
    if not isinstance(account, Account) or not account.is_active or not _serves(request, account):
        raise NotSignedIn
    for one in counted:
        welcome_back(one, of=email, by=request.actor, at=request.at)
    return account


def _serves(request: Request, account: Account) -> bool:
    """Whether the account is of an officer who holds a post today."""
    return bool(actor_of(account, at=request.at, origin="").posts)


def _page(request: Request, form: OfficerForm, onward: str, status: int) -> HttpResponse:
    told = {"heading": _("Officers' sign-in"), "next": onward}
    return render(request, "access/officer_sign_in.html", told | shown(form), status=status)
