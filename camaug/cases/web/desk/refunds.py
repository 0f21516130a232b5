"""The refunds of a one-stop counter: what is to be paid back, and what was."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from camaug.cases.actions.note_reading import note_list_read
from camaug.cases.lifecycle import RefundState
from camaug.cases.models import RefundReason
from camaug.cases.queries.refunds import refund_totals, refunds_of
from camaug.cases.web.desk.intake_place import till_of
from camaug.kernel.pages import Request, staff

PAY_BACK = "cases.pay_back"
REASONS: dict[str, object] = {
    RefundReason.LESS_DUE: _("less is due than was paid"),
    RefundReason.DENIED: _("the application was denied"),
    RefundReason.REFUSED: _("the application was not accepted"),
    RefundReason.STOPPED: _("the case was stopped"),
}
TABS = {RefundState.OWED: _("To be paid back"), RefundState.PAID_BACK: _("Paid back")}


@staff(may=PAY_BACK)
def refunds(request: Request) -> HttpResponse:
    """What is owed back, the oldest first; `?state=PAID_BACK` what was paid back."""
    till = till_of(request)
    paid = request.GET.get("state", "") == RefundState.PAID_BACK
    state = RefundState.PAID_BACK if paid else RefundState.OWED
    page = refunds_of(till.agency.id, state, token=request.GET.get("place", ""))
    note_list_read("refunds", {"agency": till.agency.code, "state": state}, by=request.actor, at=request.at)
    query = {**till.query, **({"state": state} if paid else {})}
    totals = refund_totals(till.agency.id)
    shown = {
        "till": till,
        "agencies": [{"value": str(one.id), "label": one.name} for one in till.agencies],
        "paid": paid,
        "rows": [(row, REASONS[row.reason]) for row in page.rows],
        "tabs": [
            {
                "href": f"?{urlencode({**till.query, 'state': one})}",
                "label": label,
                "count": totals[one].count,
                "current": one == state,
            }
            for one, label in TABS.items()
        ],
        "total": totals[state].amount,
        "newer": f"?{urlencode({**query, 'place': page.newer})}" if page.newer else "",
        "older": f"?{urlencode({**query, 'place': page.older})}" if page.older else "",
        "now": request.at,
    }
    return render(request, "cases/desk/refunds.html", shown)
