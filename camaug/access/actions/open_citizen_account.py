from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.access.events import AccountOpened, PersonLinked
from camaug.access.models import Account, AccountKind
from camaug.access.policy import ADMINISTER
from camaug.kernel.actors import Actor
from camaug.kernel.events import record


def open_citizen_account(person_id: UUID, *, phone: str = "", email: str = "", by: Actor, at: datetime) -> Account:
    """Open an account for a person who was identified otherwise; one who has an account keeps it unchanged.

    `phone` is E.164 and `email` in lower case; one of them at least.
    """
    ADMINISTER.check(by, None)
    values = {"kind": AccountKind.CITIZEN, "phone": phone or None, "email": email or None}
    with transaction.atomic():
        account, new = Account.objects.get_or_create(
            person_id=person_id, defaults=values | {"password": "!", "created_at": at}
        )
        if new:
            record(AccountOpened(subject=account.id, channel="phone" if phone else "email"), by=by, at=at)
            record(PersonLinked(subject=account.id, person_id=person_id), by=by, at=at)
    return account
