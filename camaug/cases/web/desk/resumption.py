from django.http.response import HttpResponseBase

from camaug.cases.actions.resume import resume
from camaug.cases.models import Case
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.moving import answer
from camaug.kernel.pages import Request, staff


@staff
def resumption(request: Request, code: str) -> HttpResponseBase:
    """Let the clock of a suspended case run again."""

    def act(page: CasePage, seen: int) -> Case:
        note = request.POST.get("note", "")
        return resume(page.case.id, by=request.actor, at=request.at, seen=seen, note=note)

    return answer(request, code, "resume", act)
