from datetime import datetime

from django.db import transaction

from camaug.access import belongings
from camaug.access.actions.enter_from_outside import check_register
from camaug.access.belongings import Change
from camaug.access.events import PersonReleased
from camaug.access.identities import Linkage
from camaug.access.models import Account
from camaug.access.outside.shown import Shown
from camaug.access.queries import Standing, holder_of
from camaug.kernel.actors import SYSTEM, Actor
from camaug.kernel.errors import NotFound
from camaug.kernel.events import record
from camaug.people.actions.correct_person import correct_person
from camaug.people.actions.register_person import hold_number, register_person
from camaug.people.queries import PersonView, person


def release_person(shown: Shown, *, by: Actor, at: datetime) -> None:
    """Whoever is vouched for says that the account which names him by word alone is not his.

    That account keeps what it did itself, under a new entry in the register without a number; everything else that
    stands under the number, such as what was handed in at a counter, is no longer seen by it. Raises NotFound,
    RegisterContradicts.
    """
    with transaction.atomic():
        hold_number(shown.number)
        holder = holder_of(shown)
        if holder.standing != Standing.HELD or holder.account is None or holder.account.person_id is None:
            raise NotFound
        account = Account.objects.select_for_update().get(pk=holder.account.pk)
        claimed = person(holder.account.person_id)
        if account.linkage == Linkage.DECLARED:
            _put_right(claimed, account, shown, at)
        else:
            check_register(claimed, shown)
        # By the system: whoever is vouched for acts on an account that is not his.
        stays = register_person(
            claimed.full_name, phone=account.phone or "", email=account.email or "", by=SYSTEM, at=at
        )
        account.person_id, account.linkage = stays.id, Linkage.DECLARED
        account.save(update_fields=["person", "linkage"])
        belongings.move(Change(account.id, account.id, claimed.id, stays.id, whole=False), by=SYSTEM, at=at)
        released = PersonReleased(subject=account.id, person_id=claimed.id, now_id=stays.id)
        record(released, by=by, at=at)


def _put_right(claimed: PersonView, account: Account, shown: Shown, at: datetime) -> None:
    """The entry was made by that account's word: it says from now on what the provider says."""
    phone = "" if claimed.phone == (account.phone or "") else claimed.phone
    email = "" if claimed.email == (account.email or "") else claimed.email
    correct_person(
        claimed.id,
        full_name=shown.name,
        birth_date=shown.birth_date,
        phone=phone,
        email=email,
        by=SYSTEM,
        at=at,
    )
