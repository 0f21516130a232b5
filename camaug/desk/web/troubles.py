from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from camaug.kernel.pages import Request
from camaug.kernel.patience import TroubleView, troubles, try_again
from camaug.kernel.policy import TRY_AGAIN
from camaug.ui.administration import operators, watchers

WORK = {
    "people.carry_import": gettext_lazy("Import of a table"),
    "cases.work_batch": gettext_lazy("Work for many cases"),
    "gateway.replay": gettext_lazy("Telling cases again"),
    "gateway.send_due": gettext_lazy("Messages to the national portal"),
    "access.close_idle": gettext_lazy("Closing of accounts that nobody uses"),
    "access.review": gettext_lazy("Reviews of access"),
    "access.carry_round": gettext_lazy("Invitations of officers"),
    "notify.deliver_due": gettext_lazy("Messages to citizens and officers"),
    "cases.recount_deadlines": gettext_lazy("Deadlines after a change of the calendar"),
    "cases.watch": gettext_lazy("Reminders of deadlines"),
    "cases.note_silence": gettext_lazy("What follows when nobody answers"),
    "postal.tell_carrier": gettext_lazy("Orders to the post"),
    "postal.track_due": gettext_lazy("Whereabouts of parcels"),
    "audit.seal": gettext_lazy("Sealing of the history"),
    "cases.erase_old": gettext_lazy("Erasing what has outlived its term"),
    "access.end_expired": gettext_lazy("Clearing sessions away that ran out"),
    "signon.send_logouts": gettext_lazy("Telling systems of sign-outs"),
    "kernel.sweep_files": gettext_lazy("Taking files out that nobody needs any more"),
    "cases.scan_files": gettext_lazy("Search for viruses"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """Work that fails, with its name in words (its own name where it has none)."""

    view: TroubleView
    label: object


@watchers
def all_troubles(request: Request) -> HttpResponse:
    """What the worker fails at, what rests first."""
    rows = [Row(view, WORK.get(view.job, view.job)) for view in troubles()]
    return render(request, "desk/troubles.html", {"rows": rows, "may_try": TRY_AGAIN.allows(request.actor, None)})


@operators
def retrial(request: Request, trouble_id: UUID) -> HttpResponseBase:
    """POST has it tried again with the worker's next turn."""
    if request.method == "POST":
        try_again(trouble_id, by=request.actor, at=request.at)
        messages.success(request, _("It is tried again within a minute."))
    return redirect("desk:troubles")
