from django.http.response import HttpResponseBase

from camaug.cases.actions.ask_withdrawal import ask_withdrawal
from camaug.cases.models import Case
from camaug.cases.moves import ReasonMissing
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.moving import answer
from camaug.kernel.pages import Request, staff


@staff
def withdrawal(request: Request, code: str) -> HttpResponseBase:
    """Enter, for an applicant who stands at the counter, that the case is to be ended."""

    def act(page: CasePage, seen: int) -> Case:
        reason = request.POST.get("reason", "")
        return ask_withdrawal(page.case.id, reason=reason, by=request.actor, at=request.at, seen=seen)

    return answer(request, code, "ask_withdrawal", act, fields={ReasonMissing: "reason"})
