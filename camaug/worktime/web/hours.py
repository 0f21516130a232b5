import re
from datetime import date, time
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request
from camaug.people.queries import directory
from camaug.ui.administration import administrators
from camaug.ui.reading import read_date
from camaug.worktime.actions.declare_day_off import SourceMissing
from camaug.worktime.actions.set_working_hours import WeekUnusable, set_working_hours
from camaug.worktime.calendars import Period, Week
from camaug.worktime.queries import calendar_of
from camaug.worktime.web.units import NoSuchAgency, agency_called

FIELDS: dict[type[DomainError], str] = {SourceMissing: "source", NoSuchAgency: "agency", WeekUnusable: "day-0"}
_PERIOD = re.compile(r"(\d{1,2})[:hg.](\d{2})?\s*[-–]\s*(\d{1,2})[:hg.](\d{2})?", re.ASCII)


@administrators
def hours(request: Request) -> HttpResponseBase:
    """Give an agency its own working hours from a day on; POST does it, and open deadlines are counted anew."""
    if request.method != "POST":
        return _shown(request, {})
    since = read_date(request.POST, "since")
    periods = [read_periods(request.POST.get(f"day-{weekday}", "")) for weekday in range(7)]
    errors = {f"day-{n}": _("Write hours as 07:00-11:00, 13:00-17:00.") for n, day in enumerate(periods) if day is None}
    if since.date is None:
        errors["since"] = since.error or _("Write the day.")
    if not request.POST.get("agency", "").strip():
        errors["agency"] = _("Choose the agency.")
    if errors or since.date is None:
        return _shown(request, errors)
    return _set(request, tuple(day or () for day in periods), since.date)


def read_periods(text: str) -> tuple[Period, ...] | None:
    """ "07:00-11:00, 13:00-17:00" as periods, "" as none; None where it is something else."""
    parts = re.split(r"[,;]", text) if text.strip() else []
    found = [_period(part.strip()) for part in parts]
    return None if None in found else tuple(period for period in found if period)


def _period(text: str) -> Period | None:
    match = _PERIOD.fullmatch(text)
    if match is None:
        return None
    hour, minute, end_hour, end_minute = (int(mark or 0) for mark in match.groups())
    try:
        return time(hour, minute), time(end_hour, end_minute)
    except ValueError:
        return None


def _set(request: Request, week: Week, since: date) -> HttpResponseBase:
    try:
        agency = agency_called(request.POST.get("agency", ""), on=request.at.date())
        if agency is None:
            raise NoSuchAgency(code="")
        source = request.POST.get("source", "").strip()[:300]
        set_working_hours(agency.id, week=week, valid_from=since, source=source, by=request.actor, at=request.at)
    except DomainError as no:
        return _shown(request, {FIELDS.get(type(no), ""): str(no)})
    messages.success(request, _("The hours are set. Open deadlines that they touch are being counted anew."))
    return redirect(f"{reverse('worktime:calendar')}?{urlencode({'agency': agency.code})}")


def _shown(request: Request, errors: dict[str, str]) -> HttpResponse:
    typed, on = request.POST if request.method == "POST" else request.GET, request.at.date()
    try:
        agency = agency_called(typed.get("agency", ""), on=on)
    except NoSuchAgency:
        agency = None
    now = _texts(agency.id if agency else None, on)
    names = [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")]
    days = [
        {
            "name": f"day-{n}",
            "label": name,
            "value": typed.get(f"day-{n}", now[n]),
            "error": errors.get(f"day-{n}", ""),
        }
        for n, name in enumerate(names)
    ]
    shown = {
        "errors": errors,
        "typed": typed,
        "agency": agency,
        "since": read_date(typed, "since"),
        "days": days,
        "agencies": directory(on),
    }
    return render(request, "worktime/hours.html", shown, status=422 if errors else 200)


def _texts(unit_id: UUID | None, on: date) -> list[str]:
    week = calendar_of(unit_id, at=on).week_of(on)
    return [", ".join(f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in periods) for periods in week]
