from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from camaug.kernel.clock import LOCAL
from camaug.kernel.pages import Request
from camaug.kernel.sought import Sought
from camaug.people.queries import directory
from camaug.people.queries.history import history
from camaug.people.queries.staff import NumberKnown, role_rows, staff_list, staff_member
from camaug.people.queries.words import role_words
from camaug.ui.administration import administrators
from camaug.ui.asides import asides

LONGEST = 100
CHOICES = ("role", "agency", "number", "left")
WORDS = Sought("people.officers", beside=CHOICES, longest=LONGEST)
NUMBERS = {
    NumberKnown.UNKNOWN.value: gettext_lazy("not known: own cases are not recognised"),
    NumberKnown.SAID.value: gettext_lazy("said by the officer, not confirmed"),
}
"""How an officer's personal number is known, where an administrator has something to do."""


@administrators
def officers(request: Request) -> HttpResponseBase:
    """Officers by name, found by words, agency or role. Where one stands is in the address."""
    if onward := WORDS.onward(request):
        return onward
    words = WORDS.read(request)
    asked = {name: request.GET.get(name, "").strip()[:LONGEST] for name in CHOICES}
    asked = {name: value for name, value in asked.items() if value} | words.query
    now, agency = directory(request.at.astimezone(LOCAL).date()), _agency(asked.get("agency", ""))
    page = staff_list(
        at=request.at,
        words=words.text,
        agency_id=agency,
        role=asked.get("role", ""),
        number=NumberKnown(asked["number"]) if asked.get("number") in NUMBERS else None,
        left="left" in asked,
        token=request.GET.get("from", ""),
    )
    shown = {
        "page": page,
        "asked": asked,
        "words": words.text,
        "agency": now.get(agency) if agency and agency in now else None,
        "roles": [{"value": code, "label": name} for code, name in role_words()],
        "numbers": [{"value": known, "label": label} for known, label in NUMBERS.items()],
        "older": f"?{urlencode({**asked, 'from': page.older})}" if page.older else "",
        "newer": f"?{urlencode({**asked, 'from': page.newer})}" if page.newer else "",
    }
    return render(request, "people/admin/officers.html", shown)


@administrators
def officer(request: Request, officer_id: UUID) -> HttpResponse:
    """One officer: positions with roles and absences, the state of the account, history."""
    page, past = staff_member(officer_id, at=request.at), history(officer_id, token=request.GET.get("from", ""))
    shown = {
        "page": page,
        "asides": asides("officer", officer_id, at=request.at),
        "history": past,
        "older": f"?from={past.older}#history" if past.older else "",
        "newer": f"?from={past.newer}#history" if past.newer else "",
    }
    return render(request, "people/admin/officer.html", shown)


@administrators
def roles(request: Request) -> HttpResponseBase:
    """What each role may do, and how many hold it."""
    link = reverse("people:officers")
    rows = [{"role": role, "href": f"{link}?role={role.code}"} for role in role_rows(at=request.at)]
    return render(request, "people/admin/roles.html", {"rows": rows, "title": _("Roles")})


def _agency(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
