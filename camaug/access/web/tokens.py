"""Access tokens: one's own, for citizens and officers, and those of other authorities' systems, for administrators."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.access.actions.issue_token import LONGEST_DAYS, Issued, issue_client_token, issue_token
from camaug.access.actions.revoke_token import revoke_token
from camaug.access.authentication import level_of, methods_of
from camaug.access.demands import shown_at
from camaug.access.queries import TokenView, client_tokens, tokens_of
from camaug.kernel.errors import DomainError, InvalidInput, NotFound
from camaug.kernel.ids import read_id
from camaug.kernel.pages import Request, fresh, members, staff
from camaug.kernel.rest import Scope
from camaug.ui.administration import administrators

USUAL_DAYS, USUAL_CALLS = "90", "600"
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Tokens:
    """A page of tokens: its template, its address, the tokens on it, and how a new one is made from what was typed."""

    template: str
    url: str
    listed: Callable[[Request], tuple[TokenView, ...]]
    make: Callable[[Request, "Typed"], Issued]


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the form."""

    name: str = ""
    days: str = USUAL_DAYS
    per_minute: str = USUAL_CALLS
    scopes: tuple[str, ...] = (Scope.READ,)
    errors: Mapping[str, str] = field(default_factory=dict)


def _own(request: Request) -> tuple[TokenView, ...]:
    return tokens_of(request.actor, at=request.at)


def _make_own(request: Request, typed: Typed) -> Issued:
    return issue_token(
        typed.name,
        scopes=typed.scopes,
        days=_number(typed.days),
        level=level_of(request),
        shown_at=shown_at(methods_of(request)),
        by=request.actor,
        at=request.at,
    )


def _clients(request: Request) -> tuple[TokenView, ...]:
    return client_tokens(at=request.at)


def _make_client(request: Request, typed: Typed) -> Issued:
    per_minute = _number(typed.per_minute)
    return issue_client_token(
        typed.name, days=_number(typed.days), per_minute=per_minute, by=request.actor, at=request.at
    )


MEMBERS = Tokens("access/tokens.html", "access:tokens", _own, _make_own)
OFFICERS = Tokens("access/officer_tokens.html", "access:officer_tokens", _own, _make_own)
CLIENTS = Tokens("access/client_tokens.html", "access:client_tokens", _clients, _make_client)


@fresh
@members
def tokens(request: Request) -> HttpResponseBase:
    """A citizen's own. POST makes one, whose secret is shown this once, or revokes one."""
    return _answer(request, MEMBERS)


@fresh
@staff
def officer_tokens(request: Request) -> HttpResponseBase:
    """An officer's own."""
    return _answer(request, OFFICERS)


@fresh
@administrators
def clients(request: Request) -> HttpResponseBase:
    """Those of other authorities' systems."""
    return _answer(request, CLIENTS)


def _answer(request: Request, page: Tokens) -> HttpResponseBase:
    if request.method != "POST":
        return _shown(request, page, Typed())
    if "revoke" in request.POST:
        return _revoke(request, page)
    typed = _typed(request)
    try:
        issued = page.make(request, typed)
    except InvalidInput as no:
        return _shown(request, page, typed, errors=no.errors)
    except DomainError as no:
        return _shown(request, page, typed, errors={"": str(no)})
    return _shown(request, page, Typed(), issued=issued)


def _revoke(request: Request, page: Tokens) -> HttpResponseBase:
    token = read_id(request.POST["revoke"])
    if token is None or token not in {one.id for one in page.listed(request)}:
        raise NotFound
    revoke_token(UUID(str(token)), by=request.actor, at=request.at)
    messages.success(request, _("The token has been revoked; it opens nothing any more."))
    return redirect(page.url)


def _typed(request: Request) -> Typed:
    return Typed(
        name=request.POST.get("name", "")[:_LONGEST],
        days=request.POST.get("days", "")[:10],
        per_minute=request.POST.get("per_minute", USUAL_CALLS)[:10],
        scopes=tuple(request.POST.getlist("scopes"))[:10],
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else 0


def _shown(
    request: Request,
    page: Tokens,
    typed: Typed,
    *,
    errors: Mapping[str, str] | None = None,
    issued: Issued | None = None,
) -> HttpResponseBase:
    wrong = errors or {}
    shown = {
        "tokens": page.listed(request),
        "typed": typed,
        "errors": wrong,
        "wrong": {name: wrong.get(name, "") for name in ("name", "days", "per_minute", "scopes")},
        "longest": LONGEST_DAYS,
        "secret": issued.secret if issued else "",
        "options": [
            {"value": Scope.READ, "label": _("Read what you can read")},
            {"value": Scope.WRITE, "label": _("Act in your name")},
        ],
    }
    return render(request, page.template, shown, status=422 if wrong else 200)
