from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record
from camaug.kernel.text import accented, clean, fold
from camaug.people.events import BusinessRegistered
from camaug.people.models import Business
from camaug.people.numbers import TaxCode, parse_phone
from camaug.people.policy import REGISTER
from camaug.people.queries.matching import searchable

LONGEST_NAME = 200


class BusinessNameMissing(DomainError):
    """There is no name, or it is too long."""

    sentence = _("Enter the name of the business, at most 200 letters.")


def register_business(
    name: str,
    *,
    tax_code: str = "",
    phone: str = "",
    email: str = "",
    place_id: UUID | None = None,
    address: str = "",
    agency_id: UUID | None = None,
    synthetic: bool = False,
    by: Actor,
    at: datetime,
) -> Business:
    """Enter a business; one already known by its tax code is returned unchanged.

    `agency_id`: the agency of the directory that it is. A household business may have its owner's personal number as
    tax code (TT 86/2024/TT-BTC, from 1 July 2025).
    Raises BusinessNameMissing, NotATaxCode, NotAPhone.
    """
    REGISTER.check(by, None)
    shown = clean(name)
    if not shown or len(shown) > LONGEST_NAME:
        raise BusinessNameMissing
    values = {
        "name": shown,
        "folded": fold(searchable(shown)),
        "accented": accented(searchable(shown)),
        "phone": parse_phone(phone) if phone.strip() else "",
        "email": email.strip().lower(),
        "place_id": place_id,
        "address": clean(address),
        "agency_id": agency_id,
        "synthetic": synthetic,
    }
    code = TaxCode.parse(tax_code).text if tax_code.strip() else None
    with transaction.atomic():
        if code is None:
            business, new = Business.objects.create(**values), True
        else:
            business, new = Business.objects.get_or_create(tax_code=code, defaults=values)
        if new:
            record(BusinessRegistered(subject=business.id, tax_code=code or ""), by=by, at=at)
    return business
