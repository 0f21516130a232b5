from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access.actions.count_attempt import Limit, count_attempt
from camaug.access.events import PersonLinked
from camaug.access.identities import Linkage
from camaug.access.models import Account
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record
from camaug.kernel.text import fold
from camaug.people.actions.register_person import hold_number, register_person
from camaug.people.queries import PersonalNumber, PersonView, person, person_by_number

CLAIMS = Limit("claim", of_one=5, of_network=60, window=timedelta(hours=1))


class NumberTaken(DomainError):
    """The personal number is known with another name, phone or mailbox, or belongs to another account."""

    sentence = _(
        "This personal number is already registered with other details. "
        "Bring your identity card to a one-stop unit, which can connect it to you."
    )


def link_person(account_id: UUID, *, full_name: str, personal_number: str, by: Actor, at: datetime) -> UUID:
    """Say once who the account's owner is; returns the person's id. A second call changes nothing.

    Somebody already known is linked only if the name and the proved phone or mailbox are the ones on record: knowing
    a personal number is no proof of being that person. Raises NotAPersonalNumber, OldIdentityCardNumber, NumberTaken,
    NameMissing, NumberContradicts, TooManyAttempts.
    """
    number = PersonalNumber.parse(personal_number).digits
    count_attempt(CLAIMS, of=str(account_id), by=by, at=at)
    with transaction.atomic():
        hold_number(number)
        account = Account.objects.select_for_update().get(id=account_id)
        if account.person_id:
            return account.person_id
        known = person_by_number(number)
        owner = known or _registered(account, full_name, number, by, at)
        if not _is_owner(account, owner, full_name) or Account.objects.filter(person_id=owner.id).exists():
            raise NumberTaken
        account.person_id, account.linkage = owner.id, Linkage.MATCHED if known else Linkage.DECLARED
        account.save(update_fields=["person", "linkage"])
        record(PersonLinked(subject=account.id, person_id=owner.id), by=by, at=at)
    return owner.id


def _is_owner(account: Account, known: PersonView, full_name: str) -> bool:
    reached = (account.phone and account.phone == known.phone) or (
        account.email and account.email == known.email.lower()
    )
    return bool(reached) and fold(full_name) == fold(known.full_name)


def _registered(account: Account, full_name: str, number: str, by: Actor, at: datetime) -> PersonView:
    phone, email = account.phone or "", account.email or ""
    made = register_person(full_name, personal_number=number, phone=phone, email=email, by=by, at=at)
    return person(made.id)
