from datetime import date

from django.http import HttpResponse
from django.shortcuts import render

from camaug.kernel.pages import Request
from camaug.people.queries import directory
from camaug.ui.administration import administrators
from camaug.worktime.history import history, week_words
from camaug.worktime.queries import own_weeks, special_days, uncertainties
from camaug.worktime.web.units import NoSuchAgency, agency_called


@administrators
def calendar(request: Request) -> HttpResponse:
    """A year of the province's calendar or an agency's: days off and swapped, open questions, hours, changes."""
    on, errors = request.at.date(), dict[str, str]()
    try:
        agency = agency_called(request.GET.get("agency", ""), on=on)
    except NoSuchAgency as no:
        agency, errors = None, {"agency": str(no)}
    year = _year(request.GET.get("year", ""), on)
    unit_id = agency.id if agency else None
    shown = {
        "agency": agency,
        "asked": request.GET.get("agency", ""),
        "agencies": directory(on),
        "errors": errors,
        "year": year,
        "years": [year - 1, year, year + 1],
        "days": special_days(date(year, 1, 1), date(year + 1, 1, 1), unit_id=unit_id),
        "unit_id": unit_id,
        "questions": uncertainties(date(year, 1, 1), date(year + 1, 1, 1)),
        "weeks": [(own.valid_from, week_words(own.week), own.source) for own in own_weeks(unit_id)],
        "changes": history(unit_id, token=request.GET.get("from", "")),
        "today": on,
    }
    return render(request, "worktime/calendar.html", shown, status=422 if errors else 200)


def _year(text: str, today: date) -> int:
    wanted = int(text) if text.isascii() and text.isdigit() and len(text) == 4 else today.year
    return wanted if 1990 <= wanted <= 2200 else today.year
