from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase

from camaug.cases.actions.hand_out import AuthorisationMissing, Receiver, ReceiverUnknown, all_unpaid, hand_out
from camaug.cases.models import Case
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.moving import answer
from camaug.kernel.pages import Request, staff


@staff
def handing_out(request: Request, code: str) -> HttpResponseBase:
    """Record who takes the result."""

    def act(page: CasePage, seen: int) -> Case:
        given = request.POST
        receiver = Receiver(
            name=given.get("receiver_name", ""),
            number=given.get("receiver_number", ""),
            identity_paper=given.get("identity_paper", ""),
            relation=given.get("receiver_relation", ""),
            authorisation=given.get("authorisation", ""),
        )
        return hand_out(page.case.id, receiver, by=request.actor, at=request.at, seen=seen)

    fields = {ReceiverUnknown: "receiver_name", AuthorisationMissing: "receiver_name"}
    return answer(request, code, "hand_out", act, more=_known, fields=fields)


def _known(page: CasePage, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    """Who is expected; what has to be paid first, of the case and of the parts handed out with it."""
    first = [{"code": one.code, "why": str(no)} for one, no in all_unpaid(page.case, page.definition)]
    return {**receiver_of(page, typed), "to_pay": first, "may_take": page.may("confirm_payment")}


def receiver_of(page: CasePage, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    """The one who is expected to take it: the person sent, else the applicant."""
    case = page.case
    sent = bool(case.authorised_name)
    expected = (case.authorised_name, case.authorised_number) if sent else (case.applicant_name, case.applicant_number)
    return {
        "receiver_name": typed.get("receiver_name", expected[0]),
        "receiver_number": typed.get("receiver_number", expected[1]),
        "sent": bool(typed),
    }
