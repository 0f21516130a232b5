from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase

from camaug.cases.actions.hand_out import AuthorisationMissing, Receiver, ReceiverUnknown, hand_out
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
    return answer(request, code, "hand_out", act, more=receiver_of, fields=fields)


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
