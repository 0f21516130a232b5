import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from camaug.gateway.actions.read_catalogue import read_catalogue
from camaug.gateway.actions.replay import begin_replay, replay_case
from camaug.gateway.actions.resend import resend
from camaug.gateway.lifecycle import ShipmentState
from camaug.gateway.national.choice import is_set_up
from camaug.gateway.policy import RESEND
from camaug.gateway.queries import (
    ShipmentView,
    catalogue_read_at,
    differences,
    differing_agencies,
    differing_fields,
    replays_under_way,
    shipment,
    shipments,
    unsent,
)
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.pages import Request
from camaug.kernel.sought import Sought
from camaug.ui.administration import administrators, is_administrator, operators, watchers

LABELS = {
    ShipmentState.WAITING: gettext_lazy("Waiting to be sent"),
    ShipmentState.SENT: gettext_lazy("Taken"),
    ShipmentState.FAILED: gettext_lazy("Tried again later"),
    ShipmentState.GIVEN_UP: gettext_lazy("Not taken"),
}
TONES = {
    ShipmentState.WAITING: "plain",
    ShipmentState.SENT: "done",
    ShipmentState.FAILED: "waiting",
    ShipmentState.GIVEN_UP: "late",
}


PERSONAL = {
    "ChuHoSo", "SoGiayToChuHoSo", "MaDoiTuong", "Email", "SoDienThoai", "ThongTinTra", "TenTepDinhKem", "NoiDungBoSung",
    "ThongTinTiepNhan",
}  # fmt: skip
"""An administrator looks after the exchange, and reads no one's details by doing so."""

CODE = Sought("gateway.shipments", field="code", beside=("state",))

COMPARED = (
    (gettext_lazy("Procedures"), differences),
    (gettext_lazy("Fields of work"), differing_fields),
    (gettext_lazy("Agencies"), differing_agencies),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A message in the list, with its state in words."""

    view: ShipmentView
    label: Any
    tone: str


@watchers
def all_shipments(request: Request) -> HttpResponseBase:
    """The messages to the national portal, the latest first; filters by state and case."""
    if onward := CODE.onward(request):
        return onward
    state, code = request.GET.get("state", ""), CODE.read(request)
    state = state if state in ShipmentState else ""
    page = shipments(state=state, code=code.text, token=request.GET.get("from", ""))
    asked = ({"state": state} if state else {}) | code.query
    shown = {
        "set_up": is_set_up(),
        "operates": RESEND.allows(request.actor, None),
        "administers": is_administrator(request.actor),
        "replays": replays_under_way(),
        "rows": [Row(view, LABELS[ShipmentState(view.state)], TONES[ShipmentState(view.state)]) for view in page.rows],
        "asked": asked,
        "code": code.text,
        "states": [{"value": value, "label": label} for value, label in LABELS.items()],
        "unsent": [(LABELS[ShipmentState(key)], number, key) for key, number in sorted(unsent().items())],
        **_around(page.older, page.newer, asked),
    }
    return render(request, "gateway/shipments.html", shown)


@watchers
def one_shipment(request: Request, shipment_id: UUID) -> HttpResponse:
    """One message: why it was not taken, and, for administrators, what was sent; operators read nothing of cases."""
    return shown_shipment(request, shipment(shipment_id))


def shown_shipment(request: Request, view: ShipmentView, **more: Any) -> HttpResponse:
    """The page of one message, with `more` of what its template shows."""
    administers, state = is_administrator(request.actor), ShipmentState(view.state)
    told = administers and view.data is not None
    shown = {
        "view": view,
        "administers": administers,
        "data": json.dumps(_masked(view.data), ensure_ascii=False, indent=2) if told else "",
        "label": LABELS[state],
        "tone": TONES[state],
        "set_up": is_set_up(),
        "may_send": is_set_up() and view.may_be_resent and RESEND.allows(request.actor, None),
    }
    return render(request, "gateway/shipment.html", shown | more)


@operators
def resending(request: Request, shipment_id: UUID) -> HttpResponseBase:
    """POST has the message sent once more."""
    if request.method == "POST":
        resend(shipment_id, by=request.actor, at=request.at)
        messages.success(request, _("The message is sent again, with the case as it stands now."))
    return redirect("national:shipment", shipment_id)


@operators
def replaying(request: Request) -> HttpResponseBase:
    """Have all cases told again that changed since a day, or one case."""
    typed = {"since": request.POST.get("since", ""), "code": request.POST.get("code", "").strip()}
    errors = dict[str, str]()
    if request.method == "POST":
        errors = _replayed(request, typed)
        if not errors:
            return redirect("national:shipments")
    return render(request, "gateway/replay.html", {"typed": typed, "errors": errors}, status=422 if errors else 200)


def _replayed(request: Request, typed: dict[str, str]) -> dict[str, str]:
    """Sentences by field; empty where it was done."""
    if typed["code"]:
        try:
            replay_case(typed["code"], by=request.actor, at=request.at)
        except NotFound:
            return {"code": _("There is no case with this code.")}
        messages.success(request, _("The case is told again."))
        return {}
    since = _day(typed["since"])
    if since is None:
        return {"since": _("Type a day, for example 1/11/2026, or the code of a case.")}
    begin_replay(since, by=request.actor, at=request.at)
    messages.success(request, _("The cases are told again, some at a time; this page says how far it is."))
    return {}


def _day(text: str) -> datetime | None:
    for form in ("%d/%m/%Y", "%Y-%m-%d"):
        try:
            return datetime.strptime(text.strip(), form).replace(tzinfo=LOCAL)
        except ValueError:
            continue
    return None


@administrators
def catalogue(request: Request) -> HttpResponseBase:
    """How the national catalogue differs from ours; POST reads it anew."""
    if request.method == "POST":
        try:
            changed = read_catalogue(by=request.actor, at=request.at)
        except DomainError as no:
            messages.error(request, str(no))
        else:
            told = ngettext(
                "Read. {number} procedure changed there.", "Read. {number} procedures changed there.", changed
            )
            messages.success(request, told.format(number=changed))
        return redirect("national:catalogue")
    read_at, on = catalogue_read_at(), request.at.astimezone(LOCAL).date()
    compared = [(title, list(differing(on)) if read_at else []) for title, differing in COMPARED]
    shown = {"set_up": is_set_up(), "read_at": read_at, "compared": compared}
    return render(request, "gateway/catalogue.html", shown)


def _masked(data: Any) -> Any:
    if isinstance(data, list):
        return [_masked(one) for one in data]
    if isinstance(data, dict):
        return {key: "•••" if key in PERSONAL and value else _masked(value) for key, value in data.items()}
    return data


def _around(older: str, newer: str, asked: dict[str, str]) -> dict[str, str]:
    return {
        name: f"?{urlencode({**asked, 'from': token})}" if token else ""
        for name, token in (("older", older), ("newer", newer))
    }
