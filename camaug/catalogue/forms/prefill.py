"""First answers from what is known: the applicant's record, and the day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from camaug.catalogue.definition.eform import EForm, FieldType, FormField, Page, PersonPart, Prefill
from camaug.catalogue.forms.addresses import written
from camaug.catalogue.forms.places import Places
from camaug.catalogue.forms.showing import standing


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What the register knows of the applicant; empty where it does not. `phone` E.164, `place` a commune's code.

    Of a business `full_name` is its name and `tax_code` its number; `representative` is the person who speaks for it.
    """

    full_name: str = ""
    birth_date: date | None = None
    sex: str = ""
    personal_number: str = ""
    phone: str = ""
    email: str = ""
    nationality: str = ""
    ethnicity: str = ""
    place: str = ""
    address: str = ""
    business: bool = False
    tax_code: str = ""
    representative: str = ""


def prefilled(form: EForm, person: PersonFacts | None, on: date, *, places: Places | None = None) -> dict[str, Any]:
    """The answers that need not be typed. `person` None: nobody is known, only the day is."""
    return dict(_answers(form, person or PersonFacts(), on, places))


def copied(form: EForm, page: Page, answers: Mapping[str, Any], on: date) -> dict[str, Any]:
    """What the page's unanswered questions begin with, since the same person was described before."""
    said = standing(form, answers, on)
    return {field.id: value for field in page.fields if not said.get(field.id) and (value := _copy(field, said))}


def _copy(field: FormField, answers: Mapping[str, Any]) -> dict[str, Any]:
    if field.copied is None or not field.copied.when.holds(answers):
        return {}
    return {part.value: answers[name] for part, name in field.copied.parts.items() if answers.get(name)}


def _answers(form: EForm, person: PersonFacts, on: date, places: Places | None) -> Iterator[tuple[str, Any]]:
    for field in form.fields():
        value = _value(field, person, on, places)
        if value not in (None, "", {}):
            yield field.id, value


def _value(field: FormField, person: PersonFacts, on: date, places: Places | None) -> Any:
    born = person.birth_date.isoformat() if person.birth_date else None
    known: dict[Prefill, Any] = {
        Prefill.APPLICANT_NAME: person.full_name,
        Prefill.APPLICANT_BIRTH_DATE: born,
        Prefill.APPLICANT_SEX: person.sex,
        Prefill.APPLICANT_NUMBER: person.personal_number,
        Prefill.APPLICANT_PHONE: person.phone,
        Prefill.APPLICANT_EMAIL: person.email,
        Prefill.BUSINESS_NAME: person.full_name if person.business else "",
        Prefill.BUSINESS_CODE: person.tax_code,
        Prefill.REPRESENTATIVE_NAME: person.representative if person.business else person.full_name,
        Prefill.TODAY: on.isoformat(),
    }
    if field.prefill == Prefill.APPLICANT_ADDRESS or (field.prefill == Prefill.BUSINESS_ADDRESS and person.business):
        return _address(person, places)
    if field.prefill == Prefill.APPLICANT and field.type == FieldType.PERSON:
        return _person(field, person, places)
    return known.get(field.prefill) if field.prefill else None


def _person(field: FormField, person: PersonFacts, places: Places | None) -> dict[str, Any]:
    known: dict[PersonPart, Any] = {
        PersonPart.FULL_NAME: person.full_name,
        PersonPart.BIRTH_DATE: person.birth_date.isoformat() if person.birth_date else None,
        PersonPart.BIRTH_YEAR: person.birth_date.year if person.birth_date else None,
        PersonPart.SEX: person.sex,
        PersonPart.PERSONAL_NUMBER: person.personal_number,
        PersonPart.NATIONALITY: person.nationality,
        PersonPart.ETHNICITY: person.ethnicity,
        PersonPart.RESIDENCE: _address(person, places),
    }
    return {part.value: known[part] for part in field.parts if known[part] not in (None, "", {})}


def _address(person: PersonFacts, places: Places | None) -> dict[str, str]:
    chain = places.chain(person.place) if places and person.place else ()
    address = {spot.kind.lower(): spot.code for spot in chain} | ({"detail": person.address} if person.address else {})
    return address | {"text": written(address, places)} if address else {}
