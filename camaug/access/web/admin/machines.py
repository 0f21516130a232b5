"""The registry of programs' accounts: technical and service ones."""

from collections.abc import Mapping
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.access.actions.close_account import close_account
from camaug.access.actions.issue_token import LONGEST_DAYS
from camaug.access.actions.open_machine_account import Machine, open_machine_account
from camaug.access.actions.rotate_machine_token import rotate_machine_token
from camaug.access.models import AccountKind
from camaug.access.queries.machines import machines
from camaug.kernel.errors import InvalidInput, NotFound
from camaug.kernel.ids import read_id
from camaug.kernel.pages import Request, fresh
from camaug.ui.administration import administrators

FIELDS = ("kind", "name", "purpose", "owner", "client", "days")
_LONGEST, _USUAL_DAYS = 300, "180"


@fresh
@administrators
def registry(request: Request) -> HttpResponseBase:
    """All of them; POST opens one, renews a token, or closes one. A token is shown this once."""
    if "close" in request.POST:
        close_account(_known(request, "close"), by=request.actor, at=request.at)
        messages.success(request, _("The account is closed; its token opens nothing any more."))
        return redirect("access:machines")
    if "renew" in request.POST:
        issued = rotate_machine_token(_known(request, "renew"), by=request.actor, at=request.at)
        return _page(request, secret=issued.secret)
    if request.method != "POST":
        return _page(request)
    typed = {name: request.POST.get(name, "")[:_LONGEST] for name in FIELDS}
    days = int(typed["days"]) if typed["days"].isascii() and typed["days"].isdigit() else 0
    try:
        issued = open_machine_account(Machine(**{**typed, "days": days}), by=request.actor, at=request.at)  # type: ignore[arg-type]
    except InvalidInput as no:
        return _page(request, typed=typed, errors=no.errors)
    return _page(request, secret=issued.secret)


def _known(request: Request, what: str) -> UUID:
    wanted = read_id(request.POST[what])
    if wanted is None or wanted not in {one.id for one in machines(at=request.at)}:
        raise NotFound
    return wanted


def _page(
    request: Request,
    *,
    typed: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    secret: str = "",
) -> HttpResponse:
    wrong = errors or {}
    told = {
        "machines": machines(at=request.at),
        "typed": {"days": _USUAL_DAYS, "kind": AccountKind.SERVICE, **(typed or {})},
        "errors": wrong,
        "wrong": {name: wrong.get(name, "") for name in FIELDS},
        "secret": secret,
        "longest": LONGEST_DAYS,
        "kinds": [
            {"value": AccountKind.SERVICE, "label": _("Service"), "hint": _("A program of the province's own.")},
            {
                "value": AccountKind.TECHNICAL,
                "label": _("Technical"),
                "hint": _("Joins one client system to this one."),
            },
        ],
    }
    return render(request, "access/admin/machines.html", told, status=422 if wrong else 200)
