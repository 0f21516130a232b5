from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase

from camaug.cases.actions.suspend import DocumentMissing, NotAGround, suspend
from camaug.cases.lifecycle import OTHER_STOPS
from camaug.cases.models import Case
from camaug.cases.moves import ReasonMissing
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.moving import answer
from camaug.kernel.pages import Request, staff
from camaug.worktime.queries import stop_grounds

FIELDS = {NotAGround: "ground", DocumentMissing: "document", ReasonMissing: "reason"}


@staff
def suspension(request: Request, code: str) -> HttpResponseBase:
    """Let the clock stand still on a ground that the law names."""

    def act(page: CasePage, seen: int) -> Case:
        typed = {name: request.POST.get(name, "") for name in ("ground", "document", "reason")}
        return suspend(page.case.id, **typed, by=request.actor, at=request.at, seen=seen)

    def grounds(_page: CasePage, typed: Mapping[str, Any]) -> Mapping[str, Any]:
        lawful = [one for one in stop_grounds(on=request.at.date()) if one.code not in OTHER_STOPS]
        options = [{"value": one.code, "label": one.name} for one in lawful]
        return {"grounds": options, "ground": typed.get("ground") or (lawful[0].code if len(lawful) == 1 else "")}

    return answer(request, code, "suspend", act, more=grounds, fields=FIELDS)
