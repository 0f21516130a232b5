from uuid import UUID

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request
from camaug.people.queries import directory
from camaug.ui.administration import administrators
from camaug.worktime.actions.withdraw_day_off import withdraw_day_off
from camaug.worktime.queries import declared_day


@administrators
def withdrawal(request: Request, day_id: UUID) -> HttpResponseBase:
    """Take a declared day back, with the reason; open deadlines are counted anew."""
    day, errors = declared_day(day_id), dict[str, str]()
    agency = directory(request.at.date()).get(day.unit_id) if day.unit_id else None
    back = f"{reverse('worktime:calendar')}?year={day.day.year}" + (f"&agency={agency.code}" if agency else "")
    if request.method == "POST":
        try:
            withdraw_day_off(
                day.id, reason=request.POST.get("reason", "").strip()[:300], by=request.actor, at=request.at
            )
        except DomainError as no:
            errors = {"reason": str(no)}
        else:
            messages.success(
                request, _("The day is taken back. Open deadlines that it touches are being counted anew.")
            )
            return redirect(back)
    shown = {"day": day, "agency": agency, "back": back, "errors": errors, "reason": request.POST.get("reason", "")}
    return render(request, "worktime/withdrawal.html", shown, status=422 if errors else 200)
