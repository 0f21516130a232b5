from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.gzip import gzip_page

from camaug.catalogue.queries import fields
from camaug.catalogue.queries.listing import named
from camaug.insight import section
from camaug.insight.period import Period
from camaug.insight.web.showing import asked_period, frame
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request, public


@public
@gzip_page
def field(request: Request, code: str) -> HttpResponse:
    """One field of work in a period, in the whole province, by procedure."""
    period = asked_period(request)
    name = name_of(code, period, request)
    shown = frame(request, period, section.of_field(name, code, period, request.at), field=code)
    return render(request, "insight/field.html", {**shown, "name": name})


def name_of(code: str, period: Period, request: Request) -> str:
    """The field's name in the reader's language; NotFound."""
    view = next((one for one in fields(min(period.last, request.at.date())) if one.code == code), None)
    if view is None:
        raise NotFound
    return named(view)
