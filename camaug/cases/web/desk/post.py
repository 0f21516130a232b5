"""The legs of a case by post: how far they are, giving the result to the post, cancelling, sending once more."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.cases.actions.order_delivery import order_delivery
from camaug.cases.queries import CasePage, case_page
from camaug.cases.web import post_words
from camaug.kernel.errors import DomainError, InvalidInput, NotAllowed, NotFound
from camaug.kernel.pages import Request, staff
from camaug.people.queries import display_phone, parse_phone
from camaug.postal.actions.cancel import cancel
from camaug.postal.actions.order import Party
from camaug.postal.actions.order_again import order_again
from camaug.postal.queries import Leg

_LENGTHS = {"name": 120, "phone": 40, "address": 300}


@staff
def post(request: Request, code: str) -> HttpResponseBase:
    """All legs of the case; POST gives the result to the post."""
    page = case_page(code, request.actor, at=request.at)
    if request.method != "POST":
        return _legs(request, page)
    try:
        order_delivery(page.case.id, by=request.actor, at=request.at)
    except DomainError as no:
        return _legs(request, page, no)
    messages.success(request, _("The post comes for the result."))
    return redirect("cases:post", code)


@staff
def cancellation(request: Request, code: str, leg: UUID) -> HttpResponseBase:
    """Take an order back before the parcel was fetched."""
    page, one = _of_case(request, code, leg)
    if request.method != "POST":
        return _one(request, page, one, "post_cancellation")
    try:
        cancel(leg, by=request.actor, at=request.at)
    except DomainError as no:
        return _one(request, page, one, "post_cancellation", no)
    messages.success(request, _("The order is cancelled."))
    return redirect("cases:post", code)


@staff
def renewal(request: Request, code: str, leg: UUID) -> HttpResponseBase:
    """Send once more what was not carried or came back, perhaps to another address."""
    page, one = _of_case(request, code, leg)
    theirs = _applicants_side(one)
    if request.method != "POST":
        phone = display_phone(theirs.phone) if theirs.phone else ""
        typed = {"name": theirs.name, "phone": phone, "address": theirs.address}
        return _one(request, page, one, "post_renewal", typed=typed)
    typed = {name: " ".join(request.POST.get(name, "").split())[:length] for name, length in _LENGTHS.items()}
    try:
        party = _party(typed, theirs)
        side = {"sender": party} if one.kind == "COLLECT" else {"receiver": party}
        order_again(leg, by=request.actor, at=request.at, **side)
    except DomainError as no:
        return _one(request, page, one, "post_renewal", no, typed=typed)
    messages.success(request, _("Ordered anew."))
    return redirect("cases:post", code)


def _of_case(request: Request, code: str, leg_id: UUID) -> tuple[CasePage, Leg]:
    page = case_page(code, request.actor, at=request.at)
    one = next((leg for leg in page.legs if leg.id == leg_id), None)
    if one is None:
        raise NotFound
    return page, one


def _applicants_side(leg: Leg) -> Party:
    return leg.sender if leg.kind == "COLLECT" else leg.receiver


def _party(typed: Mapping[str, str], before: Party) -> Party:
    """Whom the clerk typed; codes of the old address hold only for the old address."""
    wrong = {name: _("Fill this in: the post needs it.") for name in _LENGTHS if not typed[name]}
    if wrong:
        raise InvalidInput(wrong)
    same = typed["address"] == before.address
    return Party(
        name=typed["name"],
        phone=_phone(typed["phone"]),
        address=typed["address"],
        email=before.email,
        province=before.province if same else "",
        commune=before.commune if same else "",
    )


def _phone(typed: str) -> str:
    try:
        return parse_phone(typed)
    except DomainError as no:
        raise InvalidInput({"phone": str(no)}) from no


def _legs(request: Request, page: CasePage, no: DomainError | None = None) -> HttpResponse:
    shown = {
        "page": page,
        "legs": post_words.shown(page.legs, officer=True),
        "errors": _said(no),
        "now": request.at,
    }
    return render(request, "cases/desk/post.html", shown, status=_status(no))


def _one(
    request: Request,
    page: CasePage,
    leg: Leg,
    template: str,
    no: DomainError | None = None,
    *,
    typed: Mapping[str, str] | None = None,
) -> HttpResponse:
    (shown,) = post_words.shown([leg], officer=True)
    values = {"page": page, "shown": shown, "typed": typed or {}, "errors": _said(no), "now": request.at}
    return render(request, f"cases/desk/{template}.html", values, status=_status(no))


def _said(no: DomainError | None) -> dict[str, str]:
    if isinstance(no, InvalidInput):
        return no.errors
    return {"": str(no)} if no else {}


def _status(no: DomainError | None) -> int:
    return 200 if no is None else 403 if isinstance(no, NotAllowed) else 422
