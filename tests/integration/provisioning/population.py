"""A population in which everything happens that changes who an officer is, and each account as it is read by itself."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID, uuid4

from django.db.models import Q

from camaug.access.actions.close_account import close_account
from camaug.access.models import IN_OFFICE, Account
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL, now
from camaug.kernel.models import EventRecord
from camaug.people.actions.appoint import appoint
from camaug.people.actions.declare_absence import declare_absence
from camaug.people.actions.end_position import end_position
from camaug.people.actions.leave import leave
from camaug.people.actions.rename_agency import rename_agency
from camaug.people.models import Absence, Agency, AgencyTerm, Officer, Position, RoleTerm
from camaug.people.queries import directory, positions_of
from camaug.provisioning.changes import TELLING
from camaug.provisioning.queries import AccountTold, AgencyTold, View
from tests.world import CENTRE, COMMUNE, OTHER_COMMUNE, World

DAY = timedelta(days=1)


def mix(world: World) -> None:
    """Ended posts, two posts, stand-ins away themselves, roles lent and given, accounts closed, who left, who moved."""
    at = now()
    today, there = at.astimezone(LOCAL).date(), world.agencies[OTHER_COMMUNE]
    main = list(Position.objects.filter(main=True, valid_until=None, officer__kind="OFFICER").order_by("id"))
    for number, (one, other) in enumerate(pairwise(main)):
        if one.officer_id == other.officer_id:
            continue
        begun = at + (number % 3 - 1) * DAY
        stand_in = other.officer_id if number % 7 else None
        declare_absence(one.id, stand_in_id=stand_in, from_at=begun, until_at=begun + 2 * DAY, by=SYSTEM, at=at)
        if number % 4 == 0:
            _entrusted(other, "REGISTRAR", None, at)
        if number % 5 == 0 and one.roles:
            _entrusted(other, one.roles[0], one, at)
        if number % 6 == 0:
            appoint(one.officer_id, agency_id=there, title="Kiêm nhiệm", roles=["SPECIALIST"], from_date=today - DAY, main=False,
                    by=SYSTEM, at=at)  # fmt: skip
    _end(main, there, at)
    for account in Account.objects.filter(officer__in=[one.officer_id for one in main[1::8]]):
        close_account(account.id, by=SYSTEM, at=at)
    AgencyTerm.objects.filter(agency=world.agencies[CENTRE]).update(valid_until=today)
    Agency.objects.filter(pk=world.agencies[CENTRE]).update(valid_until=today)
    rename_agency(world.agencies[COMMUNE], name="Ủy ban nhân dân xã Tân Ân mới", from_date=today, by=SYSTEM, at=at)


def _end(main: list[Position], there: UUID, at: datetime) -> None:
    """Posts that end, who moves there and who leaves."""
    today, ended = at.astimezone(LOCAL).date(), main[::9]
    for number, one in enumerate(ended):
        end_position(one.id, until_date=today + (number % 2) * DAY, by=SYSTEM, at=at)
    for one in main[4::19]:
        if one not in ended:
            end_position(one.id, until_date=today, by=SYSTEM, at=at)
            appoint(one.officer_id, agency_id=there, title="Chuyên viên", roles=[], from_date=today, by=SYSTEM, at=at)
    for number, officer_id in enumerate(dict.fromkeys(one.officer_id for one in main[2::11])):
        leave(officer_id, left_date=today + (number % 3 - 1) * DAY, by=SYSTEM, at=at)


def _entrusted(to: Position, role: str, lender: Position | None, at: datetime) -> None:
    RoleTerm.objects.create(
        position=to, role=role, delegated_from=lender, from_at=at - DAY, until_at=at + DAY, document="1/QĐ", reason="x",
        given_by_name="x", given_at=at,
    )  # fmt: skip


def posts_by_themselves(account: Account, view: View) -> list[tuple[object, ...]]:
    """What an officer fills, as the readable query says, where his agency stands."""
    standing = directory(view.at.astimezone(LOCAL).date())
    assert account.officer_id
    return [
        (post.id, post.agency_id, standing.get(post.agency_id).name, post.title, tuple(sorted(post.roles)), acting)
        for post in positions_of(account.officer_id, view.at)
        if post.agency_id in standing and (view.part is None or post.agency_id in view.part)
        for acting in [bool(post.instead_of)]
    ]


def posts_told(told: AccountTold) -> list[tuple[object, ...]]:
    """The same of what a system is told."""
    return [(one.id, one.agency_id, one.agency, one.title, one.roles, one.acting) for one in told.posts]


def account_changed(account: Account, view: View) -> datetime:
    """Since when an account is what it is: of all that counts for it the latest instant that has come."""
    officer = account.officer_id
    stood_in = Absence.objects.filter(stand_in=officer).select_related("position")
    terms = RoleTerm.objects.filter(position__officer=officer).select_related("delegated_from")
    own = list(Position.objects.filter(officer=officer))
    held = own + [one.position for one in stood_in] + [one.delegated_from for one in terms if one.delegated_from]
    agencies = {one.agency_id for one in held}
    bodies = agencies | set(AgencyTerm.objects.filter(agency__in=agencies).values_list("parent_id", flat=True))
    away = Absence.objects.filter(Q(position__officer=officer) | Q(stand_in=officer))
    named = {account.id, officer, *(one.officer_id for one in held), *bodies}
    instants = [
        *_told(named),
        *_days(one.valid_from for one in held),
        *_days(one.valid_until for one in held),
        *_days(AgencyTerm.objects.filter(agency__in=bodies).values_list("valid_from", flat=True)),
        *(at for one in away for at in (one.from_at, one.until_at)),
        *_spans(terms),
    ]
    return _latest(account.created_at, view, instants)


def agency_changed(told: AgencyTold, view: View) -> datetime:
    """The same of an agency, its members included."""
    held = list(Position.objects.filter(agency=told.id))
    officers = {one.officer_id for one in held}
    above = AgencyTerm.objects.filter(agency__in=[told.id, told.parent_id]).values_list("valid_from", flat=True)
    lent = RoleTerm.objects.filter(Q(position__in=held) | Q(delegated_from__in=held))
    instants = [
        *_told({told.id, told.parent_id, *officers}),
        *_days(one.valid_from for one in held),
        *_days(one.valid_until for one in held),
        *_days([*above, told.valid_until]),
        *Account.objects.filter(officer__in=officers).values_list("created_at", flat=True),
        *(at for one in Absence.objects.filter(position__in=held) for at in (one.from_at, one.until_at)),
        *_spans(lent),
    ]
    return _latest(told.created_at, view, instants)


def _told(named: set[UUID | None]) -> Iterable[datetime]:
    return EventRecord.objects.filter(name__in=TELLING, subject_id__in=named - {None}).values_list("at", flat=True)


def _days(days: Iterable[date | None]) -> Iterator[datetime]:
    return (datetime.combine(day, time(), LOCAL) for day in days if day)


def _spans(terms: Iterable[RoleTerm]) -> Iterator[datetime]:
    return (at for one in terms for at in (one.from_at, one.until_at, one.revoked_at) if at)


def _latest(begun: datetime, view: View, instants: Iterable[datetime]) -> datetime:
    return max(begun, view.changed_at, *(at for at in instants if at <= view.at))


def more_officers(world: World, count: int) -> None:
    """So many more, each with a post in the commune and an account."""
    names = [f"them_{uuid4().hex[:12]}@camau.gov.vn" for _one in range(count)]
    made = Officer.objects.bulk_create(
        Officer(full_name="Lê Thêm", sort_key="them", folded="le them", accented="lê thêm", official_email=name)
        for name in names
    )
    Position.objects.bulk_create(
        Position(
            officer=one, agency_id=world.agencies[COMMUNE], title="x", roles=["SPECIALIST"], valid_from=date(2024, 1, 1)
        )
        for one in made
    )
    Account.objects.bulk_create(
        Account(kind=IN_OFFICE[0], email=one.official_email, officer=one, password="!", created_at=now())
        for one in made
    )
