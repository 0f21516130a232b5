"""How far the officers' accounts are: who signs in already, who was invited, whose letter did not arrive."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from camaug.access import letters
from camaug.access.models import IN_OFFICE, Account, Invitation, InvitationRound
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotFound
from camaug.people.queries import directory, every_officer, officers_under

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
    """How many there are of each standing, and one page of one of them, by address; `after`: where the next begins."""

    counts: dict[Standing, int]
    rows: tuple[StandRow, ...]
    after: str


def stand_page(
    *, at: datetime, agency_id: UUID | None = None, standing: Standing | None = None, after: str = ""
) -> StandPage:
    """The officers of an agency and all below it (None: all) who hold a post."""
    found = _stands(officers_under(agency_id, at=at), at)
    shown = [one for one in found if standing in (None, one.standing) and one.email > after]
    page = shown[:ROWS]
    names = {one.id: one.full_name for one in every_officer(at, only=[stand.officer_id for stand in page])}
    rows = tuple(StandRow(one, names.get(one.officer_id, "")) for one in page)
    counted = Counter(one.standing for one in found)
    counts = {one: counted[one] for one in Standing}
    return StandPage(counts, rows, page[-1].email if len(shown) > ROWS else "")


def stand_of(officer_id: UUID, *, at: datetime) -> Stand:
    """How far one officer's account is; raises NotFound where he has none."""
    found = _stands([officer_id], at)
    if not found:
        raise NotFound
    return found[0]


def _stands(officers: Collection[UUID], at: datetime) -> list[Stand]:
    kept = Invitation.objects.filter(account__officer_id__in=officers, withdrawn_at=None)
    latest = {one.account_id: one for one in kept.order_by("written_at", "pk")}
    accounts = Account.objects.filter(kind__in=IN_OFFICE, officer_id__in=officers)
    told = letters.unsent()
    rows = accounts.select_related("idleness").order_by("email")
    return [_stand(one, latest.get(one.id), told, at) for one in rows]


def _stand(account: Account, letter: Invitation | None, told: Mapping[UUID, letters.Fate], at: datetime) -> Stand:
    assert account.officer_id
    return Stand(
        account_id=account.id,
        officer_id=account.officer_id,
        email=account.email or "",
        kind=account.kind,
        standing=_standing(account, letter, told, at),
        written_at=letter.written_at if letter else None,
        until=letter.expires_at if letter else None,
        is_open=letter is not None and letter.used_at is None and letter.expires_at > at,
    )


def _standing(account: Account, letter: Invitation | None, told: Mapping[UUID, letters.Fate], at: datetime) -> Standing:
    if not account.is_active:
        idle = getattr(account, "idleness", None)
        return Standing.IDLE if idle and idle.closed_at else Standing.CLOSED
    if account.has_usable_password():
        return Standing.ACTIVE
    if letter is None:
        return Standing.UNINVITED
    if letter.used_at or letter.expires_at <= at:
        return Standing.EXPIRED
    return Standing(told[letter.id]) if letter.id in told else Standing.SENT


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
    return _view(row, at)


def latest_rounds(*, at: datetime, most: int = 10) -> tuple[RoundView, ...]:
    """The last rounds that were asked for, the latest first."""
    return tuple(_view(row, at) for row in InvitationRound.objects.order_by("-asked_at", "-id")[:most])


def rounds_to_do() -> tuple[UUID, ...]:
    """The rounds that wait for the worker, the oldest first."""
    return tuple(InvitationRound.objects.filter(finished_at=None).order_by("id").values_list("id", flat=True))


def _view(row: InvitationRound, at: datetime) -> RoundView:
    there = directory(at.astimezone(LOCAL).date())
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
        open_links=Invitation.objects.valid(at).filter(round=row).count(),
        unknown=tuple(row.unknown),
    )
