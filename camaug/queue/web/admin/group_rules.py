import re

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from camaug.catalogue.queries import fields
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.pages import Request
from camaug.people.queries import AgencyView, directory
from camaug.queue.actions.arrange_group import GroupRules, arrange_group
from camaug.queue.queries.arrangements import arrangement
from camaug.queue.web.admin.reading import read_number
from camaug.ui.administration import administrators


@administrators
def group(request: Request, hall: str, letter: str) -> HttpResponseBase:
    """A group of services under its letter; one that is not there yet is set up."""
    agency = directory(request.at.date()).by_code(hall)
    if not re.fullmatch("[A-Z]", letter):
        raise NotFound
    if request.method != "POST":
        return _shown(request, agency, letter, _now(agency, letter), {})
    typed = {name: request.POST.get(name, "").strip()[:80] for name in ("name", "name_en", "places", "usual_minutes")}
    known = {field.code for field in fields(request.at.date())}
    chosen = [code for code in request.POST.getlist("fields") if code in known]
    rules, errors = _read(typed, chosen, in_use="in_use" in request.POST)
    if rules is None:
        return _shown(request, agency, letter, typed | {"fields": chosen, "in_use": "in_use" in request.POST}, errors)
    try:
        arrange_group(agency.id, letter, rules, by=request.actor, at=request.at)
    except NotFound:
        raise
    except DomainError as no:
        return _shown(request, agency, letter, typed | {"fields": chosen, "in_use": False}, {"": str(no)})
    messages.success(request, _("The group is saved."))
    return redirect("queue:hall", hall)


def _read(typed: dict[str, str], chosen: list[str], *, in_use: bool) -> tuple[GroupRules | None, dict[str, str]]:
    places, minutes = read_number(typed["places"], 0, 50), read_number(typed["usual_minutes"], 1, 240)
    errors = {}
    if not typed["name"]:
        errors["name"] = _("Enter the name as people read it at the kiosk.")
    if places is None:
        errors["places"] = _("Enter a number from 0 to 50.")
    if minutes is None:
        errors["usual_minutes"] = _("Enter minutes from 1 to 240.")
    if errors or places is None or minutes is None:
        return None, errors
    return GroupRules(typed["name"], typed["name_en"], tuple(chosen), places, minutes, in_use), {}


def _now(agency: AgencyView, letter: str) -> dict[str, object]:
    found = next((one for one in arrangement(agency.id).groups if one.letter == letter), None)
    if found is None:
        return {"name": "", "name_en": "", "places": "2", "usual_minutes": "10", "fields": [], "in_use": True}
    return {
        "name": found.name,
        "name_en": found.name_en,
        "places": str(found.places),
        "usual_minutes": str(found.usual_minutes),
        "fields": list(found.fields),
        "in_use": found.in_use,
    }


def _shown(
    request: Request, agency: AgencyView, letter: str, typed: dict[str, object], errors: dict[str, str]
) -> HttpResponse:
    shown = {
        "agency": agency,
        "letter": letter,
        "typed": typed,
        "errors": errors,
        "wrong": {name: errors.get(name, "") for name in ("name", "places", "usual_minutes")},
        "options": [{"value": field.code, "label": field.name} for field in fields(request.at.date())],
        "use": [{"value": "yes", "label": _("In use")}],
        "used": ["yes"] if typed["in_use"] else [],
    }
    return render(request, "queue/admin/group.html", shown, status=422 if errors else 200)
