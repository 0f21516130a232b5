from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record
from camaug.kernel.text import accented, clean, fold, name_sort_key
from camaug.people.events import PersonRegistered
from camaug.people.models import Person
from camaug.people.numbers import PersonalNumber, parse_phone
from camaug.people.policy import REGISTER

LONGEST_NAME = 120


class NameMissing(DomainError):
    """There is no name, or it holds digits or marks that no name has."""

    sentence = _("Enter the full name in letters, at most 120.")


class NumberContradicts(DomainError):
    """The personal number says another year of birth or sex than what was entered."""

    sentence = _(
        "The personal number belongs to a {sex} person born in {year}. Check the number, the date and the sex."
    )


def register_person(
    full_name: str,
    *,
    personal_number: str = "",
    birth_date: date | None = None,
    sex: str = "",
    phone: str = "",
    email: str = "",
    place_id: UUID | None = None,
    address: str = "",
    ethnicity: str = "",
    nationality: str = "Việt Nam",
    synthetic: bool = False,
    by: Actor,
    at: datetime,
) -> Person:
    """Enter a citizen; one already known by the personal number is returned unchanged.

    `sex` is MALE, FEMALE or empty. Raises NameMissing, NumberContradicts, and what the numbers raise (Law 26/2023).
    """
    REGISTER.check(by, None)
    values = {
        **name_columns(full_name),
        "birth_date": birth_date,
        "sex": sex,
        "phone": parse_phone(phone) if phone.strip() else "",
        "email": email.strip().lower(),
        "place_id": place_id,
        "address": clean(address),
        "ethnicity": clean(ethnicity),
        "nationality": clean(nationality),
        "synthetic": synthetic,
    }
    with transaction.atomic():
        if not personal_number.strip():
            person, new = Person.objects.create(**values), True
        else:
            number = PersonalNumber.parse(personal_number)
            check_number(number, birth_date=birth_date, sex=sex, today=at.astimezone(LOCAL).date())
            values["sex"] = sex or number.sex
            person, new = Person.objects.get_or_create(personal_number=number.digits, defaults=values)
        if new:
            record(PersonRegistered(subject=person.id), by=by, at=at)
    return person


def hold_number(personal_number: str) -> None:
    """Until the transaction ends, whoever names the same number elsewhere waits; taken before any row is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 5))", [f"people.number:{personal_number}"])


def name_columns(full_name: str) -> dict[str, str]:
    """The name whole, with what sorts and finds it."""
    name = clean(full_name)
    letters = all(c.isalpha() or c in " '’-." for c in name)
    if not name or len(name) > LONGEST_NAME or not letters:
        raise NameMissing
    return {"full_name": name, "sort_key": name_sort_key(name), "folded": fold(name), "accented": accented(name)}


def check_number(number: PersonalNumber, *, birth_date: date | None, sex: str, today: date) -> None:
    """Refuse a number that says another year or sex, or a birth in the future."""
    born = birth_date.year if birth_date else number.birth_year
    if number.birth_year > today.year or born != number.birth_year or sex not in ("", number.sex):
        raise NumberContradicts(sex=_("female") if number.sex == "FEMALE" else _("male"), year=number.birth_year)
