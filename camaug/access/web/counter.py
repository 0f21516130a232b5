"""A citizen who has lost his second factor stands at the counter."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.access.actions.count_attempt import TooManyAttempts
from camaug.access.actions.reopen_account import WhyMissing
from camaug.access.actions.reset_factors_at_counter import PaperNotSeen, reset_factors_at_counter
from camaug.access.policy import HELP_AT_COUNTER
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, fresh, staff

_FIELDS: dict[type[DomainError], str] = {PaperNotSeen: "seen", WhyMissing: "reason", TooManyAttempts: ""}


@fresh
@staff(may=HELP_AT_COUNTER.code)
def counter(request: Request) -> HttpResponseBase:
    """GET asks who it is and whether the identity paper was seen; POST takes the second factors away."""
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            reset_factors_at_counter(
                request.POST.get("number", "")[:30],
                paper_seen="seen" in request.POST,
                reason=request.POST.get("reason", ""),
                by=request.actor,
                at=request.at,
            )
        except DomainError as no:
            errors = {_FIELDS.get(type(no), "number"): str(no)}
        else:
            messages.success(
                request, _("The second factors are gone and all sessions have ended. The citizen is told at once.")
            )
            return redirect("access:counter_factors")
    told = {
        "errors": errors,
        "number": request.POST.get("number", ""),
        "reason": request.POST.get("reason", ""),
        "seen": "seen" in request.POST,
    }
    return render(request, "access/counter.html", told, status=422 if errors else 200)
