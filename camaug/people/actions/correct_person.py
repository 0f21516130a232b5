from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.kernel.text import clean
from camaug.people.actions.register_person import check_number, name_columns
from camaug.people.events import PersonCorrected
from camaug.people.models import Officer, Person
from camaug.people.numbers import PersonalNumber, parse_phone
from camaug.people.policy import CORRECT_PERSON


class NumberTaken(DomainError):
    """Another citizen is registered under this personal number."""

    sentence = _("Another person is already registered under this personal number.")


def correct_person(
    person_id: UUID,
    *,
    full_name: str | None = None,
    personal_number: str | None = None,
    birth_date: date | None = None,
    sex: str | None = None,
    phone: str | None = None,
    email: str | None = None,
    place_id: UUID | None = None,
    address: str | None = None,
    ethnicity: str | None = None,
    nationality: str | None = None,
    by: Actor,
    at: datetime,
) -> Person:
    """Correct what is known of a citizen; None leaves a detail as it is. The event names the fields, never the values.

    Raises NotFound, NumberTaken, and what registering raises.
    """
    CORRECT_PERSON.check(by, person_id)
    given: dict[str, Any] = {"birth_date": birth_date, "sex": sex, "place_id": place_id}
    given |= {"phone": parse_phone(phone) if phone else phone, "email": email.strip().lower() if email else email}
    texts = {"address": address, "ethnicity": ethnicity, "nationality": nationality}
    given |= {name: clean(text) for name, text in texts.items() if text is not None}
    if full_name is not None:
        given |= name_columns(full_name)
    if personal_number is not None:
        given["personal_number"] = PersonalNumber.parse(personal_number).digits if personal_number.strip() else None
    changes = {name: value for name, value in given.items() if value is not None or name == "personal_number"}
    with transaction.atomic():
        person = Person.objects.select_for_update().filter(id=person_id).first()
        if person is None:
            raise NotFound
        changed = sorted(name for name, value in changes.items() if getattr(person, name) != value)
        if changed:
            if "personal_number" in changed and person.personal_number:
                keep_barring(person.id, person.personal_number)
            _write(person, {name: changes[name] for name in changed}, today=at.astimezone(LOCAL).date())
            shown = [name for name in changed if name not in ("sort_key", "folded", "accented")]
            record(PersonCorrected(subject=person.id, fields=shown), by=by, at=at)
    return person


def keep_barring(person_id: UUID, number: str) -> None:
    """The officer who is that person stays out of the cases of a number which is his no more, as he might give it up
    for that; an administrator corrects it."""
    for officer in Officer.objects.select_for_update(of=("self",)).filter(person_id=person_id):
        numbers = sorted({*officer.own_numbers, number})
        Officer.objects.filter(id=officer.id).update(own_numbers=numbers)


def _write(person: Person, changes: dict[str, Any], *, today: date) -> None:
    for name, value in changes.items():
        setattr(person, name, value)
    if person.personal_number:
        number = PersonalNumber.parse(person.personal_number)
        check_number(number, birth_date=person.birth_date, sex=person.sex, today=today)
    try:
        with transaction.atomic():
            person.save(update_fields=list(changes))
    except IntegrityError as error:
        if "personal_number" in changes:
            raise NumberTaken from error
        raise
