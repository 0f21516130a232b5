"""A forgotten password: whoever shows otherwise, for that very purpose, that he is its owner chooses another one."""

from datetime import datetime, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from camaug.access.actions.confirm_identity import note_confirmation
from camaug.access.actions.count_attempt import TooManyAttempts
from camaug.access.actions.prove_code import CodeWrong, prove_code
from camaug.access.actions.request_code import request_code
from camaug.access.authentication import Method, note_proof
from camaug.access.models import Account, AccountKind
from camaug.access.outside.provider import provider
from camaug.access.queries import identities_of
from camaug.access.web.confirm import contact_of
from camaug.access.web.session import renew_key
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.pages import Request, signed_in

FORGOTTEN, SENT = "forgotten", "forgotten_sent"
"""In the session: whose password may be replaced, and since when; under which id the code was sent."""
PATIENCE = timedelta(minutes=10)
"""How long somebody who has shown it may think about a new one."""


@signed_in
def forgotten_password(request: Request) -> HttpResponseBase:
    """GET says what is sent; POST sends a code, or takes it. Then a new password is chosen without the present one.

    A citizen who signed in just for this has shown it by that. An officer is sent an invitation by an administrator.
    """
    account = request.user
    if not isinstance(account, Account) or not _may_forget(account) or has_forgotten(request, account):
        return redirect("access:password")
    if request.method != "POST":
        request.session.pop(SENT, None)
        return _page(request, account, {}, 200)
    if not _is_reached(account):
        raise NotFound
    try:
        if "code" in request.POST and SENT in request.session:
            return _proved(request, account)
        _send(request, account)
    except DomainError as no:
        return _page(request, account, {"code": str(no)}, 429 if isinstance(no, TooManyAttempts) else 422)
    return _page(request, account, {}, 200)


def note_forgotten(request: Request, account: Account, *, onward: str, shown_at: datetime) -> None:
    """Somebody has shown who he is on the way to this page, and so need not show it here again."""
    if onward == reverse("access:forgotten_password"):
        request.session[FORGOTTEN] = {"account": str(account.id), "at": shown_at.isoformat()}


def has_forgotten(request: Request, account: Account) -> bool:
    """Whether the session's owner has lately shown who he is because he forgot his password."""
    noted = request.session.get(FORGOTTEN)
    if not noted or noted["account"] != str(account.id):
        return False
    return request.at - datetime.fromisoformat(noted["at"]) <= PATIENCE


def _may_forget(account: Account) -> bool:
    return account.kind == AccountKind.CITIZEN and account.has_usable_password()


def _is_reached(account: Account) -> bool:
    return bool(account.phone or account.email)


def _send(request: Request, account: Account) -> None:
    request.session[SENT] = str(request_code(contact_of(account), by=request.actor, at=request.at))


def _proved(request: Request, account: Account) -> HttpResponseBase:
    digits = "".join(request.POST["code"][:40].split())
    if prove_code(UUID(request.session[SENT]), digits=digits, by=request.actor, at=request.at) != account:
        raise CodeWrong
    del request.session[SENT]
    renew_key(request)
    note_proof(request, account, Method.CODE)
    note_confirmation(account.id, how=Method.CODE, by=request.actor, at=request.at)
    note_forgotten(request, account, onward=request.path, shown_at=request.at)
    return redirect("access:password")


def _page(request: Request, account: Account, errors: dict[str, str], status: int) -> HttpResponse:
    told = {
        "heading": _("The password is forgotten"),
        "may_send": _is_reached(account),
        "sent_to": contact_of(account) if SENT in request.session else None,
        "outside": provider() if identities_of(account.id) else None,
        "errors": errors,
    }
    return render(request, "access/forgotten_password.html", told, status=status)
