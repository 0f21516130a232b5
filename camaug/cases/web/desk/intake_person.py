"""Somebody who is not in the register yet."""

from collections.abc import Mapping
from urllib.parse import urlencode

from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from camaug.cases.policy import CLERK
from camaug.cases.web.desk.intake import screen
from camaug.cases.web.desk.intake_place import counter_of
from camaug.catalogue.forms.dates import NoSuchDay, NotADate, parse_day
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, staff
from camaug.people.actions.register_person import NameMissing, NumberContradicts, register_person
from camaug.people.numbers import NotAPersonalNumber, NotAPhone, OldIdentityCardNumber

FIELDS = ("name", "number", "born", "sex", "phone", "email", "address")
_PLACES: Mapping[type[DomainError], str] = {
    NameMissing: "name",
    NumberContradicts: "number",
    NotAPersonalNumber: "number",
    OldIdentityCardNumber: "number",
    NotAPhone: "phone",
    NotADate: "born",
    NoSuchDay: "born",
}


@staff(roles={CLERK})
def person(request: Request) -> HttpResponseBase:
    """POST: enter a citizen, or find the one who has that number already, and go on to the procedure."""
    counter = counter_of(request)
    if request.method != "POST":
        return redirect("counter:intake")
    typed = {name: request.POST.get(name, "").strip()[:300] for name in FIELDS}
    try:
        found = register_person(
            typed["name"],
            personal_number=typed["number"],
            birth_date=parse_day(typed["born"]) if typed["born"] else None,
            sex=typed["sex"] if typed["sex"] in ("MALE", "FEMALE") else "",
            phone=typed["phone"],
            email=typed["email"],
            address=typed["address"],
            by=request.actor,
            at=request.at,
        )
    except DomainError as refusal:
        return screen(request, counter, new=typed, errors={_PLACES.get(type(refusal), ""): str(refusal)})
    return redirect(f"{reverse('counter:intake')}?{urlencode({'person': str(found.id), **counter.query})}")
