from django.http.response import HttpResponseBase

from camaug.cases.actions.publish_result import publish_result
from camaug.cases.models import Case
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.moving import answer
from camaug.kernel.pages import Request, staff


@staff
def result(request: Request, code: str) -> HttpResponseBase:
    """Give the result its number and make it ready for the applicant."""

    def act(page: CasePage, seen: int) -> Case:
        return publish_result(page.case.id, by=request.actor, at=request.at, seen=seen)

    return answer(request, code, "publish_result", act)
