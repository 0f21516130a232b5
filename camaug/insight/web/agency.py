from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page

from camaug.insight import section
from camaug.insight.web.showing import asked_period, frame
from camaug.kernel.pages import Request, public
from camaug.people.queries import directory


@public
@gzip_page
def agency(request: Request, code: str) -> HttpResponse:
    """One agency in a period: the cases that it decides, by field and procedure, and the agencies that belong to it."""
    period = asked_period(request)
    known = directory(min(period.last, request.at.date()))
    here = known.by_code(code)
    shown = frame(request, period, section.of_agency(here, period, request.at), agency=code)
    above = [one for one in reversed(known.above(here.id)) if one.level != "CENTRAL"]
    return render(request, "insight/agency.html", {**shown, "agency": here, "above": above})
