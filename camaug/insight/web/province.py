from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page

from camaug.insight import section
from camaug.insight.web.showing import asked_period, frame
from camaug.kernel.pages import Request, public


@public
@gzip_page
def province(request: Request) -> HttpResponse:
    """The whole province in a period: how many cases, how many on time, where, in which fields, how people found it."""
    period = asked_period(request)
    shown = frame(request, period, section.of_province(period, request.at))
    return render(request, "insight/province.html", shown)
