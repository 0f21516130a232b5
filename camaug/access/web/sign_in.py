from urllib.parse import urlencode
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from camaug.access.actions.count_attempt import TooManyAttempts
from camaug.access.actions.prove_code import prove_code
from camaug.access.actions.request_code import request_code
from camaug.access.authentication import Method
from camaug.access.contacts import known_contact, parse_contact
from camaug.access.identifiers import is_personal_number
from camaug.access.models import Account
from camaug.access.web.forgotten import note_forgotten
from camaug.access.web.forms import CodeForm, ContactForm, shown
from camaug.access.web.outside import called
from camaug.access.web.session import begin_session, safe_next
from camaug.kernel.actors import ActorKind
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, public

HOME = "/"
PENDING = "sign_in"
IDENTIFIER = "identifier"
"""In the session, on the way to the password's page: the personal number that was typed here."""
HEADINGS = {"contact": _("Sign in"), "code": _("Enter the code")}


@public
def contact(request: Request) -> HttpResponseBase:
    """Step 1: where to send the code."""
    onward = safe_next(request, otherwise=HOME)
    if request.actor.kind == ActorKind.PUBLIC:
        return redirect(onward)
    form = ContactForm(request.POST or None)
    if request.method != "POST":
        return _page(request, "contact", form, onward, 200)
    if not form.is_valid():
        return _page(request, "contact", form, onward, 422)
    if is_personal_number(form.cleaned_data["contact"]):
        # A code goes to a phone or mailbox. Whoever knows only somebody's number learns nothing of these here.
        request.session[IDENTIFIER] = form.cleaned_data["contact"]
        return redirect(f"{reverse('access:password_sign_in')}?{urlencode({'next': onward})}")
    try:
        reached = parse_contact(form.cleaned_data["contact"])
        code_id = request_code(reached, by=request.actor, at=request.at)
    except DomainError as no:
        form.add_error("contact", str(no))
        return _page(request, "contact", form, onward, _status(no))
    request.session[PENDING] = {"code": str(code_id), "contact": reached.value, "next": onward}
    return redirect("access:code")


@public
def code(request: Request) -> HttpResponseBase:
    """Step 2: the code."""
    pending = request.session.get(PENDING)
    if not pending:
        return redirect("access:sign_in")
    form = CodeForm(request.POST or None)
    if request.method != "POST":
        return _page(request, "code", form, pending["next"], 200)
    if not form.is_valid():
        return _page(request, "code", form, pending["next"], 422)
    digits = "".join(form.cleaned_data["code"].split())
    try:
        account = prove_code(UUID(pending["code"]), digits=digits, by=request.actor, at=request.at)
    except DomainError as no:
        form.add_error("code", str(no))
        return _page(request, "code", form, pending["next"], _status(no))
    del request.session[PENDING]
    note_forgotten(request, account, onward=pending["next"], shown_at=request.at)
    return begin_session(request, account, how=Method.CODE, onward=once_known(account, pending["next"]))


def once_known(account: Account, onward: str) -> str:
    """Onward, by way of the page where a citizen says once who he is."""
    return onward if account.person_id else f"{reverse('access:who')}?{urlencode({'next': onward})}"


def _status(no: DomainError) -> int:
    return 429 if isinstance(no, TooManyAttempts) else 422


def _page(request: Request, step: str, form: forms.Form, onward: str, status: int) -> HttpResponse:
    told = {
        "heading": HEADINGS[step],
        "next": onward,
        "outside": called(),
        "contact": known_contact(request.session.get(PENDING, {}).get("contact", "")),
    }
    return render(request, f"access/sign_in_{step}.html", told | shown(form), status=status)
