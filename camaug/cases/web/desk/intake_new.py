"""Somebody who is not in the register yet: a person, or a business or organisation."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from camaug.cases.policy import AT_COUNTER
from camaug.cases.web.desk.intake import screen
from camaug.cases.web.desk.intake_place import Counter, counter_of
from camaug.catalogue.forms.dates import NoSuchDay, NotADate, parse_day
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, staff
from camaug.people.actions.declare_representation import TooManyDeclared, declare_representation
from camaug.people.actions.register_business import BusinessNameMissing, register_business
from camaug.people.actions.register_person import NameMissing, NumberContradicts, register_person
from camaug.people.numbers import NotAPersonalNumber, NotAPhone, NotATaxCode, OldIdentityCardNumber, PersonalNumber
from camaug.people.queries import Capacity, person_by_number

type Typed = Mapping[str, str]


class RepresentativeUnknown(DomainError):
    """The representative is entered first, so that it can be proven that he is."""

    sentence = _("Nobody in the register has this number. Enter the person first, or leave it empty.")


class TaxCodeMissing(DomainError):
    """Without its code a business would be entered anew each time it comes."""

    sentence = _("Enter the tax code: a business is known by it.")


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A sort of newcomer: the fields of its form, the field that a refusal is about, how it is entered and shown again.

    `chosen` is the parameter that names the one who was entered.
    """

    chosen: str
    fields: tuple[str, ...]
    places: Mapping[type[DomainError], str]
    enter: Callable[[Typed, Request], UUID]
    show: Callable[[Request, Counter, Typed, Typed], HttpResponse]


@staff(may=AT_COUNTER)
def person(request: Request) -> HttpResponseBase:
    """POST: enter a citizen, or find the one who has that number already, and go on to the procedure."""
    return _entered(request, PERSON)


@staff(may=AT_COUNTER)
def business(request: Request) -> HttpResponseBase:
    """POST: enter a business, or find the one that has that tax code already, and go on to the procedure."""
    return _entered(request, BUSINESS)


def _entered(request: Request, sort: Newcomer) -> HttpResponseBase:
    counter = counter_of(request)
    if request.method != "POST":
        return redirect("counter:intake")
    typed = {name: request.POST.get(name, "").strip()[:300] for name in sort.fields}
    try:
        found = sort.enter(typed, request)
    except DomainError as refusal:
        return sort.show(request, counter, typed, {sort.places.get(type(refusal), ""): str(refusal)})
    return redirect(f"{reverse('counter:intake')}?{urlencode({sort.chosen: str(found), **counter.query})}")


def _person(typed: Typed, request: Request) -> UUID:
    return register_person(
        typed["name"],
        personal_number=typed["number"],
        birth_date=parse_day(typed["born"]) if typed["born"] else None,
        sex=typed["sex"] if typed["sex"] in ("MALE", "FEMALE") else "",
        phone=typed["phone"],
        email=typed["email"],
        address=typed["address"],
        by=request.actor,
        at=request.at,
    ).id


def _business(typed: Typed, request: Request) -> UUID:
    if not typed["firm_tax_code"]:
        raise TaxCodeMissing
    head = _representative(typed["firm_representative"])
    made = register_business(
        typed["firm_name"],
        tax_code=typed["firm_tax_code"],
        phone=typed["firm_phone"],
        email=typed["firm_email"],
        address=typed["firm_address"],
        by=request.actor,
        at=request.at,
    )
    if head:
        declare_representation(made.id, person_id=head, capacity=Capacity.LEGAL, by=request.actor, at=request.at)
    return made.id


def _representative(number: str) -> UUID | None:
    if not number:
        return None
    found = person_by_number(PersonalNumber.parse(number).digits)
    if found is None:
        raise RepresentativeUnknown
    return found.id


PERSON = Newcomer(
    chosen="person",
    fields=("name", "number", "born", "sex", "phone", "email", "address"),
    places={
        NameMissing: "name",
        NumberContradicts: "number",
        NotAPersonalNumber: "number",
        OldIdentityCardNumber: "number",
        NotAPhone: "phone",
        NotADate: "born",
        NoSuchDay: "born",
    },
    enter=_person,
    show=lambda request, counter, typed, errors: screen(request, counter, new=typed, errors=errors),
)
BUSINESS = Newcomer(
    chosen="business",
    fields=("firm_name", "firm_tax_code", "firm_representative", "firm_phone", "firm_email", "firm_address"),
    places={
        BusinessNameMissing: "firm_name",
        TaxCodeMissing: "firm_tax_code",
        NotATaxCode: "firm_tax_code",
        RepresentativeUnknown: "firm_representative",
        TooManyDeclared: "firm_representative",
        NotAPersonalNumber: "firm_representative",
        OldIdentityCardNumber: "firm_representative",
        NotAPhone: "firm_phone",
    },
    enter=_business,
    show=lambda request, counter, typed, errors: screen(request, counter, firm=typed, errors=errors),
)
