from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from camaug.access.actions.activate_officer import activate_officer
from camaug.access.actions.change_kind import change_kind
from camaug.access.actions.open_officer_accounts import open_officer_accounts
from camaug.access.models import Account
from camaug.kernel.actors import SYSTEM
from camaug.kernel.grants import OfficeKind
from camaug.people.actions.appoint import appoint
from camaug.people.actions.change_roles import change_roles
from camaug.people.actions.engage_officer import engage_officer
from camaug.people.actions.found_agency import found_agency
from camaug.people.models import AgencyKind, AgencyLevel, Role

PASSWORD = "rừng đước Năm Căn 1"
NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Clerk:
    """An officer with one position, in the agency of the fixture."""

    account: Account
    officer_id: UUID
    position_id: UUID
    email: str


def let_administer(clerk: Clerk, *, at: datetime) -> None:
    """The officer works no more: his account becomes an administrator's."""
    change_roles(clerk.position_id, roles=[], main=True, by=SYSTEM, at=at)
    change_kind(clerk.account.id, kind=OfficeKind.ADMINISTRATOR, reason="Chuyển sang quản trị", by=SYSTEM, at=at)
    change_roles(clerk.position_id, roles=["ADMINISTRATOR"], main=True, by=SYSTEM, at=at)
    clerk.account.refresh_from_db()


@pytest.fixture
def agency_id(db: None) -> UUID:
    AgencyLevel.objects.create(code="DISTRICT", name="Cấp huyện", rank=2)
    AgencyKind.objects.create(code="COMMITTEE", name="Ủy ban nhân dân")
    Role.objects.create(code="CLERK", name="Bộ phận một cửa")
    return found_agency(
        "H12.1",
        name="UBND huyện Năm Căn",
        kind="COMMITTEE",
        level="DISTRICT",
        parent_id=None,
        from_date=date(2020, 1, 1),
        by=SYSTEM,
        at=NOW,
    ).id


@pytest.fixture
def engage(agency_id: UUID) -> Callable[..., Clerk]:
    """Makes an officer with a position and an account; `password=""` leaves the account unactivated."""

    def make(name: str, email: str, password: str = PASSWORD, from_date: date = date(2021, 1, 1)) -> Clerk:
        officer = engage_officer(name, official_email=email, by=SYSTEM, at=NOW)
        position = appoint(
            officer.id,
            agency_id=agency_id,
            title="Chuyên viên",
            roles=["CLERK"],
            from_date=from_date,
            by=SYSTEM,
            at=NOW,
        )
        open_officer_accounts(by=SYSTEM, at=NOW)
        if password:
            activate_officer(email, password=password, by=SYSTEM, at=NOW)
        return Clerk(Account.objects.get(email=email), officer.id, position.id, email)

    return make
