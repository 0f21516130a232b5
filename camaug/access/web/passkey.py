"""Passkeys: adding one, signing in with one. The key talks to the browser by script; the pages say so without it."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.access.actions.add_passkey import LONGEST_NAME, add_passkey
from camaug.access.actions.count_attempt import TooManyAttempts
from camaug.access.actions.prove_passkey import prove_passkey
from camaug.access.authentication import Method, note_proof
from camaug.access.models import Account
from camaug.access.passkeys import PasskeyWrong, Site, ask, ask_for_new
from camaug.access.queries import actor_of, credentials_of, has_factor
from camaug.access.web.frame import frame_of
from camaug.access.web.session import open_session, renew_key, safe_next, sign_out_elsewhere
from camaug.access.web.setting_up import show_codes
from camaug.kernel.actors import ActorKind
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.pages import Request, fresh_to_read, public, signed_in
from camaug.ui.site import words

ASKED, OFFERED = "passkey_asked", "passkey_offered"


def site_of(request: Request) -> Site:
    """This site as the browser names it."""
    host = request.get_host()
    return Site(host.rpartition(":")[0] if ":" in host else host, f"{request.scheme}://{host}", words().name)


def question(request: Request, account: Account | None) -> str:
    """A new question for the account's passkeys (None: for anybody's), kept in the session until its answer comes."""
    asked = ask(site_of(request), have=credentials_of(account.id) if account else [])
    request.session[ASKED] = asked.state
    return asked.options


def answered(request: Request, answer: str, *, of: Account | None) -> Account:
    """Whose passkey has answered the question, which is over with that. Raises PasskeyWrong, TooManyAttempts."""
    state = request.session.pop(ASKED, None)
    if state is None:
        raise PasskeyWrong
    account_id = of.id if of else None
    return prove_passkey(answer, of=account_id, site=site_of(request), state=state, by=request.actor, at=request.at)


@public
def sign_in_by_passkey(request: Request) -> HttpResponseBase:
    """A passkey alone signs in: it is unlocked by its owner, so that it is two proofs in one."""
    onward = safe_next(request, otherwise="")
    status, sentence = 200, ""
    if request.method == "POST":
        try:
            account = answered(request, request.POST.get("credential", ""), of=None)
            actor = actor_of(account, at=request.at, origin=request.actor.origin)
            if actor.kind == ActorKind.STAFF and not actor.posts:
                raise PasskeyWrong
        except DomainError as no:
            status, sentence = (429 if isinstance(no, TooManyAttempts) else 422), str(no)
        else:
            home = "/desk/" if actor.kind == ActorKind.STAFF else "/"
            return open_session(request, account, proofs=(Method.PASSKEY,), onward=onward or home)
    told = {"options": question(request, None), "next": onward, "errors": {"": sentence} if sentence else {}}
    return render(request, "access/sign_in_passkey.html", told, status=status)


@fresh_to_read
@signed_in
def new_passkey(request: Request) -> HttpResponseBase:
    """GET offers to make one, POST takes it."""
    account = request.user
    if not isinstance(account, Account):
        raise NotFound
    sentence, first = "", not has_factor(account.id)
    if request.method == "POST":
        try:
            codes = add_passkey(
                request.POST.get("credential", ""),
                name=request.POST.get("name", ""),
                site=site_of(request),
                state=request.session.pop(OFFERED, None) or {},
                by=request.actor,
                at=request.at,
            )
        except DomainError as no:
            sentence = str(no)
        else:
            return _added(request, account, codes, first=first)
    offered = ask_for_new(
        site_of(request),
        account.id,
        known_as=account.email or account.phone or "",
        name=request.actor.name,
        have=credentials_of(account.id),
    )
    request.session[OFFERED] = offered.state
    told = {
        "layout": frame_of(request),
        "options": offered.options,
        "name": request.POST.get("name", ""),
        "longest": LONGEST_NAME,
        "errors": {"": sentence} if sentence else {},
    }
    return render(request, "access/passkey.html", told, status=422 if sentence else 200)


def _added(request: Request, account: Account, codes: tuple[str, ...], *, first: bool) -> HttpResponseBase:
    note_proof(request, account, Method.PASSKEY)
    renew_key(request)
    if first:
        sign_out_elsewhere(request, account, by=request.actor)
    messages.success(request, _("The passkey is added. From now on you can sign in with it."))
    onward = safe_next(request, otherwise=reverse("access:security"))
    return show_codes(request, account, codes, onward=onward) if codes else redirect(onward)
