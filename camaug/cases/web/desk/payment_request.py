from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase

from camaug.cases.actions.ask_payment import ask_payment
from camaug.cases.models import Case
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.moving import answer
from camaug.cases.web.desk.sums import entered_sums, open_sums
from camaug.kernel.pages import Request, staff


@staff
def payment_request(request: Request, code: str) -> HttpResponseBase:
    """Ask the applicant for the fees."""

    def act(page: CasePage, seen: int) -> Case:
        sums = entered_sums(page.definition, request.POST)
        return ask_payment(page.case.id, by=request.actor, at=request.at, seen=seen, sums=sums)

    def owed(page: CasePage, _typed: Mapping[str, Any]) -> Mapping[str, Any]:
        known = tuple(item for item in page.dues.rest() if item.amount is not None)
        return {
            "items": known,
            "amount": sum(item.amount or 0 for item in known),
            "sums": open_sums(page.dues.items, request.POST),
        }

    return answer(request, code, "ask_payment", act, more=owed)
