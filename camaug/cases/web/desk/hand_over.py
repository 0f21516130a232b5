from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import get_language

from camaug.cases.actions.hand_over import hand_over as pass_on
from camaug.cases.models import Case
from camaug.cases.queries import CasePage
from camaug.cases.routing import NoSuchStep
from camaug.cases.web.desk.moving import answer
from camaug.catalogue.definition.process import Step
from camaug.catalogue.forms.wording import said
from camaug.kernel.pages import Request, staff


@staff
def hand_over(request: Request, code: str) -> HttpResponseBase:
    """Pass the case on to a following step."""

    def act(page: CasePage, seen: int) -> Case:
        to, note = request.POST.get("to") or None, request.POST.get("note", "")
        return pass_on(page.case.id, by=request.actor, at=request.at, seen=seen, to=to, note=note)

    return answer(request, code, "hand_over", act, more=following, fields={NoSuchStep: "to"})


def following(page: CasePage, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    """The steps that may follow; the usual one is chosen beforehand."""
    steps = [page.definition.process.step(step) for step in page.step.next]
    return {"steps": options(steps), "to": typed.get("to") or (steps[0].id if steps else "")}


def options(steps: list[Step]) -> list[dict[str, str]]:
    """Steps as choices."""
    return [{"value": step.id, "label": said(step, "name", get_language())} for step in steps]
