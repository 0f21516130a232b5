from datetime import date

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.gzip import gzip_page

from camaug.catalogue.leaflet.leaflet import leaflet
from camaug.catalogue.queries import VersionView, current, fields, search, versions
from camaug.catalogue.queries.applying import may_apply
from camaug.catalogue.queries.listing import named, rows
from camaug.catalogue.web.portal.asked_day import asked_day
from camaug.catalogue.web.portal.offices import offices
from camaug.kernel.errors import NotFound
from camaug.kernel.pages import Request, public
from camaug.ui.qr import qr

WORDS = 60


@public
@gzip_page
def procedure(request: Request, code: str) -> HttpResponse:
    """What a procedure is, for people: what for, who, what it takes and costs, where. `?on=`: as of a day."""
    today = request.at.date()
    asked = asked_day(request) or today
    try:
        version = current(code, asked)
    except NotFound:
        return _unknown(request, code, asked)
    words = request.GET.get("where", "").strip()[:WORDS]
    shown = {
        "leaflet": leaflet(version.definition, asked),
        "definition": version.definition,
        "version": version,
        "asked": asked if asked != today else None,
        "in_force": version.valid_from <= today and (version.valid_until is None or today < version.valid_until),
        "others": _others(version),
        "field": _field(version, asked),
        "offices": offices(version, words, today),
        "start": _start(code) if may_apply(version.definition, request.actor) else "",
        "address": f"{settings.PUBLIC_URL}{request.path}",
        "qr": qr(f"{settings.PUBLIC_URL}{request.path}"),
    }
    return render(request, "catalogue/portal/procedure.html", shown)


def _unknown(request: Request, code: str, on: date) -> HttpResponse:
    """No such procedure, or none in force that day: say so, and lead on."""
    shown = {
        "others": versions(code),
        "asked": on if on != request.at.date() else None,
        "code": code,
        "rows": rows(search(code.replace("-", " "), request.at.date(), limit=5)),
    }
    return render(request, "catalogue/portal/no_such_procedure.html", shown, status=404)


def _others(version: VersionView) -> tuple[VersionView, ...]:
    if version.number == 1 and version.valid_until is None:
        return ()
    return tuple(other for other in versions(version.code) if other.id != version.id)


def _field(version: VersionView, on: date) -> dict[str, str]:
    code = version.definition.field
    return next(({"code": view.code, "name": named(view)} for view in fields(on) if view.code == code), {})


def _start(code: str) -> str:
    """Where one applies; empty where the site takes no applications."""
    try:
        return reverse("citizen:apply", kwargs={"procedure": code})
    except NoReverseMatch:
        return ""
