"""The applicant withdraws a case that is not decided yet, or lets it go on after all."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.cases.actions.ask_withdrawal import ask_withdrawal
from camaug.cases.actions.drop_withdrawal import drop_withdrawal
from camaug.cases.lifecycle import State
from camaug.cases.moves import ReasonMissing
from camaug.cases.queries import Progress, progress_of
from camaug.catalogue.forms.wording import told
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, members


@members
def withdrawal(request: Request, case: UUID) -> HttpResponseBase:
    """Ask to end one's own case, saying why."""
    seen = progress_of(case, request.actor, at=request.at)
    if request.method != "POST":
        return _shown(request, seen, "withdrawal") if seen.may_be_withdrawn else redirect("citizen:my_case", case)
    try:
        reason = request.POST.get("reason", "")[:4000]
        ask_withdrawal(case, reason=reason, by=request.actor, at=request.at, seen=_revision(request))
    except DomainError as no:
        field = "reason" if isinstance(no, ReasonMissing) else ""
        return _shown(request, seen, "withdrawal", {field: str(no)}, reason)
    messages.success(request, _("Sent. The office ends the case and sends you a notice."))
    return redirect("citizen:my_case", case)


@members
def continuation(request: Request, case: UUID) -> HttpResponseBase:
    """Let the case go on after all, as long as it has not been stopped."""
    seen = progress_of(case, request.actor, at=request.at)
    if request.method != "POST":
        asked = seen.state == State.WITHDRAWAL_ASKED
        return _shown(request, seen, "continuation") if asked else redirect("citizen:my_case", case)
    try:
        drop_withdrawal(case, by=request.actor, at=request.at, seen=_revision(request))
    except DomainError as no:
        return _shown(request, seen, "continuation", {"": str(no)})
    messages.success(request, _("Your case goes on where it stood."))
    return redirect("citizen:my_case", case)


def _revision(request: Request) -> int | None:
    typed = request.POST.get("seen", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 10 else None


def _shown(
    request: Request, seen: Progress, page: str, errors: dict[str, str] | None = None, reason: str = ""
) -> HttpResponse:
    shown = {
        "case": seen.case,
        "procedure": told(seen.definition, "plain_name"),
        "office": seen.receiving.name,
        "paid": any(payment.state == "PAID" for payment in seen.payments),
        "back": reverse("citizen:my_case", args=[seen.case.id]),
        "errors": errors or {},
        "reason": reason,
    }
    return render(request, f"cases/portal/{page}.html", shown, status=422 if errors else 200)
