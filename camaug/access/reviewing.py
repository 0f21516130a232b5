"""What a review asks about beside the roles of positions: other ways in, each kept by the part that also ends it.

reviewing.register(LineKind.SYSTEM, open_systems, end_system)
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from camaug.access.actions.close_account import end_account
from camaug.access.actions.revoke_token import end_token
from camaug.access.models import IN_OFFICE, MACHINES, Account, ApiToken
from camaug.access.models import LineKind as LineKind
from camaug.access.policy import ADMINISTRATOR
from camaug.kernel.actors import Actor
from camaug.kernel.clock import LOCAL
from camaug.people.actions.end_role_term import take_back_role
from camaug.people.actions.end_stand_in import end_stand_in
from camaug.people.queries import directory
from camaug.people.queries.lent import LentView, agencies_of, seat_of, stand_ins_not_ended, terms_not_ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A way in that has not ended. `agency_id` None: that of the officer who answers for it, where there is one.

    `about` and `until_at` are as a line of a review has them.
    """

    id: UUID
    agency_id: UUID | None = None
    officer_id: UUID | None = None
    officer_name: str = ""
    title: str
    role: str = ""
    about: str = ""
    until_at: datetime | None = None


class Source(Protocol):
    """Those of a kind that have not ended at that instant; of one, where `only` names it."""

    def __call__(self, *, at: datetime, only: UUID | None = None) -> Iterable[Held]: ...


class Ender(Protocol):
    """Ends one at once. Whether the actor may, the review has asked."""

    def __call__(self, held_id: UUID, /, *, by: Actor, at: datetime) -> object: ...


_KINDS: dict[LineKind, tuple[Source, Ender]] = {}


def register(kind: LineKind, source: Source, ender: Ender) -> None:
    """Have these reviewed with the roles."""
    _KINDS[kind] = (source, ender)


def by_agency(*, at: datetime) -> dict[UUID, list[tuple[LineKind, Held]]]:
    """All of them by the agency that reviews them: their own, that of the officer who answers for them, else the one
    where the administrators sit.
    """
    found = [(kind, held) for kind, (source, _ender) in _KINDS.items() for held in source(at=at)]
    there, seat = directory(at.astimezone(LOCAL).date()), seat_of(ADMINISTRATOR, at=at)
    homes = agencies_of({held.officer_id for _kind, held in found if held.officer_id and not held.agency_id}, at=at)
    sorted_out: dict[UUID, list[tuple[LineKind, Held]]] = defaultdict(list)
    for kind, held in found:
        home = held.agency_id or (homes.get(held.officer_id) if held.officer_id else None)
        agency_id = home if home in there else seat
        if agency_id:
            sorted_out[agency_id].append((kind, held))
    return sorted_out


def has_ended(kind: str, held_id: UUID, *, at: datetime) -> bool:
    """Whether it has ended since."""
    source, _ender = _KINDS[LineKind(kind)]
    return not any(True for _one in source(at=at, only=held_id))


def end(kind: str, held_id: UUID, *, by: Actor, at: datetime) -> None:
    """End it at once; raises what its part says where it cannot be ended."""
    _source, ender = _KINDS[LineKind(kind)]
    ender(held_id, by=by, at=at)


def _lent(row: LentView) -> Held:
    return Held(
        id=row.id,
        agency_id=row.agency_id,
        officer_id=row.officer_id,
        officer_name=row.officer_name,
        title=row.title,
        role=row.role,
        about=row.instead_of or row.document,
        until_at=row.until_at,
    )


def _terms(*, at: datetime, only: UUID | None = None) -> Iterator[Held]:
    return map(_lent, terms_not_ended(at=at, only=only))


def _stand_ins(*, at: datetime, only: UUID | None = None) -> Iterator[Held]:
    return map(_lent, stand_ins_not_ended(at=at, only=only))


def _programs(*, at: datetime, only: UUID | None = None) -> Iterator[Held]:
    rows = Account.objects.filter(kind__in=MACHINES, is_active=True, expires_at__gt=at)
    for row in (rows.filter(pk=only) if only else rows).select_related("owner").order_by("id"):
        yield Held(
            id=row.id,
            officer_id=row.owner_id,
            officer_name=row.owner.full_name if row.owner else "",
            title=row.name,
            about=row.purpose,
            until_at=row.expires_at,
        )


def _tokens(*, at: datetime, only: UUID | None = None) -> Iterator[Held]:
    """Those of officers and of client systems that act for nobody; a program's end with its account, a citizen's are
    his own.
    """
    rows = ApiToken.objects.valid(at).exclude(account__kind__in=MACHINES)
    rows = rows.filter(account=None) | rows.filter(account__kind__in=IN_OFFICE)
    for row in (rows.filter(pk=only) if only else rows).select_related("account__officer").order_by("id"):
        officer = row.account.officer if row.account else None
        yield Held(
            id=row.id,
            officer_id=officer.id if officer else None,
            officer_name=officer.full_name if officer else "",
            title=f"{row.name}, {row.client}" if row.client else row.name,
            about=row.prefix,
            until_at=row.expires_at,
        )


register(LineKind.ENTRUSTED, _terms, take_back_role)
register(LineKind.STAND_IN, _stand_ins, end_stand_in)
register(LineKind.PROGRAM, _programs, end_account)
register(LineKind.TOKEN, _tokens, end_token)
