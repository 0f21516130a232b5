"""The registry of systems, in the administrators' area."""

from uuid import UUID

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.kernel.errors import InvalidInput
from camaug.kernel.pages import Request, fresh
from camaug.signon import queries
from camaug.signon.actions.change_system import change_system
from camaug.signon.actions.close_system import close_system
from camaug.signon.actions.make_secret import make_secret
from camaug.signon.actions.register_system import register_system
from camaug.signon.issuer import issuer
from camaug.signon.web.forms import EMPTY, choices, facts_in, typed_in, typed_of
from camaug.ui.administration import administrators


@administrators
def systems(request: Request) -> HttpResponseBase:
    """All systems that let people in by us."""
    return render(request, "signon/systems.html", {"systems": queries.systems(at=request.at)})


@fresh
@administrators
def new(request: Request) -> HttpResponseBase:
    """POST registers one; its first secret is shown this once."""
    if request.method != "POST":
        return _form(request, EMPTY, {}, None)
    try:
        made = register_system(facts_in(request), by=request.actor, at=request.at)
    except InvalidInput as no:
        return _form(request, typed_in(request), no.errors, None)
    return _shown(request, made.system.id, secret=made.secret)


@fresh
@administrators
def system(request: Request, system_id: UUID) -> HttpResponseBase:
    """One system. POST changes it."""
    if request.method != "POST":
        return _shown(request, system_id)
    try:
        change_system(system_id, facts_in(request), by=request.actor, at=request.at)
    except InvalidInput as no:
        return _form(request, typed_in(request), no.errors, queries.system(system_id, at=request.at))
    messages.success(request, _("What you changed holds from now on."))
    return redirect("signon:system", system_id)


@administrators
def change(request: Request, system_id: UUID) -> HttpResponseBase:
    """The form that changes one."""
    found = queries.system(system_id, at=request.at)
    return _form(request, typed_of(found, at=request.at), {}, found)


@fresh
@administrators
def secrets(request: Request, system_id: UUID) -> HttpResponseBase:
    """POST makes a new secret, shown this once; `at_once` ends the one before."""
    if request.method != "POST":
        return redirect("signon:system", system_id)
    secret = make_secret(system_id, at_once="at_once" in request.POST, by=request.actor, at=request.at)
    return _shown(request, system_id, secret=secret)


@fresh
@administrators
def closure(request: Request, system_id: UUID) -> HttpResponseBase:
    """POST closes the system for good."""
    if request.method == "POST":
        close_system(system_id, by=request.actor, at=request.at)
        messages.success(request, _("The system lets nobody in any more."))
    return redirect("signon:system", system_id)


def _shown(request: Request, system_id: UUID, *, secret: str = "") -> HttpResponseBase:
    shown = {
        "system": queries.system(system_id, at=request.at),
        "secrets": queries.secrets_of(system_id, at=request.at),
        "secret": secret,
        "issuer": issuer(),
    }
    return render(request, "signon/system.html", shown)


def _form(request: Request, typed: object, errors: dict[str, str], found: object) -> HttpResponseBase:
    wrong = {name: errors.get(name, "") for name in EMPTY}
    shown = {"typed": typed, "errors": errors, "wrong": wrong, "system": found, **choices()}
    return render(request, "signon/system_form.html", shown, status=422 if errors else 200)
