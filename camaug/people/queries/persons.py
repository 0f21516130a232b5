import re
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from camaug.kernel.errors import NotFound
from camaug.people.models import Person
from camaug.people.numbers import NotAPhone, parse_phone
from camaug.people.queries.matching import matching

_DIGITS = re.compile(r"^[+\d\s.()\-]+$")


@dataclass(frozen=True, slots=True)
class PersonView:
    """A citizen. `personal_number` is empty where none is known; `sex` is MALE, FEMALE or empty; `phone` is E.164."""

    id: UUID
    personal_number: str
    full_name: str
    birth_date: date | None
    sex: str
    ethnicity: str
    nationality: str
    phone: str
    email: str
    place_id: UUID | None
    place_name: str
    address: str


def person(person_id: UUID) -> PersonView:
    """The citizen; raises NotFound."""
    row = Person.objects.select_related("place").filter(id=person_id).first()
    if row is None:
        raise NotFound
    return _view(row)


def person_by_number(personal_number: str) -> PersonView | None:
    """The citizen with that personal number of 12 digits, or None."""
    row = Person.objects.select_related("place").filter(personal_number=personal_number).first()
    return _view(row) if row else None


def find_persons(text: str, *, limit: int = 20) -> tuple[PersonView, ...]:
    """Citizens by words of the name, or exactly by personal number or phone where `text` is digits."""
    rows = Person.objects.select_related("place")
    if _DIGITS.match(text):
        rows = rows.filter(by_number_or_phone(text, number="personal_number")).order_by("sort_key", "id")
    else:
        rows = matching(rows, text, then=("sort_key", "id"))
    return tuple(_view(row) for row in rows[:limit])


def by_number_or_phone(text: str, *, number: str) -> Q:
    """Condition: the column `number` is exactly these digits, or `phone` this telephone."""
    wanted = Q(**{number: re.sub(r"[\s.]", "", text)})
    try:
        return wanted | Q(phone=parse_phone(text))
    except NotAPhone:
        return wanted


def _view(row: Person) -> PersonView:
    return PersonView(
        id=row.id,
        personal_number=row.personal_number or "",
        full_name=row.full_name,
        birth_date=row.birth_date,
        sex=row.sex,
        ethnicity=row.ethnicity,
        nationality=row.nationality,
        phone=row.phone,
        email=row.email,
        place_id=row.place_id,
        place_name=row.place.full_name if row.place else "",
        address=row.address,
    )
