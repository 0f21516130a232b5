from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from camaug.cases.actions.answer import AmountMissing, Answer, AnswerMissing
from camaug.cases.actions.answer import answer as give_answer
from camaug.cases.models import Case, Verdict
from camaug.cases.queries import CasePage, ConsultationView
from camaug.cases.web.desk import moving
from camaug.kernel.errors import NotFound
from camaug.kernel.files.limits import ACCEPT, LIMITS
from camaug.kernel.files.refusals import FileRefused
from camaug.kernel.ids import read_id
from camaug.kernel.pages import Request, staff
from camaug.ui.reading import read_money


@staff
def answer(request: Request, code: str) -> HttpResponseBase:
    """Answer the question that another agency asked the officer's own."""

    def act(page: CasePage, _seen: int) -> Case:
        asked = _chosen(page, request.POST)
        if asked is None:
            raise NotFound
        file = request.FILES.get("file")
        said = Answer(
            verdict=request.POST.get("verdict", ""),
            text=request.POST.get("answer", ""),
            amount=read_money(request.POST.get("amount", "")),
            content=file.read() if file else b"",
            file_name=(file.name or "") if file else "",
        )
        return give_answer(page.case.id, asked.row.id, said, by=request.actor, at=request.at)

    fields = {AnswerMissing: "answer", AmountMissing: "amount", FileRefused: "file"}
    return moving.answer(request, code, "answer", act, more=_shown, fields=fields)


def _chosen(page: CasePage, typed: Mapping[str, Any]) -> ConsultationView | None:
    """The question meant; the only one where there is one."""
    mine = [view for view in page.consultations if view.mine]
    wanted = read_id(str(typed.get("consultation", "")))
    if wanted is None and len(mine) == 1:
        return mine[0]
    return next((view for view in page.consultations if view.row.id == wanted), None)


def _shown(page: CasePage, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    mine = [view for view in page.consultations if view.mine]
    chosen = _chosen(page, typed) or (mine[0] if mine else None)
    return {
        "asked": chosen,
        "others": [view for view in mine if view is not chosen],
        "verdicts": [
            {"value": Verdict.AGREES, "label": _("We agree")},
            {"value": Verdict.AGREES_IF, "label": _("We agree, on the conditions written below")},
            {"value": Verdict.DISAGREES, "label": _("We do not agree")},
            {"value": Verdict.INFORMS, "label": _("We only inform")},
        ],
        "verdict": typed.get("verdict") or (Verdict.INFORMS if chosen and chosen.row.duty else ""),
        "accept": ACCEPT,
        "megabytes": LIMITS.megabytes,
    }
