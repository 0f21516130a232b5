from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.catalogue.actions.change_draft import change_draft
from camaug.catalogue.drafting.edits import Replaced
from camaug.catalogue.drafting.scenarios import read_scenarios, scenarios_said
from camaug.catalogue.queries.editing import draft_of
from camaug.catalogue.web.admin.forms import Refusal, attempt, seen_in
from camaug.kernel.pages import Request
from camaug.ui.administration import administrators


@administrators
def draft_scenarios(request: Request, code: str) -> HttpResponseBase:
    """The cases with which the draft is tried out before it is published, as YAML."""
    page = draft_of(code)
    refusal = None
    if request.method == "POST":

        def act() -> None:
            edit = Replaced(place=("scenarios",), value=read_scenarios(request.POST.get("scenarios", "")))
            change_draft(page.id, edit, seen=seen_in(request.POST), by=request.actor, at=request.at)

        refusal = attempt(act)
        if refusal is None:
            messages.success(request, _("Saved."))
            return redirect("catalogue:draft_scenarios", code)
    no = refusal or Refusal()
    shown = {
        "page": page,
        "text": request.POST.get("scenarios", "") if refusal else scenarios_said(page.content),
        "faults": [fault for fault in page.faults(request.at) if fault.part == "scenarios"],
        "errors": no.errors,
    }
    return render(request, "catalogue/admin/scenarios.html", shown, status=no.status)
