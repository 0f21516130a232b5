from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from camaug.cases.actions.amend import Details, amend
from camaug.cases.models import Case, DeliveryWay
from camaug.cases.moves import ReasonMissing
from camaug.cases.queries import CasePage, case_page
from camaug.cases.web.desk.declared import Declared, checked, declared, shown
from camaug.cases.web.desk.moving import answer
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, staff
from camaug.people.queries import parse_phone


@staff
def amendment(request: Request, code: str) -> HttpResponseBase:
    """Correct what was declared, after reception; the receipt is printed again."""
    seen = declared(request, case_page(code, request.actor, at=request.at))

    def act(page: CasePage, revision: int) -> Case:
        reason = request.POST.get("reason", "")
        return checked(
            seen,
            lambda: amend(page.case.id, _details(seen), reason=reason, by=request.actor, at=request.at, seen=revision),
        )

    def more(page: CasePage, _typed: Mapping[str, Any]) -> Mapping[str, Any]:
        ways = {
            DeliveryWay.COUNTER: _("At the counter"),
            DeliveryWay.POST: _("By post"),
            DeliveryWay.ELECTRONIC: _("Electronically"),
        }
        return shown(seen, page, request) | {
            "delivery_ways": [{"value": way, "label": label} for way, label in ways.items()]
        }

    if request.method == "POST":
        seen.fields["applicant-phone"] = _phone(seen)
    return answer(request, code, "amend", act, more=more, fields={ReasonMissing: "reason"}, stay=seen.stay)


def _details(seen: Declared) -> Details:
    given, way = seen.fields, seen.fields["delivery-way"]
    return Details(
        answers=seen.answers,
        name=given["applicant-name"],
        phone=given["applicant-phone"],
        email=given["applicant-email"].lower(),
        address=given["applicant-address"],
        delivery_way=way if way in DeliveryWay.values else DeliveryWay.COUNTER,
        delivery_address=given["delivery-address"],
    )


def _phone(seen: Declared) -> str:
    """The phone in E.164; as it was typed, with a sentence, where it is none."""
    typed = seen.fields["applicant-phone"]
    try:
        return parse_phone(typed) if typed else ""
    except DomainError as no:
        seen.errors["applicant-phone"] = str(no)
        return typed
