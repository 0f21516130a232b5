"""The applicant has the post fetch papers, or takes that back before the postman has come."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.cases.actions.order_collection import NEEDED, order_collection
from camaug.cases.postage import home_of
from camaug.cases.queries import Progress, progress_of
from camaug.catalogue.forms.wording import told
from camaug.kernel.errors import DomainError, InvalidInput
from camaug.kernel.pages import Request, members
from camaug.people.queries import display_phone, parse_phone
from camaug.postal.actions.cancel import cancel
from camaug.postal.actions.order import LegUnderWay, Party
from camaug.postal.queries import Leg

_LENGTHS = {"name": 120, "phone": 40, "address": 300}


@members
def collection(request: Request, case: UUID) -> HttpResponseBase:
    """Say who hands the papers over, and where the postman comes."""
    seen = progress_of(case, request.actor, at=request.at)
    if request.method != "POST":
        return _shown(request, seen, _known(seen)) if seen.papers_may_be_fetched else redirect("citizen:my_case", case)
    typed = {name: " ".join(request.POST.get(name, "").split())[:length] for name, length in _LENGTHS.items()}
    try:
        order_collection(case, _party(typed), by=request.actor, at=request.at)
    except LegUnderWay:
        return redirect("citizen:my_case", case)
    except InvalidInput as wrong:
        return _shown(request, seen, typed, wrong.errors)
    except DomainError as no:
        return _shown(request, seen, typed, {"": str(no)})
    messages.success(request, _("Ordered. The postman calls you before coming."))
    return redirect("citizen:my_case", case)


@members
def cancellation(request: Request, case: UUID) -> HttpResponseBase:
    """Take the order back."""
    seen = progress_of(case, request.actor, at=request.at)
    leg = next((one for one in seen.legs if one.kind == "COLLECT" and one.may_be_cancelled), None)
    if request.method != "POST" or leg is None:
        return _asked(request, seen, leg)
    try:
        cancel(leg.id, by=request.actor, at=request.at)
    except DomainError as no:
        return _asked(request, seen, leg, {"": str(no)})
    messages.success(request, _("The order is cancelled."))
    return redirect("citizen:my_case", case)


def _party(typed: Mapping[str, str]) -> Party:
    wrong = {name: str(sentence) for name, sentence in NEEDED.items() if not typed[name]}
    try:
        phone = parse_phone(typed["phone"]) if typed["phone"] else ""
    except DomainError as no:
        raise InvalidInput({**wrong, "phone": str(no)}) from no
    return Party(name=typed["name"], phone=phone, address=typed["address"])


def _known(seen: Progress) -> dict[str, str]:
    case = seen.case
    return {
        "name": case.applicant_name,
        "phone": display_phone(case.applicant_phone) if case.applicant_phone else "",
        "address": home_of(case),
    }


def _shown(
    request: Request, seen: Progress, typed: Mapping[str, str], errors: Mapping[str, str] | None = None
) -> HttpResponse:
    shown = {**_around(seen), "typed": typed, "errors": errors or {}, "office": seen.receiving.name}
    return render(request, "cases/portal/collection.html", shown, status=422 if errors else 200)


def _asked(request: Request, seen: Progress, leg: Leg | None, errors: Mapping[str, str] | None = None) -> HttpResponse:
    shown = {**_around(seen), "leg": leg, "errors": errors or {}}
    return render(request, "cases/portal/collection_cancellation.html", shown, status=422 if errors else 200)


def _around(seen: Progress) -> dict[str, object]:
    back = reverse("citizen:my_case", args=[seen.case.id])
    return {"case": seen.case, "procedure": told(seen.definition, "plain_name"), "back": back}
