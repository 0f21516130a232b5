import re
from dataclasses import dataclass
from uuid import UUID

from camaug.kernel.actors import Actor
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


def business(business_id: UUID) -> BusinessView:
    """The business; raises NotFound."""
    row = Business.objects.select_related("place").filter(id=business_id).first()
    if row is None:
        raise NotFound
    return _view(row)


def represented_by(actor: Actor) -> tuple[BusinessView, ...]:
    """The organisations for which the actor may act at his instant, by name."""
    if not actor.represents:
        return ()
    rows = Business.objects.select_related("place").filter(id__in=actor.represents)
    return tuple(_view(row) for row in rows.order_by("folded", "id"))


def business_by_code(code: str) -> BusinessView | None:
    """The organisation of exactly that tax code, or None."""
    row = Business.objects.select_related("place").filter(tax_code=code).first()
    return _view(row) if row else None


def find_businesses(text: str, *, limit: int = 20) -> tuple[BusinessView, ...]:
    """Businesses by words of the name, or exactly by tax code or phone where `text` is digits."""
    rows = Business.objects.select_related("place")
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
    )
