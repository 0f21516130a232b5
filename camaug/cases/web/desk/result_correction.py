from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase

from camaug.cases.actions.correct_result import correct_result
from camaug.cases.models import Case
from camaug.cases.moves import ReasonMissing
from camaug.cases.queries import CasePage, case_page
from camaug.cases.web.desk.declared import checked, declared, shown
from camaug.cases.web.desk.moving import answer
from camaug.kernel.pages import Request, fresh, staff


@fresh
@staff
def result_correction(request: Request, code: str) -> HttpResponseBase:
    """Issue a corrected result in the place of a wrong one."""
    seen = declared(request, case_page(code, request.actor, at=request.at))

    def act(page: CasePage, revision: int) -> Case:
        reason = request.POST.get("reason", "")
        return checked(
            seen,
            lambda: correct_result(
                page.case.id, reason=reason, answers=seen.answers, by=request.actor, at=request.at, seen=revision
            ),
        )

    def more(page: CasePage, _typed: Mapping[str, Any]) -> Mapping[str, Any]:
        return shown(seen, page, request)

    return answer(request, code, "correct_result", act, more=more, fields={ReasonMissing: "reason"}, stay=seen.stay)
