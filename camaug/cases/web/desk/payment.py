from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from camaug.cases.actions.confirm_payment import UnknownWay, confirm_payment
from camaug.cases.models import Case, PaymentWay
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.moving import answer
from camaug.kernel.pages import Request, staff


@staff
def payment(request: Request, code: str) -> HttpResponseBase:
    """Confirm that the money came in at the counter."""

    def act(page: CasePage, seen: int) -> Case:
        way = request.POST.get("way", "")
        return confirm_payment(page.case.id, way=way, by=request.actor, at=request.at, seen=seen)

    return answer(request, code, "confirm_payment", act, more=ways, fields={UnknownWay: "way"})


def ways(_page: CasePage, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    """How money is taken."""
    options = [
        {"value": PaymentWay.CASH, "label": _("In cash")},
        {"value": PaymentWay.TRANSFER, "label": _("By transfer")},
    ]
    return {"ways": options, "paid_by": typed.get("way") or PaymentWay.CASH}
