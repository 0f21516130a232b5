from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase

from camaug.cases.actions.reopen import NotAStepOfWork, reopen, steps_of_work
from camaug.cases.models import Case
from camaug.cases.moves import ReasonMissing
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.hand_over import options
from camaug.cases.web.desk.moving import answer
from camaug.kernel.pages import Request, fresh, staff


@fresh
@staff
def reopening(request: Request, code: str) -> HttpResponseBase:
    """Have a case that has ended go on."""

    def act(page: CasePage, seen: int) -> Case:
        reason, to = request.POST.get("reason", ""), request.POST.get("to") or None
        return reopen(page.case.id, reason=reason, to=to, by=request.actor, at=request.at, seen=seen)

    return answer(request, code, "reopen", act, more=_where, fields={ReasonMissing: "reason", NotAStepOfWork: "to"})


def _where(page: CasePage, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    steps = steps_of_work(page.definition.process) if page.case.is_received() else ()
    return {"steps": options(list(steps)), "to": typed.get("to") or (steps[0].id if steps else "")}
