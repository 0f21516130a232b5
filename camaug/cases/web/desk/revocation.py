from django.http.response import HttpResponseBase

from camaug.cases.actions.revoke_result import revoke_result
from camaug.cases.models import Case
from camaug.cases.moves import ReasonMissing
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.moving import answer
from camaug.kernel.pages import Request, fresh, staff


@fresh
@staff
def revocation(request: Request, code: str) -> HttpResponseBase:
    """Revoke the result that was issued."""

    def act(page: CasePage, seen: int) -> Case:
        reason, document = request.POST.get("reason", ""), request.POST.get("document", "")
        return revoke_result(page.case.id, reason=reason, document=document, by=request.actor, at=request.at, seen=seen)

    return answer(request, code, "revoke_result", act, fields={ReasonMissing: "reason"})
