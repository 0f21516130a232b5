"""Opening and closing a session; the only place that hands an account to allauth."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from allauth.account.internal.flows.logout import logout
from allauth.account.utils import perform_login
from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from camaug.access.actions.end_sessions import end_sessions
from camaug.access.actions.note_session import note_new_key, note_sign_in, note_sign_out
from camaug.access.authentication import OUTSIDE, Method, note_proof
from camaug.access.demands import demands_second_factor
from camaug.access.devices import COOKIE, KEPT, vouching
from camaug.access.endings import before_the_end
from camaug.access.models import Account
from camaug.access.outside.ended import Came, came_by
from camaug.access.policy import ADMINISTRATOR
from camaug.access.queries import actor_of, has_factor, is_password_due, open_account, sessions_of
from camaug.access.web.kept_outside import TOKEN, leave_at_sign_in
from camaug.kernel.actors import Actor
from camaug.kernel.pages import Request

HALF_WAY = "half_way"
MARK = "mark"
"""In a session: the id by which what was entered from it is found, as long as it lasts, whatever its key."""
PASSWORD_DUE = "password_due"  # noqa: S105 (a key)
"""In the session of an administrator whose password is too old: no page but that of the password opens."""
PATIENCE = timedelta(minutes=10)
"""How long somebody who has given a first proof may look for his second factor."""


@dataclass(frozen=True, slots=True)
class HalfWay:
    """Somebody who has shown one proof and owes another; the session is still a stranger's."""

    account: Account
    how: Method
    onward: str
    shown_at: datetime | None = None


def owner_of(request: HttpRequest) -> Account | None:
    """Whose session it is, awake or asleep; None for a stranger's."""
    account = request.user if isinstance(request.user, Account) else getattr(request, "owner", None)
    return account if isinstance(account, Account) else None


def how_shown(sure: bool) -> Method:
    """The way that an identity from outside is; `sure`: its provider vouches for two factors."""
    return Method.OUTSIDE_SURE if sure else Method.OUTSIDE


def safe_next(request: Request, *, otherwise: str) -> str:
    """The page that `next` asks for, if it is a path of this site; anything else gives `otherwise`."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None)
    return asked if ours else otherwise


def begin_session(
    request: Request, account: Account, *, how: Method, onward: str, shown_at: datetime | None = None
) -> HttpResponseBase:
    """Sign the account in, or lead to the second factor that it has or that its work demands.

    `shown_at`: when it was shown elsewhere.
    """
    actor = actor_of(account, at=request.at, origin=request.actor.origin)
    if not (has_factor(account.id) or demands_second_factor(actor)):
        return open_session(request, account, proofs=(how,), onward=onward, shown_at=shown_at)
    request.session.cycle_key()
    request.session[HALF_WAY] = {
        "account": str(account.id),
        "how": how.value,
        "onward": onward,
        "at": request.at.isoformat(),
        "shown_at": shown_at.isoformat() if shown_at else "",
    }
    return redirect("access:second_factor")


def half_way(request: Request) -> HalfWay | None:
    """Who has given a first proof here lately, and owes the second."""
    noted = request.session.get(HALF_WAY)
    if not noted or request.at - datetime.fromisoformat(noted["at"]) > PATIENCE:
        return None
    account = open_account(UUID(noted["account"]))
    if account is None:
        return None
    shown_at = datetime.fromisoformat(noted["shown_at"]) if noted.get("shown_at") else None
    return HalfWay(account, Method(noted["how"]), noted["onward"], shown_at)


def open_session(
    request: Request,
    account: Account,
    *,
    proofs: tuple[Method, ...],
    onward: str,
    shown_at: datetime | None = None,
) -> HttpResponseBase:
    """Sign the account in under a new session key and lead onward. `shown_at`: when an identity was shown outside."""
    if owner_of(request) not in (None, account):
        close_session(request)
    request.session.pop(HALF_WAY, None)
    leave_at_sign_in(request.session, onward=onward, from_outside=bool(OUTSIDE & set(proofs)))
    before = request.session.session_key
    response: HttpResponseBase = perform_login(request, account, email_verification="none", redirect_url=onward)
    if request.user == account:
        if before and request.session.session_key == before:  # the same account once more
            renew_key(request)
        request.session.setdefault(MARK, str(uuid4()))
        request.session.set_expiry(request.at + timedelta(seconds=settings.SESSION_COOKIE_AGE))
        for method in proofs:  # after the sign-in, which empties somebody else's session
            note_proof(request, account, method, at=shown_at if method in OUTSIDE else None)
        actor = actor_of(account, at=request.at, origin=request.actor.origin)
        note_sign_in(
            account,
            how="+".join(proofs),
            session_key=_key(request),
            agent=request.headers.get("User-Agent", ""),
            mark=UUID(request.session[MARK]),
            came=_came(request, proofs),
            by=actor,
            at=request.at,
        )
        if actor.has_role(ADMINISTRATOR) and is_password_due(account, at=request.at):
            request.session[PASSWORD_DUE] = True
        _vouch(request, response, account)
    return response


def _came(request: Request, proofs: tuple[Method, ...]) -> Came | None:
    token = request.session.get(TOKEN, "")
    return came_by(token) if token and OUTSIDE & set(proofs) else None


def _vouch(request: Request, response: HttpResponseBase, account: Account) -> None:
    """Let the browser be known again, also after sign-out, when somebody else tries this account's addresses."""
    response.set_cookie(
        COOKIE,
        vouching(request.COOKIES.get(COOKIE, ""), account.email or "", account.phone or "", str(account.id)),
        max_age=KEPT,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def renew_key(request: Request) -> None:
    """Go on under a new session key, so that one that was known before opens nothing of what comes now."""
    old = _key(request)
    request.session.cycle_key()
    note_new_key(old, _key(request))


def _key(request: Request) -> str:
    if request.session.session_key is None:
        request.session.save()
    return str(request.session.session_key)


def sign_out_elsewhere(request: Request, account: Account, *, by: Actor) -> None:
    """In every browser but this one: whoever got in there before shows from now on what the account asks for."""
    elsewhere = sessions_of(account.id, current_key=_key(request), at=request.at)
    end_sessions([one.id for one in elsewhere if not one.current], by=by, at=request.at)


def close_session(request: Request) -> None:
    """Sign out and forget everything that the session held."""
    account = owner_of(request)
    if account is not None:
        note_sign_out(account, session_key=_key(request), by=request.actor, at=request.at)
    before_the_end(request.session, by=request.actor, at=request.at)
    logout(request, show_message=False)
    request.session.flush()


def cleared(answer: HttpResponseBase) -> HttpResponseBase:
    """The answer to a sign-out: the browser forgets what scripts have laid up.

    No page is in its cache, and clearing that takes some browsers seconds.
    """
    answer["Clear-Site-Data"] = '"storage"'
    return answer
