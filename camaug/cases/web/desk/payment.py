from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from camaug.cases.actions.confirm_payment import ProofMissing, UnknownWay, confirm_payment
from camaug.cases.models import Case, PaymentKind, PaymentWay
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.moving import answer
from camaug.cases.web.desk.sums import entered_sums, open_sums
from camaug.kernel.pages import Request, staff


@staff
def payment(request: Request, code: str) -> HttpResponseBase:
    """Confirm that the money came in at the counter."""

    def act(page: CasePage, seen: int) -> Case:
        way, document = request.POST.get("way", ""), request.POST.get("document", "")
        sums = entered_sums(page.definition, request.POST)
        return confirm_payment(
            page.case.id, way=way, document=document, sums=sums, by=request.actor, at=request.at, seen=seen
        )

    fields = {UnknownWay: "way", ProofMissing: "document"}
    return answer(request, code, "confirm_payment", act, more=ways, fields=fields)


def ways(page: CasePage, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    """How money is taken: a fee at the counter; a duty goes to the State's treasury, and its proof comes here."""
    if page.debt is not None and page.debt.kind == PaymentKind.DUTY:
        return {"ways": [], "sums": (), "paid_by": PaymentWay.TREASURY}
    options = [
        {"value": PaymentWay.CASH, "label": _("In cash")},
        {"value": PaymentWay.TRANSFER, "label": _("By transfer")},
    ]
    sums = open_sums(page.dues.items, typed)
    return {"ways": options, "sums": sums, "paid_by": typed.get("way") or PaymentWay.CASH}
