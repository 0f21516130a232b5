from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record
from camaug.people.actions.register_person import name_columns
from camaug.people.events import OfficerEngaged
from camaug.people.models import Officer
from camaug.people.numbers import parse_phone
from camaug.people.policy import ADMINISTER


class AddressTaken(DomainError):
    """Another officer signs in with this address."""

    sentence = _("Another officer already has the official address {email}.")


class AddressMalformed(DomainError):
    """Not an e-mail address."""

    sentence = _("“{email}” is not an e-mail address.")


def engage_officer(
    full_name: str, *, official_email: str, phone: str = "", synthetic: bool = False, by: Actor, at: datetime
) -> Officer:
    """Enter an officer, who holds no position yet. Raises NameMissing, AddressMalformed, AddressTaken, NotAPhone."""
    ADMINISTER.check(by, None)
    email = official_email.strip().lower()
    try:
        Officer._meta.get_field("official_email").run_validators(email)
    except ValidationError:
        raise AddressMalformed(email=email[:80]) from None
    values = {**officer_columns(full_name=full_name, phone=phone), "synthetic": synthetic}
    with transaction.atomic():
        officer, new = Officer.objects.get_or_create(official_email=email, defaults=values)
        if not new:
            raise AddressTaken(email=email)
        record(OfficerEngaged(subject=officer.id, official_email=email), by=by, at=at)
    return officer


def officer_columns(*, full_name: str | None = None, phone: str | None = None) -> dict[str, str]:
    """The columns that hold these details; None leaves one out. Raises NameMissing, NotAPhone."""
    values = name_columns(full_name) if full_name is not None else {}
    if phone is not None:
        values["phone"] = parse_phone(phone) if phone.strip() else ""
    return values
