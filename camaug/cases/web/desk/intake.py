"""The counter's first screen: who is here (a number, a telephone, a name or the scanned card), and for what."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.cases.actions.note_reading import note_persons_read
from camaug.cases.models import Why
from camaug.cases.policy import AT_COUNTER
from camaug.cases.queries import offers
from camaug.cases.web.desk.intake_applicant import ApplicantView, applicant_of
from camaug.cases.web.desk.intake_place import Counter, counter_of
from camaug.kernel.errors import DomainError
from camaug.kernel.pages import Request, staff
from camaug.people.queries import (
    BusinessView,
    IdCard,
    PersonView,
    TaxCode,
    display_phone,
    find_businesses,
    find_persons,
    parse_card,
    parse_phone,
    person_by_number,
    representative_names,
)

MOST_FOUND = 9
LONGEST = 1000


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the list of those who fit. `key` is the key that chooses it."""

    href: str
    name: str
    number: str
    detail: str
    key: str


@staff(may=AT_COUNTER)
def intake(request: Request) -> HttpResponseBase:
    """GET: the screen. POST `q`: look for somebody; what is typed there is personal and stays out of addresses."""
    counter = counter_of(request)
    if request.method != "POST":
        return screen(request, counter, applicant=applicant_of(request))
    words = request.POST.get("q", "").strip()[:LONGEST]
    card = _card(words)
    known = person_by_number(card.number.digits) if card else None
    if known:
        return redirect(f"{reverse('counter:intake')}?{urlencode({'person': str(known.id), **counter.query})}")
    if card:
        return screen(request, counter, new=_from_card(card))
    fitting = _fitting(words) if words else ()
    found_persons = [row.id for row in fitting if isinstance(row, PersonView)]
    note_persons_read(found_persons, Why.SEARCHED, by=request.actor, at=request.at)
    heads = representative_names([row.id for row in fitting if isinstance(row, BusinessView)], at=request.at)
    found = tuple(_line(row, _key(place), counter, heads.get(row.id, "")) for place, row in enumerate(fitting, 1))
    if len(found) == 1 and _is_number(words):
        return redirect(found[0].href)
    begun = _from_words(words)
    return screen(request, counter, words=words, found=found, new=begun.get("new"), firm=begun.get("firm"))


@staff(may=AT_COUNTER)
def procedures(request: Request) -> HttpResponse:
    """The procedures of the counter that fit the words, as a list of links, while one types."""
    counter, applicant = counter_of(request), applicant_of(request)
    shown = {"offers": _links(request, counter, applicant, request.GET.get("q", "")[:100])}
    return render(request, "cases/desk/intake/procedures.html", shown)


def screen(
    request: Request,
    counter: Counter,
    *,
    applicant: ApplicantView | None = None,
    words: str = "",
    found: tuple[Found, ...] = (),
    new: Mapping[str, Any] | None = None,
    firm: Mapping[str, Any] | None = None,
    errors: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The first screen: `found` fits the words, `new` and `firm` fill the forms for a person and
    a business that are not in the register yet.
    """
    asked = request.GET.get("q", "")[:100]
    shown = {
        "counter": counter,
        "applicant": applicant,
        "words": words,
        "found": found,
        "new": new,
        "firm": firm,
        "errors": errors or {},
        "offers": _links(request, counter, applicant, asked),
        "asked": asked,
        "query": urlencode(_query(counter, applicant)),
        "start_again": f"{reverse('counter:intake')}?{urlencode(counter.query)}",
        "sexes": [{"value": "MALE", "label": _("Male")}, {"value": "FEMALE", "label": _("Female")}],
        "agencies": [{"value": str(one.id), "label": one.name} for one in counter.agencies],
    }
    return render(request, "cases/desk/intake/first.html", shown, status=422 if errors else 200)


def _links(request: Request, counter: Counter, applicant: ApplicantView | None, words: str) -> list[dict[str, Any]]:
    query, sort = urlencode(_query(counter, applicant)), applicant.sort if applicant else None
    return [
        {"offer": offer, "href": f"{reverse('counter:form', args=[offer.hit.code])}?{query}", "key": _key(place)}
        for place, offer in enumerate(offers(counter.agency, at=request.at, words=words, applicant=sort), 1)
    ]


def _query(counter: Counter, applicant: ApplicantView | None) -> dict[str, str]:
    return {**counter.query, **(applicant.query if applicant else {})}


def _key(place: int) -> str:
    return str(place) if place < 10 else ""


def _card(words: str) -> IdCard | None:
    try:
        return parse_card(words) if "|" in words else None
    except DomainError:
        return None


def _is_number(words: str) -> bool:
    return sum(letter.isdigit() for letter in words) >= 9


def _fitting(words: str) -> tuple[PersonView | BusinessView, ...]:
    persons = find_persons(words, limit=MOST_FOUND)
    firms = find_businesses(words, limit=MOST_FOUND - len(persons)) if len(persons) < MOST_FOUND else ()
    return (*persons, *firms)


def _line(row: PersonView | BusinessView, key: str, counter: Counter, head: str) -> Found:
    if isinstance(row, PersonView):
        query, name, number, first = {"person": row.id}, row.full_name, row.personal_number, _born(row)
    else:
        query, name, number, first = {"business": row.id}, row.name, row.tax_code, head
    parts = (first, display_phone(row.phone) if row.phone else "", row.address, row.place_name)
    href = f"{reverse('counter:intake')}?{urlencode({**query, **counter.query})}"
    return Found(href, name, number, " · ".join(part for part in parts if part), key)


def _born(who: PersonView) -> str:
    return f"{who.birth_date:%d/%m/%Y}" if who.birth_date else ""


def _from_card(card: IdCard) -> dict[str, Any]:
    return {
        "name": card.full_name,
        "number": card.number.digits,
        "born": f"{card.birth_date:%d/%m/%Y}",
        "sex": card.sex,
        "address": card.address,
        "card": True,
    }


def _from_words(words: str) -> dict[str, dict[str, Any]]:
    """The form that what was typed begins: a number of a person, of a business, of a telephone, else a name."""
    digits = "".join(letter for letter in words if letter.isdigit())
    if not _is_number(words):
        return {"new": {"name": words if not digits else ""}}
    if len(digits) == 12:
        return {"new": {"number": digits}}
    if not _reads(parse_phone, words) and _reads(TaxCode.parse, words):
        return {"firm": {"firm_tax_code": words}}
    return {"new": {"phone": words}}


def _reads(parse: Callable[[str], object], words: str) -> bool:
    try:
        return bool(parse(words))
    except DomainError:
        return False
