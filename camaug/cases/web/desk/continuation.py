from django.http.response import HttpResponseBase

from camaug.cases.actions.drop_withdrawal import drop_withdrawal
from camaug.cases.models import Case
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.moving import answer
from camaug.kernel.pages import Request, staff


@staff
def continuation(request: Request, code: str) -> HttpResponseBase:
    """Enter, for an applicant who stands at the counter, that the case is to go on after all."""

    def act(page: CasePage, seen: int) -> Case:
        note = request.POST.get("note", "")
        return drop_withdrawal(page.case.id, by=request.actor, at=request.at, seen=seen, note=note)

    return answer(request, code, "drop_withdrawal", act)
