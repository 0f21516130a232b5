from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access import belongings
from camaug.access.actions.revoke_all import revoke_all
from camaug.access.belongings import Change
from camaug.access.endings import before_the_end
from camaug.access.events import AccountClosed, AccountsJoined, FactorRemoved, PersonLinked
from camaug.access.identities import OutsideIdentity
from camaug.access.models import (
    Account,
    AccountKind,
    Factor,
    OpenSession,
    PastPassword,
    RecoveryCode,
)
from camaug.access.queries import is_proven
from camaug.access.sessions import SessionStore
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.events import record
from camaug.people.actions.join_persons import join_persons
from camaug.people.queries import person


class NotOnePerson(DomainError):
    """What is known of the two accounts' owners does not fit one human being."""

    sentence = _("These two accounts name two different people. Bring your identity card to a one-stop unit.")


class ProvenOneStays(DomainError):
    """The account whose owner is proved stays; from the other one it is done the other way round."""

    sentence = _("Sign in to the other account, whose owner is proved, and join this one to it there.")


def join_accounts(other_id: UUID, *, into: UUID, by: Actor, at: datetime) -> None:
    """Two accounts that turned out to be one person's become one: everything of `other_id` belongs to `into`.

    The caller has seen both proved in one sitting; the actor is signed in to the one that stays. All in one
    transaction: who is killed half-way has done nothing, and once it is done, the other account has nothing and is
    closed for good. Said again, it changes nothing. Raises NotFound, NotOnePerson, ProvenOneStays.
    """
    if by.account_id != into or other_id == into:
        raise NotFound
    with transaction.atomic():
        locked = Account.objects.select_for_update().filter(pk__in=[other_id, into]).order_by("pk")
        both = {one.pk: one for one in locked}
        other, stays = both.get(other_id), both.get(into)
        if other is None or stays is None or not stays.is_active or stays.kind != AccountKind.CITIZEN:
            raise NotFound
        if other.joined_to_id == into:
            return
        if not other.is_active or other.kind != AccountKind.CITIZEN:
            raise NotFound
        _join(other, stays, by, at)
        record(AccountClosed(subject=other.id), by=by, at=at)
        record(AccountsJoined(subject=stays.id, other_id=other.id), by=by, at=at)


def _join(other: Account, stays: Account, by: Actor, at: datetime) -> None:
    change = _change(other, stays)
    _end_sessions(other, by, at)
    OutsideIdentity.objects.filter(account=other).update(account=stays)
    _end_proofs(other, by, at)
    phone, email, former = other.phone, other.email, other.linkage
    other.phone = other.email = other.person_id = None
    other.linkage, other.is_active, other.joined_to = "", False, stays
    other.set_unusable_password()
    other.save()
    stays.phone, stays.email = stays.phone or phone, stays.email or email
    if stays.person_id is None and change.into_person_id:
        stays.person_id, stays.linkage = change.into_person_id, former
        record(PersonLinked(subject=stays.id, person_id=change.into_person_id), by=by, at=at)
    stays.save(update_fields=["phone", "email", "person", "linkage"])
    if change.whole and change.person_id and change.into_person_id:
        join_persons(change.person_id, into=change.into_person_id, by=by, at=at)
    belongings.move(change, by=by, at=at)


def _change(other: Account, stays: Account) -> Change:
    """From which person to which. Of one who was named by word alone, only what the account did itself goes over."""
    if is_proven(other) and not is_proven(stays):
        raise ProvenOneStays
    if other.person_id is None or stays.person_id is None:
        person_id = stays.person_id or other.person_id
        return Change(other.id, stays.id, other.person_id, person_id, whole=False)
    mine, theirs = person(other.person_id).personal_number, person(stays.person_id).personal_number
    if mine and theirs and (is_proven(other) or not is_proven(stays)):
        raise NotOnePerson
    return Change(other.id, stays.id, other.person_id, stays.person_id, whole=not mine)


def _end_sessions(other: Account, by: Actor, at: datetime) -> None:
    for one in OpenSession.objects.select_for_update().filter(account=other):
        session = SessionStore(one.session_key)
        before_the_end(session, by=by, at=at)
        session.delete(one.session_key)
        one.delete()


def _end_proofs(other: Account, by: Actor, at: datetime) -> None:
    """Whoever got hold of a token or a passkey of the other account gets no further by it.

    None is the last way in: the actor is signed in to the account that stays by what that has itself.
    """
    revoke_all(other.pk, by=by, at=at)
    PastPassword.objects.filter(account=other).delete()
    RecoveryCode.objects.filter(account=other).delete()
    for factor in Factor.objects.select_for_update().filter(account=other):
        record(FactorRemoved(subject=other.pk, kind=factor.kind), by=by, at=at)
        factor.delete()
