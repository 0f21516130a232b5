from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase

from camaug.cases.actions.stop import RefundTooLittle, RefundTooMuch, RefundUnsaid, asked_of, paid_fees, stop
from camaug.cases.lifecycle import STOP_LABELS, STOPPED_ON
from camaug.cases.models import Case
from camaug.cases.moves import ReasonMissing
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.moving import answer
from camaug.kernel.pages import Request, fresh, staff
from camaug.ui.reading import read_money

FIELDS = {ReasonMissing: "reason", RefundUnsaid: "refund", RefundTooMuch: "refund", RefundTooLittle: "refund"}


@fresh
@staff
def stop_notice(request: Request, code: str) -> HttpResponseBase:
    """End the case without a decision, with Form 05."""

    def act(page: CasePage, seen: int) -> Case:
        reason, refund = request.POST.get("reason", ""), read_money(request.POST.get("refund", ""))
        return stop(page.case.id, reason=reason, by=request.actor, at=request.at, seen=seen, refund=refund)

    return answer(request, code, "stop", act, more=_known, fields=FIELDS)


def _known(page: CasePage, _typed: Mapping[str, Any]) -> Mapping[str, Any]:
    ground = STOPPED_ON.get(page.state)
    if ground is None:
        return {}
    since, wish = asked_of(page.case, ground)
    return {"ground": STOP_LABELS[ground], "since": since, "wish": wish, "paid": paid_fees(page.case)}
