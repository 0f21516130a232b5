"""The systems that know somebody, as he sees and ends it himself."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.access.web.frame import frame_of
from camaug.kernel.errors import NotFound
from camaug.kernel.ids import read_id
from camaug.kernel.pages import Request, signed_in
from camaug.signon.actions.withdraw import withdraw
from camaug.signon.queries import known_by


@signed_in
def mine(request: Request) -> HttpResponseBase:
    """GET shows them; POST takes back what the named `system` was allowed."""
    account_id = request.actor.account_id
    if account_id is None:
        raise NotFound
    if request.method == "POST":
        system_id = read_id(request.POST.get("system", ""))
        if system_id is None:
            raise NotFound
        withdraw(system_id, by=request.actor, at=request.at)
        messages.success(request, _("It is signed out, and may ask nothing more about you."))
        return redirect("signon:mine")
    told = {"layout": frame_of(request), "systems": known_by(account_id, at=request.at)}
    return render(request, "signon/mine.html", told)
