"""Two accounts that turn out to be one person's: the other one is proved in the same sitting, then they become one."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from camaug.access.actions.count_attempt import TooManyAttempts
from camaug.access.actions.join_accounts import join_accounts
from camaug.access.actions.prove_code import prove_code
from camaug.access.actions.prove_factor import prove_factor
from camaug.access.actions.request_code import request_code
from camaug.access.contacts import known_contact, parse_contact
from camaug.access.models import Account, AccountKind
from camaug.access.queries import actor_of, factors_of, open_account
from camaug.access.web.session import renew_key
from camaug.kernel.errors import DomainError
from camaug.kernel.ids import read_id
from camaug.kernel.pages import Request, fresh, signed_in

PENDING, OTHER = "joining_pending", "joining_other"
FIELDS = ("contact", "code", "factor")
"""The steps that ask for something, each by the name of its field."""
PATIENCE = timedelta(minutes=10)
_SALT = "access.joining"


class OnlyByPasskey(DomainError):
    """The other account asks for a passkey, which answers on its own sign-in page only."""

    sentence = gettext_lazy("That account asks for a passkey. Sign in to it, and join this one to it there.")


class ThisVeryAccount(DomainError):
    """The phone or mailbox is this account's own."""

    sentence = gettext_lazy("That is the account you are signed in to.")


@dataclass(frozen=True, slots=True)
class Proved:
    """The other account, as far as it was proved in this session; `whole`: its second factor too, if it has one."""

    account: Account
    whole: bool


def ticket(other: Account, into: Account) -> str:
    """That whoever sits here is signed in to `other` and has just shown the identity that opens `into`."""
    return signing.dumps([str(other.id), str(into.id)], salt=_SALT)


@fresh
@signed_in
def joining(request: Request) -> HttpResponseBase:
    """GET asks for the other account, step by step; POST answers the step; `join` joins them."""
    account = request.user
    if not isinstance(account, Account) or account.kind != AccountKind.CITIZEN:
        return redirect("access:security")
    if "with" in request.GET:
        _take_in(request, account)
        return redirect("access:joining")
    sentence, status = "", 200
    if request.method == "POST":
        try:
            if _done(request, account):
                return redirect("access:security")
            return redirect("access:joining")
        except DomainError as no:
            sentence, status = str(no), 429 if isinstance(no, TooManyAttempts) else 422
    return _page(request, account, sentence, status)


def _done(request: Request, account: Account) -> bool:
    """Take the step that was sent; whether it was the last."""
    proved = _proved(request)
    if "cancel" in request.POST:
        _forget(request)
        return True
    if "contact" in request.POST:
        reached = parse_contact(request.POST["contact"][:254])
        code_id = request_code(reached, by=request.actor, at=request.at)
        request.session[PENDING] = {"code": str(code_id), "contact": reached.value}
    elif "code" in request.POST and PENDING in request.session:
        _prove_contact(request, account)
    elif "factor" in request.POST and proved:
        actor = actor_of(proved.account, at=request.at, origin=request.actor.origin)
        prove_factor(proved.account.id, code=request.POST["factor"][:40], by=actor, at=request.at)
        _note(request, proved.account, whole=True)
    elif "join" in request.POST and proved and proved.whole:
        join_accounts(proved.account.id, into=account.id, by=request.actor, at=request.at)
        _forget(request)
        renew_key(request)
        messages.success(request, _("The two accounts are one now. Everything is in this one."))
        return True
    return False


def _prove_contact(request: Request, account: Account) -> None:
    digits = "".join(request.POST["code"][:20].split())
    code_id = UUID(request.session[PENDING]["code"])
    other = prove_code(code_id, digits=digits, by=request.actor, at=request.at)
    del request.session[PENDING]
    if other == account:
        raise ThisVeryAccount
    factors = factors_of(other.id)
    if factors.all and not factors.has_application and not factors.codes_left:
        raise OnlyByPasskey
    _note(request, other, whole=not factors.all)


def _take_in(request: Request, account: Account) -> None:
    try:
        other_id, into_id = signing.loads(request.GET["with"], salt=_SALT, max_age=PATIENCE)
    except (signing.BadSignature, ValueError, TypeError):
        return
    other = open_account(UUID(other_id))
    if other and into_id == str(account.id):
        _note(request, other, whole=True)


def _note(request: Request, other: Account, *, whole: bool) -> None:
    request.session[OTHER] = {"account": str(other.id), "whole": whole, "at": request.at.isoformat()}


def _proved(request: Request) -> Proved | None:
    noted = request.session.get(OTHER)
    if not noted or request.at - datetime.fromisoformat(noted["at"]) > PATIENCE:
        return None
    account_id = read_id(noted["account"])
    other = open_account(account_id) if account_id else None
    return Proved(other, noted["whole"]) if other else None


def _forget(request: Request) -> None:
    for name in (PENDING, OTHER):
        request.session.pop(name, None)


def _page(request: Request, account: Account, sentence: str, status: int) -> HttpResponseBase:
    proved, pending = _proved(request), request.session.get(PENDING)
    step = "contact"
    if proved:
        step = "join" if proved.whole else "factor"
    elif pending:
        step = "code"
    told = {
        "step": step,
        "errors": {step if step in FIELDS else "": sentence} if sentence else {},
        "typed": request.POST.get("contact", "")[:254],
        "contact": known_contact(pending["contact"]) if pending else "",
        "kept": _contacts(account.phone or (proved.account.phone if proved else ""), _mail(account, proved)),
        "dropped": _dropped(account, proved.account) if proved else "",
    }
    return render(request, "access/joining.html", told, status=status)


def _mail(account: Account, proved: Proved | None) -> str | None:
    return account.email or (proved.account.email if proved else "")


def _dropped(account: Account, other: Account) -> str:
    return _contacts(other.phone if account.phone else "", other.email if account.email else "")


def _contacts(*values: str | None) -> str:
    return ", ".join(str(known_contact(value)) for value in values if value)
