from uuid import UUID

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.cases.lifecycle import State
from camaug.cases.queries.joining import joinable
from camaug.cases.web.page_order import joined_by, laid_out, limits_of_joining
from camaug.catalogue.forms.wording import told
from camaug.kernel.pages import Request, members


@members
def joining(request: Request, case: UUID, paper: str) -> HttpResponseBase:
    """The pictures sent for a paper, in the order of the pages. POST moves one; with `join` makes one PDF of them."""
    found = joinable(case, paper, request.actor)
    back = reverse("citizen:papers" if found.case.state == State.DRAFT else "citizen:supplement", args=[case])
    wrong = joined_by(request, found) if "join" in request.POST else ""
    if "join" in request.POST and not wrong:
        messages.success(request, _("Your pictures are now one PDF. Open it to see whether every page can be read."))
        return redirect(back)
    shown = {
        "title": _("Join pictures into one PDF"),
        "procedure": told(found.paper, "name"),
        "back": back,
        "case_id": case,
        "order": laid_out(found.pictures, request.POST),
        "limits": limits_of_joining(),
        "errors": {"pages": wrong} if wrong else {},
    }
    return render(request, "cases/portal/joining.html", shown, status=422 if wrong else 200)
