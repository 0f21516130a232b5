"""Opening and closing a session; the only place that hands an account to allauth."""

from allauth.account.internal.flows.logout import logout
from allauth.account.utils import perform_login
from django.http.response import HttpResponseBase
from django.utils.http import url_has_allowed_host_and_scheme

from camaug.access.actions.note_session import note_sign_in, note_sign_out
from camaug.access.authentication import Method, note_proof
from camaug.access.endings import before_the_end
from camaug.access.models import Account
from camaug.access.queries import actor_of
from camaug.kernel.pages import Request


def safe_next(request: Request, *, otherwise: str) -> str:
    """The page that `next` asks for, if it is a path of this site; anything else gives `otherwise`."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours else otherwise


def open_session(request: Request, account: Account, *, how: str, onward: str) -> HttpResponseBase:
    """Sign the account in under a new session key and lead onward; allauth runs the stages that may lie between."""
    response: HttpResponseBase = perform_login(request, account, email_verification="none", redirect_url=onward)
    if request.user == account:
        note_proof(request, account, Method(how))  # after the sign-in, which empties somebody else's session
        actor = actor_of(account, at=request.at, origin=request.actor.origin)
        note_sign_in(account, how=how, by=actor, at=request.at)
    return response


def close_session(request: Request) -> None:
    """Sign out and forget everything that the session held."""
    account = request.user
    if isinstance(account, Account):
        note_sign_out(account, by=request.actor, at=request.at)
    before_the_end(request)
    logout(request, show_message=False)
    request.session.flush()
