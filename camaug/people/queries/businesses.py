import re
from dataclasses import dataclass
from uuid import UUID

from camaug.kernel.errors import NotFound
from camaug.people.models import Business
from camaug.people.queries.matching import matching
from camaug.people.queries.persons import by_number_or_phone

_DIGITS = re.compile(r"^[+\d\s.()\-]+$")


@dataclass(frozen=True, slots=True)
class BusinessView:
    """A household business, enterprise or other organisation. `tax_code` is empty where none is known."""

    id: UUID
    tax_code: str
    name: str
    phone: str
    email: str
    place_id: UUID | None
    place_name: str
    address: str
    representative_id: UUID | None
    representative_name: str


def business(business_id: UUID) -> BusinessView:
    """The business; raises NotFound."""
    row = Business.objects.select_related("place", "representative").filter(id=business_id).first()
    if row is None:
        raise NotFound
    return _view(row)


def represented_by(person_id: UUID) -> tuple[BusinessView, ...]:
    """The businesses whose representative in law the person is, by name."""
    rows = Business.objects.select_related("place", "representative").filter(representative_id=person_id)
    return tuple(_view(row) for row in rows.order_by("folded", "id"))


def find_businesses(text: str, *, limit: int = 20) -> tuple[BusinessView, ...]:
    """Businesses by words of the name, or exactly by tax code or phone where `text` is digits."""
    rows = Business.objects.select_related("place", "representative")
    if _DIGITS.match(text):
        rows = rows.filter(by_number_or_phone(text, number="tax_code")).order_by("folded", "id")
    else:
        rows = matching(rows, text, then=("folded", "id"))
    return tuple(_view(row) for row in rows[:limit])


def _view(row: Business) -> BusinessView:
    return BusinessView(
        id=row.id,
        tax_code=row.tax_code or "",
        name=row.name,
        phone=row.phone,
        email=row.email,
        place_id=row.place_id,
        place_name=row.place.full_name if row.place else "",
        address=row.address,
        representative_id=row.representative_id,
        representative_name=row.representative.full_name if row.representative else "",
    )
