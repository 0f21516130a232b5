from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.cases.actions.add_file import NotNow, check_may_change
from camaug.cases.queries import case_page
from camaug.cases.queries.joining import joinable
from camaug.cases.web.page_order import joined_by, laid_out, limits_of_joining
from camaug.kernel.pages import Request, staff


@staff
def joining(request: Request, code: str, paper: str) -> HttpResponseBase:
    """The pictures given for a paper, in the order of the pages. POST moves one; with `join` makes one PDF of them."""
    page = case_page(code, request.actor, at=request.at)
    found = joinable(page.case.id, paper, request.actor)
    try:
        check_may_change(page.case, request.actor)
    except NotNow as no:
        messages.warning(request, str(no))
        return redirect("cases:paper", code, paper)
    wrong = joined_by(request, found) if "join" in request.POST else ""
    if "join" in request.POST and not wrong:
        messages.success(request, _("The pictures are now one PDF."))
        return redirect("cases:paper", code, paper)
    shown = {
        "page": page,
        "paper": found.paper,
        "order": laid_out(found.pictures, request.POST),
        "limits": limits_of_joining(),
        "errors": {"pages": wrong} if wrong else {},
    }
    return render(request, "cases/desk/joining.html", shown, status=422 if wrong else 200)
