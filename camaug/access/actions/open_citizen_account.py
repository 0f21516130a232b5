from datetime import datetime
from uuid import UUID

from django.db import transaction

from camaug.access.contacts import Contact
from camaug.access.events import AccountOpened, PersonLinked
from camaug.access.identities import Linkage
from camaug.access.models import Account, AccountKind
from camaug.access.policy import ADMINISTER
from camaug.kernel.actors import Actor
from camaug.kernel.events import record


def open_citizen_account(
    person_id: UUID, *, contact: Contact, other: Contact | None = None, by: Actor, at: datetime
) -> Account:
    """Open an account for a person who was identified otherwise; one who has an account keeps it unchanged.

    Both contacts, a phone and a mailbox, sign in to it.
    """
    ADMINISTER.check(by, None)
    reached = {one.channel.value: one.value for one in (contact, other) if one}
    with transaction.atomic():
        account, new = Account.objects.get_or_create(
            person_id=person_id,
            defaults={
                "kind": AccountKind.CITIZEN,
                "linkage": Linkage.OFFICE,
                "password": "!",
                "created_at": at,
                **reached,
            },
        )
        if new:
            record(AccountOpened(subject=account.id, channel=contact.channel.value), by=by, at=at)
            record(PersonLinked(subject=account.id, person_id=person_id), by=by, at=at)
    return account
