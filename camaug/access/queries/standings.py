"""How far the officers' accounts are: who signs in already, who was invited, whose letter did not arrive."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Case, CharField, Count, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from camaug.access import letters
from camaug.access.models import IN_OFFICE, Account, Invitation, InvitationRound
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.kernel.paging import Page, page_by_text
from camaug.people.queries import Directory, directory, every_officer, officers_under

ROWS = 50


class Standing(StrEnum):
    """Of an officer's account, on its way from opened to used."""

    UNINVITED = "UNINVITED"
    WAITING = "WAITING"
    LOST = "LOST"
    SENT = "SENT"
    EXPIRED = "EXPIRED"
    ACTIVE = "ACTIVE"
    IDLE = "IDLE"
    CLOSED = "CLOSED"


@dataclass(frozen=True, slots=True)
class Stand:
    """One account; `until`: when the latest link ends or ended, None where there is none; `is_open`: it still opens."""

    account_id: UUID
    officer_id: UUID
    email: str
    kind: str
    standing: Standing
    written_at: datetime | None
    until: datetime | None
    is_open: bool


@dataclass(frozen=True, slots=True)
class StandRow:
    """A line of the list."""

    stand: Stand
    name: str


@dataclass(frozen=True, slots=True)
class StandPage:
    """How many there are of each standing, and one page of one of them, by address."""

    counts: dict[Standing, int]
    page: Page[StandRow]


def stand_page(
    *,
    at: datetime,
    agency_id: UUID | None = None,
    words: str = "",
    standing: Standing | None = None,
    token: str = "",
) -> StandPage:
    """The officers of an agency and all below it (None: all) who hold a post; whose name or address holds the words."""
    found = _standing(officers_under(agency_id, at=at, words=words), at)
    counted = dict(found.values_list("standing").annotate(n=Count("pk")))
    shown = found.filter(standing=standing) if standing else found
    page = page_by_text(shown, key="email", token=token, size=ROWS)
    stands = _stands(page.rows, at)
    names = {one.id: one.full_name for one in every_officer(at, only=[stand.officer_id for stand in stands])}
    rows = tuple(StandRow(one, names.get(one.officer_id, "")) for one in stands)
    return StandPage({one: counted.get(one, 0) for one in Standing}, Page(rows, page.older, page.newer))


def stand_of(officer_id: UUID, *, at: datetime) -> Stand:
    """How far one officer's account is; raises NotFound where he has none."""
    found = _stands(_standing([officer_id], at), at)
    if not found:
        raise NotFound
    return found[0]


def _standing(officers: Collection[UUID], at: datetime) -> QuerySet[Any]:
    """Their accounts, each with how far it is as `standing`."""
    over = Q(used_at__isnull=False) | Q(expires_at__lte=at)
    unsent = defaultdict[letters.Fate, list[UUID]](list)
    for letter, fate in letters.unsent().items():
        unsent[fate].append(letter)
    told = Case(
        When(over, then=Value(Standing.EXPIRED)),
        *(When(pk__in=some, then=Value(Standing(fate))) for fate, some in unsent.items()),
        default=Value(Standing.SENT),
        output_field=CharField(),
    )
    latest = _kept().filter(account=OuterRef("pk")).order_by("-written_at", "-pk").annotate(told=told)
    standing = Case(
        When(is_active=False, idleness__closed_at__isnull=False, then=Value(Standing.IDLE)),
        When(is_active=False, then=Value(Standing.CLOSED)),
        When(~Q(password__startswith=UNUSABLE_PASSWORD_PREFIX), then=Value(Standing.ACTIVE)),
        default=Coalesce(Subquery(latest.values("told")[:1]), Value(Standing.UNINVITED)),
        output_field=CharField(),
    )
    return Account.objects.filter(kind__in=IN_OFFICE, officer_id__in=officers).annotate(standing=standing)


def _kept() -> QuerySet[Invitation]:
    return Invitation.objects.filter(withdrawn_at=None)


def _stands(accounts: Iterable[Any], at: datetime) -> list[Stand]:
    found = list(accounts)
    latest = {one.account_id: one for one in _kept().filter(account__in=found).order_by("written_at", "pk")}
    return [_stand(one, latest.get(one.id), at) for one in found]


def _stand(account: Any, letter: Invitation | None, at: datetime) -> Stand:
    return Stand(
        account_id=account.id,
        officer_id=account.officer_id,
        email=account.email or "",
        kind=account.kind,
        standing=Standing(account.standing),
        written_at=letter.written_at if letter else None,
        until=letter.expires_at if letter else None,
        is_open=letter is not None and letter.used_at is None and letter.expires_at > at,
    )


@dataclass(frozen=True, slots=True)
class RoundView:
    """Invitations asked for at once, and how far the worker is; `agency` "" where addresses were given."""

    id: UUID
    agency_id: UUID | None
    agency: str
    addresses: int
    again: bool
    actor_name: str
    asked_at: datetime
    finished_at: datetime | None
    done: int
    total: int
    invited: int
    open_links: int
    unknown: tuple[str, ...]

    @property
    def share(self) -> int:
        """How much is done, in per cent."""
        return min(100, 100 * self.done // self.total) if self.total else 0


def invitation_round(round_id: UUID, *, at: datetime) -> RoundView:
    """One round; raises NotFound."""
    row = InvitationRound.objects.filter(pk=round_id).first()
    if row is None:
        raise NotFound
    return _views([row], at)[0]


def latest_rounds(*, at: datetime, most: int = 10) -> tuple[RoundView, ...]:
    """The last rounds that were asked for, the latest first."""
    return _views(InvitationRound.objects.order_by("-asked_at", "-id")[:most], at)


def rounds_to_do() -> tuple[UUID, ...]:
    """The rounds that wait for the worker, the oldest first."""
    return tuple(InvitationRound.objects.filter(finished_at=None).order_by("id").values_list("id", flat=True))


def _views(rows: Iterable[InvitationRound], at: datetime) -> tuple[RoundView, ...]:
    found, there = list(rows), directory(at.astimezone(LOCAL).date())
    still_open = Invitation.objects.valid(at).filter(round__in=found).values_list("round").annotate(n=Count("pk"))
    links = {row_id: n for row_id, n in still_open if row_id}
    return tuple(_view(row, there, links.get(row.id, 0)) for row in found)


def _view(row: InvitationRound, there: Directory, open_links: int) -> RoundView:
    return RoundView(
        id=row.id,
        agency_id=row.agency_id,
        agency=there.get(row.agency_id).name if row.agency_id and row.agency_id in there else "",
        addresses=len(row.addresses),
        again=row.again,
        actor_name=row.actor_name,
        asked_at=row.asked_at,
        finished_at=row.finished_at,
        done=row.done,
        total=row.total or 0,
        invited=row.invited,
        open_links=open_links,
        unknown=tuple(row.unknown),
    )
