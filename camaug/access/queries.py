"""Who an account is, as the rest of the system sees him."""

from dataclasses import dataclass, replace
from datetime import datetime

from camaug.access.contacts import Contact, known_contact
from camaug.access.models import Account, AccountKind, TrayMessage
from camaug.kernel.actors import ANONYMOUS, Actor, ActorKind
from camaug.people.queries import officer, person, positions_of


@dataclass(frozen=True, slots=True)
class Sent:
    """A message as it would have reached a phone or mailbox."""

    reached: Contact
    text: str
    sent_at: datetime


def actor_of(account: Account, *, at: datetime, origin: str) -> Actor:
    """The actor at that instant: an officer with his posts (own ones first), a citizen with his person.

    An officer who has left, or whose posts have ended, is an actor without posts.
    """
    if account.officer_id:
        return Actor(
            kind=ActorKind.STAFF,
            account_id=account.id,
            name=officer(account.officer_id).full_name,
            posts=tuple(position.post for position in positions_of(account.officer_id, at)),
            origin=origin,
        )
    return Actor(
        kind=ActorKind.PUBLIC,
        account_id=account.id,
        person_id=account.person_id,
        name=person(account.person_id).full_name if account.person_id else "",
        origin=origin,
    )


def nobody(*, origin: str) -> Actor:
    """The actor before sign-in, with the network address that throttling needs."""
    return replace(ANONYMOUS, origin=origin)


def is_activated(official_email: str) -> bool:
    """Whether an officer's account has a password."""
    account = Account.objects.filter(kind=AccountKind.OFFICER, email=official_email.lower()).first()
    return account is not None and account.has_usable_password()


def latest_on_tray(limit: int) -> tuple[Sent, ...]:
    """What demo mode sent last, the latest first."""
    rows = TrayMessage.objects.order_by("-sent_at", "-id")[:limit]
    return tuple(Sent(known_contact(row.contact), row.text, row.sent_at) for row in rows)
