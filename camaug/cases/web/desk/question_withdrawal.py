from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase

from camaug.cases.actions.withdraw_question import withdraw_question
from camaug.cases.models import Case
from camaug.cases.moves import ReasonMissing
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.moving import answer
from camaug.kernel.errors import NotFound
from camaug.kernel.ids import read_id
from camaug.kernel.pages import Request, staff


@staff
def question_withdrawal(request: Request, code: str) -> HttpResponseBase:
    """Take back a question that needs no answer any more."""

    def act(page: CasePage, seen: int) -> Case:
        open_ids = [view.row.id for view in page.consultations if view.open]
        wanted = read_id(request.POST.get("consultation", "")) or (open_ids[0] if len(open_ids) == 1 else None)
        if wanted is None:
            raise NotFound
        reason = request.POST.get("reason", "")
        return withdraw_question(page.case.id, wanted, reason=reason, by=request.actor, at=request.at, seen=seen)

    return answer(request, code, "withdraw_question", act, more=_open, fields={ReasonMissing: "reason"})


def _open(page: CasePage, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    asked = [view for view in page.consultations if view.open]
    return {
        "questions": [
            {"value": str(view.row.id), "label": view.agency, "hint": view.row.name or view.row.question}
            for view in asked
        ],
        "consultation": typed.get("consultation") or (str(asked[0].row.id) if asked else ""),
    }
