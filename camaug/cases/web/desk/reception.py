from django.http.response import HttpResponseBase

from camaug.cases.actions.receive import receive
from camaug.cases.models import Case
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.moving import answer
from camaug.kernel.pages import Request, staff


@staff
def reception(request: Request, code: str) -> HttpResponseBase:
    """Receive the dossier."""

    def act(page: CasePage, seen: int) -> Case:
        return receive(page.case.id, by=request.actor, at=request.at, seen=seen)

    return answer(request, code, "receive", act)
