from collections.abc import Mapping
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from camaug.cases.actions.confirm_payment import UnknownWay
from camaug.cases.actions.pay_back import pay_back
from camaug.cases.models import Case, PaymentWay
from camaug.cases.queries import CasePage
from camaug.cases.web.desk.moving import answer
from camaug.cases.web.desk.refunds import REASONS
from camaug.kernel.pages import Request, staff


@staff
def refund(request: Request, code: str) -> HttpResponseBase:
    """Give back what is owed back."""

    def act(page: CasePage, seen: int) -> Case:
        given = request.POST
        return pay_back(
            page.case.id,
            way=given.get("way", ""),
            receiver=given.get("receiver_name", ""),
            number=given.get("receiver_number", ""),
            by=request.actor,
            at=request.at,
            seen=seen,
        )

    return answer(request, code, "pay_back", act, more=_known, fields={UnknownWay: "way"})


def _known(page: CasePage, typed: Mapping[str, Any]) -> Mapping[str, Any]:
    """What is owed back, why and to whom."""
    owed = page.dues.refund
    if owed is None:
        return {}
    options = [
        {"value": PaymentWay.CASH, "label": _("In cash")},
        {"value": PaymentWay.TRANSFER, "label": _("By transfer")},
    ]
    return {
        "refund": owed,
        "why": REASONS[owed.reason],
        "ways": options,
        "paid_by": typed.get("way") or PaymentWay.CASH,
        "receiver_name": typed.get("receiver_name", owed.payee_name),
        "receiver_number": typed.get("receiver_number", owed.payee_number),
    }
