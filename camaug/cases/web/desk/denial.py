from django.http.response import HttpResponseBase

from camaug.cases.actions.deny import deny
from camaug.cases.models import Case
from camaug.cases.moves import ReasonMissing
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.moving import answer
from camaug.kernel.pages import Request, fresh, staff


@fresh
@staff
def denial(request: Request, code: str) -> HttpResponseBase:
    """Deny what was applied for, with reasons."""

    def act(page: CasePage, seen: int) -> Case:
        reason = request.POST.get("reason", "")
        return deny(page.case.id, reason=reason, by=request.actor, at=request.at, seen=seen)

    return answer(request, code, "deny", act, fields={ReasonMissing: "reason"})
