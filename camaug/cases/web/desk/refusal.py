from django.http.response import HttpResponseBase

from camaug.cases.actions.refuse import refuse
from camaug.cases.models import Case
from camaug.cases.moves import ReasonMissing
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.moving import answer
from camaug.kernel.pages import Request, fresh, staff


@fresh
@staff
def refusal(request: Request, code: str) -> HttpResponseBase:
    """Do not accept the application, with reasons."""

    def act(page: CasePage, seen: int) -> Case:
        reason = request.POST.get("reason", "")
        return refuse(page.case.id, reason=reason, by=request.actor, at=request.at, seen=seen)

    return answer(request, code, "refuse", act, fields={ReasonMissing: "reason"})
