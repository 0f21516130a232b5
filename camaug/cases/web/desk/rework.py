from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase

from camaug.cases.actions.send_back import send_back
from camaug.cases.models import Case
from camaug.cases.moves import ReasonMissing
from camaug.cases.queries import CasePage
from camaug.cases.routing import NoSuchStep
from camaug.cases.web.desk.hand_over import options
from camaug.cases.web.desk.moving import answer
from camaug.kernel.pages import Request, staff


@staff
def rework(request: Request, code: str) -> HttpResponseBase:
    """Give the case back to an earlier step."""

    def act(page: CasePage, seen: int) -> Case:
        reason, to = request.POST.get("reason", ""), request.POST.get("to") or None
        return send_back(page.case.id, reason=reason, by=request.actor, at=request.at, seen=seen, to=to)

    return answer(request, code, "send_back", act, more=_leading, fields={ReasonMissing: "reason", NoSuchStep: "to"})


def _leading(page: CasePage, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    process = page.definition.process
    steps = [process.step(step) for step in process.back_from(page.step.id)]
    return {"steps": options(steps), "to": typed.get("to") or (steps[0].id if steps else "")}
