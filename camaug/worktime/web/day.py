from urllib.parse import urlencode

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
from camaug.worktime.actions.declare_day_off import OccasionMissing, SourceMissing, SwappedWithItself, declare_day_off
from camaug.worktime.models import DayKind
from camaug.worktime.queries import open_questions
from camaug.worktime.web.units import NoSuchAgency, agency_called

FIELDS: dict[type[DomainError], str] = {
    OccasionMissing: "occasion",
    SourceMissing: "source",
    SwappedWithItself: "swapped",
    NoSuchAgency: "agency",
}


@administrators
def day(request: Request) -> HttpResponseBase:
    """Declare a day off, or a swapped day; POST does it, and open deadlines are counted anew."""
    if request.method != "POST":
        return _shown(request, {})
    chosen, other = read_date(request.POST, "day"), read_date(request.POST, "swapped")
    errors = {"day": chosen.error, "swapped": other.error}
    if not chosen:
        errors["day"] = _("Write the day.")
    errors = {name: words for name, words in errors.items() if words}
    if errors or chosen.date is None:
        return _shown(request, errors)
    try:
        agency = agency_called(request.POST.get("agency", ""), on=request.at.date())
        declare_day_off(
            chosen.date,
            name=request.POST.get("occasion", "").strip()[:120],
            source=request.POST.get("source", "").strip()[:300],
            unit_id=agency.id if agency else None,
            kind=DayKind.WORKED if request.POST.get("kind") == DayKind.WORKED else DayKind.OFF,
            swapped_with=other.date,
            settles=request.POST.get("settles", ""),
            by=request.actor,
            at=request.at,
        )
    except DomainError as no:
        return _shown(request, {FIELDS.get(type(no), ""): str(no)})
    messages.success(request, _("The day is declared. Open deadlines that it touches are being counted anew."))
    place = {"year": chosen.date.year, **({"agency": agency.code} if agency else {})}
    return redirect(f"{reverse('worktime:calendar')}?{urlencode(place)}")


def _shown(request: Request, errors: dict[str, str]) -> HttpResponse:
    typed = request.POST if request.method == "POST" else request.GET
    shown = {
        "errors": errors,
        "typed": typed,
        "day": read_date(typed, "day"),
        "swapped": read_date(typed, "swapped"),
        "agencies": directory(request.at.date()),
        "kinds": [
            {"value": DayKind.OFF, "label": _("Off, though its weekday is worked")},
            {"value": DayKind.WORKED, "label": _("Worked, though its weekday is off")},
        ],
        "kind": typed.get("kind", DayKind.OFF),
        "questions": [{"value": one.code, "label": one.question} for one in open_questions()],
    }
    return render(request, "worktime/day.html", shown, status=422 if errors else 200)
