from datetime import timedelta
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from camaug.access.actions.confirm_identity import confirm_by_password, note_confirmation
from camaug.access.actions.count_attempt import TooManyAttempts
from camaug.access.actions.prove_code import CodeWrong, prove_code
from camaug.access.actions.prove_factor import prove_factor
from camaug.access.actions.request_code import request_code
from camaug.access.authentication import Method, methods_of, note_proof
from camaug.access.contacts import Contact, known_contact
from camaug.access.demands import is_fresh
from camaug.access.models import Account
from camaug.access.outside.provider import provider
from camaug.access.queries import Factors, demo_code, factors_of, has_factor, identities_of, longest_idle
from camaug.access.web.asleep import is_asleep
from camaug.access.web.frame import frame_of
from camaug.access.web.passkey import answered, question
from camaug.access.web.session import renew_key, safe_next
from camaug.kernel.actors import ActorKind
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, is_by_itself, signed_in

HOME = "/"
MINE = "confirm-"
"""Fields of this page's own begin so; everything else in its form is what was being sent when we asked."""
CODE, PASSWORD, CREDENTIAL, HELD = f"{MINE}code", f"{MINE}password", f"{MINE}credential", f"{MINE}held"
SEND = f"{MINE}send"
SENT, CONFIRMING = f"{MINE}sent", "confirming"
"""The field of a code that was sent, and where the session keeps which one that is."""
ASLEEP = _(
    "Nothing was done here for long. Load the page again, or send what you have typed, and confirm that it is you."
)
NOT_HELD = ("csrfmiddlewaretoken",)
SECRET = frozenset({"password", "present"})
"""Fields that no page gives back, hidden ones neither: their owner types them again."""


@signed_in
def confirm(request: Request) -> HttpResponseBase:
    """Show again who one is, before a decision; then the page goes on, with what had been typed."""
    onward = safe_next(request, otherwise=HOME)
    account = request.user
    if request.method != "POST" or not isinstance(account, Account):
        request.session.pop(CONFIRMING, None)
        return _page(request, onward, {}, 200)
    try:
        method = _proved(request, account)
        sends = method is None and _is_sent_codes(request, account)
        if sends:
            code_id = request_code(contact_of(account), by=request.actor, at=request.at)
            request.session[CONFIRMING] = str(code_id)
    except DomainError as no:
        return _page(request, onward, {"": str(no)}, 429 if isinstance(no, TooManyAttempts) else 422)
    if method is None:
        return _page(request, onward, {}, 200 if sends else 422)
    renew_key(request)
    note_proof(request, account, method)
    note_confirmation(account.id, how=method, by=request.actor, at=request.at)
    # 307 has the browser send the same form there, so that nothing of it is kept here.
    return redirect(onward, preserve_request=HELD in request.POST)


def ask_again(request: Request) -> HttpResponse:
    """What a page answers that needs a fresh proof: this question, holding the form that was sent.

    One with a password in it is not held: its page opens empty after the proof.
    """
    path = request.get_full_path()
    request.session.pop(CONFIRMING, None)
    if request.method == "POST" and SECRET.isdisjoint(request.POST):
        return _page(request, path, {}, 403, held=True)
    return redirect(f"{reverse('access:confirm')}?{urlencode({'next': path})}")


def ask_to_wake(request: Request) -> HttpResponse:
    """The same, of the owner of a session that has fallen asleep; what scripts ask for is refused in a sentence."""
    by_script = request.headers.get("Sec-Fetch-Mode", "navigate") != "navigate" or "HX-Request" in request.headers
    if not by_script and not is_by_itself(request):
        return ask_again(request)
    refused = HttpResponse(str(ASLEEP), status=403, content_type="text/plain; charset=utf-8")
    if is_by_itself(request):
        refused.headers["HX-Refresh"] = "true"
    return refused


def _proved(request: Request, account: Account) -> Method | None:
    """What was shown; None where nothing was, as when a citizen asks for a code. A password proves nothing beside a
    second factor.

    Raises FactorWrong, PasswordWrong, CodeWrong, CodeSpent, TooManyAttempts.
    """
    if SEND in request.POST:
        return None
    if PASSWORD in request.POST and not has_factor(account.id):
        confirm_by_password(account, password=request.POST[PASSWORD][:200], by=request.actor, at=request.at)
        return Method.PASSWORD
    if request.POST.get(CREDENTIAL):
        answered(request, request.POST[CREDENTIAL], of=account)
        return Method.PASSKEY
    if CODE in request.POST:
        return prove_factor(account.id, code=request.POST[CODE][:40], by=request.actor, at=request.at)
    if request.POST.get(SENT) and CONFIRMING in request.session and _is_sent_codes(request, account):
        return _proved_by_sent_code(request, account)
    return None


def _proved_by_sent_code(request: Request, account: Account) -> Method:
    digits = "".join(request.POST[SENT][:40].split())
    if prove_code(UUID(request.session[CONFIRMING]), digits=digits, by=request.actor, at=request.at) != account:
        raise CodeWrong
    del request.session[CONFIRMING]
    return Method.CODE


def _is_sent_codes(request: Request, account: Account) -> bool:
    """A member of the public without a second factor, who signs in by such codes."""
    reached = bool(account.phone or account.email)
    return request.actor.kind == ActorKind.PUBLIC and reached and not has_factor(account.id)


def contact_of(account: Account) -> Contact:
    """Where a citizen's codes are sent: his phone, or his mailbox where he has none."""
    return known_contact(account.phone or account.email or "")


def _page(request: Request, onward: str, errors: dict[str, str], status: int, *, held: bool = False) -> HttpResponse:
    account_id = request.actor.account_id
    factors = factors_of(account_id) if account_id else Factors((), 0)
    account = request.user
    asleep = isinstance(account, Account) and is_asleep(request, account, at=request.at)
    told = {
        # Whoever stands before somebody else's browser sees nothing of his work.
        "layout": "ui/portal.html" if asleep else frame_of(request),
        "asleep": asleep,
        "idle_minutes": longest_idle(account.kind) // timedelta(minutes=1) if isinstance(account, Account) else 0,
        "heading": _("Confirm that it is you"),
        "action": f"{reverse('access:confirm')}?{urlencode({'next': onward})}",
        "held": _held(request) if held or HELD in request.POST else None,
        "files": bool(request.FILES),
        "factors": factors,
        "options": question(request, account) if factors.has_passkey and isinstance(account, Account) else "",
        "by_password": not factors.all and isinstance(account, Account) and account.has_usable_password(),
        "may_send": isinstance(account, Account) and _is_sent_codes(request, account),
        "sent_to": contact_of(account) if CONFIRMING in request.session and isinstance(account, Account) else None,
        "stale": not is_fresh(methods_of(request), at=request.at),
        "outside": provider() if account_id and identities_of(account_id) else None,
        "outside_address": f"{reverse('access:confirm_outside')}?{urlencode({'next': onward})}",
        "minutes": settings.STEP_UP_MINUTES,
        "demo_code": demo_code(account_id, at=request.at) if settings.DEMO and account_id else None,
        "errors": errors,
    }
    return render(request, "access/confirm.html", told, status=status)


def _held(request: Request) -> list[tuple[str, str]]:
    return [
        (name, str(value))
        for name, values in request.POST.lists()
        if name not in NOT_HELD and not name.startswith(MINE)
        for value in values
    ]
