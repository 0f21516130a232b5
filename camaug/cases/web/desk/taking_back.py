from django.http.response import HttpResponseBase

from camaug.cases.actions.take_back import take_back
from camaug.cases.models import Case
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.moving import answer
from camaug.kernel.pages import Request, staff


@staff
def taking_back(request: Request, code: str) -> HttpResponseBase:
    """Take back what one has just passed on."""

    def act(page: CasePage, seen: int) -> Case:
        note = request.POST.get("note", "")
        return take_back(page.case.id, by=request.actor, at=request.at, seen=seen, note=note)

    return answer(request, code, "take_back", act)
