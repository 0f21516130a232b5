"""Who is signed in, by number; an administrator ends all sessions of one, or of everybody."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.access.actions.reopen_account import WhyMissing
from camaug.access.actions.sign_out_everybody import sign_out_everybody
from camaug.access.actions.sign_out_everywhere import sign_out_everywhere
from camaug.access.queries.accounts import account_named
from camaug.access.queries.sessions import signed_in_now
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, fresh
from camaug.ui.administration import administrators

ONE, ALL = "one", "all"
_LONGEST = 254


@fresh
@administrators
def sessions(request: Request) -> HttpResponseBase:
    """POST ends those of the account that is `named`, or with `everybody` all but this one; for a reason."""
    if request.method != "POST":
        return _page(request, {})
    try:
        said = _everybody(request) if "everybody" in request.POST else _one(request)
    except _Wrong as no:
        return _page(request, no.errors)
    messages.success(request, said)
    return redirect("access:sessions")


class _Wrong(Exception):
    def __init__(self, **errors: str) -> None:
        super().__init__(str(errors))
        self.errors = errors


def _one(request: Request) -> str:
    try:
        account_id = account_named(request.POST.get("named", "")[:_LONGEST])
        if account_id is None:
            raise _Wrong(named=_("Nobody has an account under this."))
        sign_out_everywhere(account_id, reason=request.POST.get("reason", ""), by=request.actor, at=request.at)
    except WhyMissing as no:
        raise _Wrong(reason=str(no)) from no
    except DomainError as no:
        raise _Wrong(named=str(no)) from no
    return _("Signed out everywhere. Whoever sits at one of those devices has to sign in again.")


def _everybody(request: Request) -> str:
    if "sure" not in request.POST:
        raise _Wrong(sure=_("Confirm that everybody is to be signed out."))
    kept = request.session.session_key or ""
    try:
        count = sign_out_everybody(but=kept, reason=request.POST.get("why", ""), by=request.actor, at=request.at)
    except WhyMissing as no:
        raise _Wrong(why=str(no)) from no
    return _("Sessions ended: {n}. Everybody has to sign in again.").format(n=count)


def _page(request: Request, errors: dict[str, str]) -> HttpResponse:
    typed = {name: request.POST.get(name, "") for name in ("named", "reason", "why")}
    told = {"signed_in": signed_in_now(at=request.at), "typed": typed, "errors": errors}
    return render(request, "access/admin/sessions.html", told, status=422 if errors else 200)
