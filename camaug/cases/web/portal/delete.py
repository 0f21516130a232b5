from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.cases.actions.discard import discard
from camaug.cases.queries import Draft
from camaug.cases.web.portal import walk
from camaug.catalogue.forms.wording import told
from camaug.kernel.pages import Request


@walk.drafted
def delete(request: Request, draft: Draft) -> HttpResponseBase:
    """Throw the draft away. GET asks first."""
    if request.method != "POST":
        shown = {
            "procedure": told(draft.definition, "plain_name"),
            "saved_at": draft.case.saved_at,
            "back": walk.href(draft, "go_on"),
        }
        return render(request, "cases/portal/delete.html", shown)
    discard(draft.case.id, by=request.actor, at=request.at)
    messages.success(request, _("The unfinished application was thrown away."))
    return redirect("citizen:my_cases")
