"""Accounts, and who they are as the rest of the system sees them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from camaug.access.identifiers import parse_identifier
from camaug.access.identities import Linkage
from camaug.access.models import IN_OFFICE, Account, AccountKind, Idleness
from camaug.behalf.queries import NOBODY_ELSE, Standing, standing, standing_of
from camaug.kernel.actors import ANONYMOUS, Actor, ActorKind
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.kernel.grants import ADMINISTRATOR, OPERATOR
from camaug.people.queries import OfficerAtWork, PersonView, at_work, officers_with, person
from camaug.ui.asides import Aside

PASSWORD_LASTS = timedelta(days=60)


def actor_of(account: Account, *, at: datetime, origin: str) -> Actor:
    """The actor at that instant: an officer with his posts (own ones first), a citizen with his person.

    An officer who has left, or whose posts have ended, is an actor without posts.
    """
    if account.officer_id:
        return an_officer(account.id, at_work(account.officer_id, at=at), origin=origin)
    return a_citizen(
        account.id,
        account.person_id,
        _name(account),
        origin=origin,
        others=_others(account, at),
        by_word=account.linkage == Linkage.DECLARED,
    )


def an_officer(account_id: UUID, who: OfficerAtWork, *, origin: str) -> Actor:
    """The actor that an officer is."""
    return Actor(
        kind=ActorKind.STAFF, account_id=account_id, name=who.name, posts=who.posts, origin=origin, own=who.own
    )


def a_citizen(
    account_id: UUID,
    person_id: UUID | None,
    name: str,
    *,
    origin: str,
    others: Standing = NOBODY_ELSE,
    by_word: bool = False,
) -> Actor:
    """The actor that a citizen is, with the `others` for whom he acts; no person where he has not said who he is.

    `by_word`: he has said it, and nothing else says so; then nothing that was proven of that person is his.
    """
    return Actor(
        kind=ActorKind.PUBLIC,
        account_id=account_id,
        person_id=person_id,
        name=name,
        origin=origin,
        represents=frozenset() if by_word else others.represents,
        mandates=others.mandates,
        by_word=by_word,
    )


def _others(account: Account, at: datetime) -> Standing:
    """For whom else the account's person acts; the account of a session came together with it."""
    if account.person_id is None:
        return NOBODY_ELSE
    if hasattr(account, "acts_for"):
        return standing(account.acts_for, at=at)
    return standing_of(account.person_id, at=at)


def _name(account: Account) -> str:
    """Of the account's person; the account of a session came together with it."""
    if account.person_id is None:
        return ""
    known = getattr(account, "person_name", "")
    return str(known) if known else person(account.person_id).full_name


def actor_of_officer(officer_id: UUID, *, at: datetime, origin: str) -> Actor:
    """The officer as an actor at that instant; raises NotFound where he has no account."""
    account = Account.objects.filter(officer_id=officer_id).first()
    if account is None:
        raise NotFound
    return actor_of(account, at=at, origin=origin)


def actor_of_account(account_id: UUID, *, at: datetime, origin: str) -> Actor:
    """The actor behind an open account at that instant; raises NotFound where it is closed."""
    account = Account.objects.filter(pk=account_id, is_active=True).first()
    if account is None:
        raise NotFound
    return actor_of(account, at=at, origin=origin)


def is_password_due(account: Account, *, at: datetime) -> bool:
    """Whether an administrator's password is older than two months (TCVN 14423:2026, level 3)."""
    return account.password_at is None or at - account.password_at > PASSWORD_LASTS


def owes_password(actor: Actor, *, at: datetime) -> bool:
    """Whether the actor administers by a password that is due: until another is chosen, no program of his acts."""
    if actor.account_id is None or not actor.has_role(ADMINISTRATOR):
        return False
    account = Account.objects.filter(pk=actor.account_id).first()
    return account is not None and account.has_usable_password() and is_password_due(account, at=at)


def account_named(text: str) -> UUID | None:
    """The account of somebody in office or of the public by mailbox, phone or personal number; None for nobody's.

    Raises NotAnIdentifier, NotAPersonalNumber.
    """
    named = parse_identifier(text)
    people = Account.objects.filter(kind__in=[*IN_OFFICE, AccountKind.CITIZEN])
    return people.filter(**{named.column: named.value}).values_list("id", flat=True).first()


def open_account(account_id: UUID) -> Account | None:
    """The account, unless it was closed."""
    return Account.objects.filter(pk=account_id, is_active=True).first()


def may_be_let_in(account: Account) -> bool:
    """Whether a link may open the account: it is open, or was closed for nothing but that nobody used it."""
    return account.is_active or Idleness.objects.filter(account=account, closed_at__isnull=False).exists()


def nobody(*, origin: str) -> Actor:
    """The actor before sign-in, with the network address that throttling needs."""
    return replace(ANONYMOUS, origin=origin)


def officer_account(official_email: str) -> UUID | None:
    """The account of the officer with that address."""
    accounts = Account.objects.filter(kind__in=IN_OFFICE, email=official_email.lower())
    return accounts.values_list("id", flat=True).first()


def active_administrators(*, at: datetime) -> frozenset[UUID]:
    """The accounts of administrators who can sign in at that instant."""
    return _able(ADMINISTRATOR, at)


def active_operators(*, at: datetime) -> frozenset[UUID]:
    """The accounts of operators who can sign in at that instant."""
    return _able(OPERATOR, at)


def _able(role: str, at: datetime) -> frozenset[UUID]:
    accounts = Account.objects.filter(officer_id__in=officers_with(role, at), is_active=True)
    return frozenset(one.id for one in accounts if one.has_usable_password())


def is_activated(official_email: str) -> bool:
    """Whether an officer's account has a password."""
    account = Account.objects.filter(kind__in=IN_OFFICE, email=official_email.lower()).first()
    return account is not None and account.has_usable_password()


@dataclass(frozen=True, slots=True)
class Reach:
    """Where an account can be reached, and in which language; "" where it has no phone or no mailbox."""

    account_id: UUID
    phone: str
    email: str
    language: str


def reach(account_id: UUID) -> Reach:
    """Where the account can be reached; NotFound."""
    account = Account.objects.filter(pk=account_id).first()
    if account is None:
        raise NotFound
    return Reach(account.id, account.phone or "", account.email or "", account.language)


def account_of(person_id: UUID) -> UUID | None:
    """The open account of a person, if there is one; one whose owner only says to be that person is none."""
    known = Account.objects.filter(person_id=person_id, is_active=True).exclude(linkage=Linkage.DECLARED)
    return known.values_list("id", flat=True).first()


def known_contacts(who: PersonView) -> tuple[str, str]:
    """Phone and mailbox that an office, or a proof, put down for the person; "" for both where an account that only
    says to be that person wrote its own.
    """
    by_word = Account.objects.filter(person_id=who.id, linkage=Linkage.DECLARED).exists()
    return ("", "") if by_word else (who.phone, who.email)


def accounts_of_officers(officer_ids: Collection[UUID]) -> dict[UUID, UUID]:
    """The open accounts of officers, by officer; who has none is left out."""
    open_ones = Account.objects.filter(officer_id__in=officer_ids, is_active=True)
    return {
        officer_id: account_id for officer_id, account_id in open_ones.values_list("officer_id", "id") if officer_id
    }


def account_facts(officer_id: UUID, _at: datetime) -> Iterator[Aside]:
    """The state of an officer's account in a sentence, for the administrators' page."""
    account = Account.objects.filter(officer_id=officer_id).first()
    if account is None:
        state = _("none yet")
    elif not account.is_active:
        state = _("closed")
    elif not account.has_usable_password():
        state = _("opened, not activated yet")
    elif account.last_login:
        state = _("open, last sign-in {when}").format(when=f"{account.last_login.astimezone(LOCAL):%H:%M %d/%m/%Y}")
    else:
        state = _("open, never signed in")
    yield Aside(_("Account"), state, reverse("access:account", args=[officer_id]))
