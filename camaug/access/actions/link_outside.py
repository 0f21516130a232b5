from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access import belongings
from camaug.access.actions.enter_from_outside import (
    HeldByWord,
    check_register,
    named_person,
    note_identity,
)
from camaug.access.belongings import Change
from camaug.access.events import PersonLinked
from camaug.access.identities import Linkage
from camaug.access.models import Account, AccountKind
from camaug.access.outside.shown import Shown
from camaug.access.queries import Standing, holder_of, is_proven
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.people.actions.correct_person import correct_person
from camaug.people.actions.register_person import hold_number
from camaug.people.queries import person


class OpensAnother(DomainError):
    """The identity opens another account: the two are joined, or nothing."""

    sentence = _("This identity opens another account of yours. Join the two accounts instead.")


class SomebodyElse(DomainError):
    """The account is proved to be another person's."""

    sentence = _("This account belongs to a person with another personal number. It cannot be linked to this identity.")


def link_outside(account_id: UUID, shown: Shown, *, by: Actor, at: datetime) -> None:
    """Let the identity open the account of whoever is signed in and has shown it in the same sitting.

    An account that named nobody, or by word alone somebody else, is that person's from now on, with what it did itself.
    Raises HeldByWord, OpensAnother, SomebodyElse, RegisterContradicts, NotFound.
    """
    if by.account_id != account_id:
        raise NotFound
    with transaction.atomic():
        hold_number(shown.number)
        account = Account.objects.select_for_update().filter(pk=account_id, kind=AccountKind.CITIZEN).first()
        if account is None or not account.is_active:
            raise NotFound
        holder = holder_of(shown)
        if holder.account and holder.account.id != account_id:
            raise HeldByWord if holder.standing == Standing.HELD else OpensAnother
        if holder.account is None:
            _becomes(account, shown, by, at)
        elif not holder.linked:
            _say_as_proved(account, shown, by, at)
        note_identity(account, shown, by=by, at=at)


def _say_as_proved(account: Account, shown: Shown, by: Actor, at: datetime) -> None:
    """What the owner had typed of himself becomes what the provider says; what an office entered must agree."""
    if account.person_id is None:
        raise SomebodyElse
    if account.linkage != Linkage.DECLARED:
        check_register(person(account.person_id), shown)
        return
    correct_person(account.person_id, full_name=shown.name, birth_date=shown.birth_date, by=by, at=at)


def _becomes(account: Account, shown: Shown, by: Actor, at: datetime) -> None:
    """The account names the person who is vouched for."""
    if is_proven(account):
        raise SomebodyElse
    before, owner = account.person_id, named_person(shown, by=by, at=at)
    account.person_id, account.linkage = owner.id, Linkage.OUTSIDE
    account.save(update_fields=["person", "linkage"])
    belongings.move(Change(account.id, account.id, before, owner.id, whole=False), by=by, at=at)
    record(PersonLinked(subject=account.id, person_id=owner.id), by=by, at=at)
