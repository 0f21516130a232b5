"""Who is vouched for from outside, and which account that opens."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from camaug.access.identities import PROVEN, OutsideIdentity
from camaug.access.models import Account
from camaug.access.outside.shown import Shown
from camaug.people.queries import person_by_number


class Standing(StrEnum):
    """KNOWN: opens an account; FREE: nobody has that person's number; HELD: an account claims to be that person, by
    word alone.
    """

    KNOWN = "KNOWN"
    FREE = "FREE"
    HELD = "HELD"


@dataclass(frozen=True, slots=True)
class Holder:
    """How an identity stands here, and with which account; None where it is free. `linked`: it opened it before."""

    standing: Standing
    account: Account | None = None
    linked: bool = False


@dataclass(frozen=True, slots=True)
class IdentityView:
    """An identity from outside that opens the account."""

    id: UUID
    issuer: str
    linked_at: datetime
    used_at: datetime


def holder_of(shown: Shown) -> Holder:
    """Which account this identity opens."""
    linked = OutsideIdentity.objects.filter(issuer=shown.issuer, subject=shown.subject).select_related("account")
    for identity in linked:
        return Holder(Standing.KNOWN, identity.account, linked=True)
    known = person_by_number(shown.number)
    account = Account.objects.filter(person_id=known.id).first() if known else None
    if account is None:
        return Holder(Standing.FREE)
    return Holder(Standing.KNOWN if account.linkage in PROVEN else Standing.HELD, account)


def identities_of(account_id: UUID) -> tuple[IdentityView, ...]:
    """Those that open the account, the oldest first."""
    found = OutsideIdentity.objects.filter(account_id=account_id).order_by("linked_at", "id")
    return tuple(IdentityView(one.id, one.issuer, one.linked_at, one.used_at) for one in found)


def is_proven(account: Account) -> bool:
    """Whether it is proved, and not only said, that the account is its person's."""
    return account.person_id is not None and account.linkage in PROVEN
