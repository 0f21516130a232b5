from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase

from camaug.cases.actions.hand_out import Receiver, ReceiverUnknown, hand_out
from camaug.cases.models import Case
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.moving import answer
from camaug.kernel.pages import Request, staff


@staff
def handing_out(request: Request, code: str) -> HttpResponseBase:
    """Record who takes the result."""

    def act(page: CasePage, seen: int) -> Case:
        receiver = Receiver(request.POST.get("receiver_name", ""), request.POST.get("receiver_number", ""))
        return hand_out(page.case.id, receiver, by=request.actor, at=request.at, seen=seen)

    return answer(request, code, "hand_out", act, more=receiver_of, fields={ReceiverUnknown: "receiver_name"})


def receiver_of(page: CasePage, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    """The one who is expected to take it: the person sent, else the applicant."""
    case = page.case
    sent = bool(case.authorised_name)
    expected = (case.authorised_name, case.authorised_number) if sent else (case.applicant_name, case.applicant_number)
    return {
        "receiver_name": typed.get("receiver_name", expected[0]),
        "receiver_number": typed.get("receiver_number", expected[1]),
    }
