from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from camaug.access.actions.prove_code import AccountIsClosed
from camaug.access.events import AccountOpened, OutsideIdentityLinked, PersonLinked
from camaug.access.identities import Linkage, OutsideIdentity
from camaug.access.models import Account, AccountKind
from camaug.access.outside.shown import Shown
from camaug.access.queries import Standing, a_citizen, holder_of
from camaug.kernel.actors import Actor
from camaug.kernel.errors import DomainError
from camaug.kernel.events import record
from camaug.kernel.text import fold
from camaug.people.actions.register_person import hold_number, register_person
from camaug.people.queries import PersonView, person, person_by_number

CHANNEL = "outside"


class HeldByWord(DomainError):
    """An account has said to be that person and has not proved it: nobody is handed to anybody."""

    sentence = _("Another account here says to be the person with this personal number, and has not proved it.")


class RegisterContradicts(DomainError):
    """The register has another name or birthday under that number: a slip of somebody's, seen to with the card."""

    sentence = _(
        "Our register has other details under your personal number. "
        "Bring your identity card to a one-stop unit, which can put it right."
    )


class IdentityContradicts(DomainError):
    """The provider names another person than when the identity was linked: it was given to somebody else."""

    sentence = _("That identity was linked here by somebody else. Bring your identity card to a one-stop unit.")


def enter_from_outside(shown: Shown, *, by: Actor, at: datetime) -> Account:
    """The account of whoever a provider vouches for; one is opened for a person who has none.

    An account that only says to be that person is not handed over. Raises HeldByWord, RegisterContradicts,
    IdentityContradicts, AccountIsClosed, and what registering a person raises.
    """
    with transaction.atomic():
        hold_number(shown.number)
        holder = holder_of(shown)
        if holder.standing == Standing.HELD:
            raise HeldByWord
        account = holder.account or _opened(shown, by, at)
        if not account.is_active:
            raise AccountIsClosed
        check_person(account, shown, linked=holder.linked)
        note_identity(account, shown, by=_owner(account, by), at=at)
    return account


def check_person(account: Account, shown: Shown, *, linked: bool) -> None:
    """Whether the account's person is whom the provider names; of one that is linked, names may have changed since.

    Raises IdentityContradicts, RegisterContradicts.
    """
    owner = person(account.person_id) if account.person_id else None
    if owner is None or owner.personal_number != shown.number:
        raise IdentityContradicts
    if not linked:
        check_register(owner, shown)


def check_register(known: PersonView, shown: Shown) -> None:
    """Whether the register means the same human being, since a clerk may have mistyped a number.

    Raises RegisterContradicts.
    """
    birthdays = known.birth_date and shown.birth_date and known.birth_date != shown.birth_date
    if birthdays or fold(known.full_name) != fold(shown.name):
        raise RegisterContradicts


def note_identity(account: Account, shown: Shown, *, by: Actor, at: datetime) -> None:
    """The identity opens the account from now on, or did so before and was used."""
    named = {"issuer": shown.issuer, "subject": shown.subject}
    _identity, new = OutsideIdentity.objects.update_or_create(
        **named, defaults={"used_at": at}, create_defaults={"account": account, "linked_at": at, "used_at": at, **named}
    )
    if account.linkage != Linkage.OUTSIDE:
        account.linkage = Linkage.OUTSIDE
        account.save(update_fields=["linkage"])
    if new:
        record(OutsideIdentityLinked(subject=account.id, issuer=shown.issuer), by=by, at=at)


def _opened(shown: Shown, by: Actor, at: datetime) -> Account:
    account = Account(kind=AccountKind.CITIZEN, created_at=at)
    account.set_unusable_password()
    owner = named_person(shown, by=a_citizen(account.id, None, shown.name, origin=by.origin), at=at)
    account.person_id, account.linkage = owner.id, Linkage.OUTSIDE
    account.save(force_insert=True)
    acting = _owner(account, by)
    record(AccountOpened(subject=account.id, channel=CHANNEL), by=acting, at=at)
    record(PersonLinked(subject=account.id, person_id=owner.id), by=acting, at=at)
    return account


def named_person(shown: Shown, *, by: Actor, at: datetime) -> PersonView:
    """Whom the register has under that number; entered now where it has nobody. Raises RegisterContradicts."""
    known = person_by_number(shown.number)
    if known is None:
        made = register_person(shown.name, personal_number=shown.number, birth_date=shown.birth_date, by=by, at=at)
        return person(made.id)
    check_register(known, shown)
    return known


def _owner(account: Account, by: Actor) -> Actor:
    """Who acts: before he is signed in, whoever has just been vouched for."""
    if by.account_id is not None:
        return by
    name = person(account.person_id).full_name if account.person_id else ""
    return a_citizen(account.id, account.person_id, name, origin=by.origin)
