from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from camaug.kernel.actors import SYSTEM, Actor, ActorKind, Post
from camaug.kernel.ids import uuid7
from camaug.people.actions.appoint import appoint
from camaug.people.actions.engage_officer import engage_officer
from camaug.people.actions.found_agency import found_agency
from camaug.people.models import AgencyKind, AgencyLevel, Position, Role

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
FOUNDED = date(2020, 1, 1)


@dataclass(frozen=True)
class Tree:
    """UBND tỉnh over UBND huyện Ngọc Hiển over UBND xã Tân Ân; UBND huyện Năm Căn beside."""

    province: UUID
    district: UUID
    commune: UUID
    other_district: UUID


@pytest.fixture
def found(db: None) -> Callable[..., UUID]:
    """Founds an agency with little said of it."""
    AgencyLevel.objects.bulk_create(
        [AgencyLevel(code=code, name=code, rank=rank) for rank, code in enumerate(("PROVINCE", "DISTRICT", "COMMUNE"))]
    )
    AgencyKind.objects.create(code="PEOPLES_COMMITTEE", name="Ủy ban nhân dân")
    Role.objects.bulk_create([Role(code=code, name=code) for code in ("LEADER", "SPECIALIST", "REGISTRAR")])

    def make(
        code: str, name: str, parent: UUID | None = None, level: str = "DISTRICT", placeholder: bool = True
    ) -> UUID:
        return found_agency(
            code,
            name=name,
            kind="PEOPLES_COMMITTEE",
            level=level,
            parent_id=parent,
            from_date=FOUNDED,
            code_is_placeholder=placeholder,
            by=SYSTEM,
            at=NOW,
        ).id

    return make


@pytest.fixture
def tree(found: Callable[..., UUID]) -> Tree:
    province = found("H12", "Ủy ban nhân dân tỉnh Cà Mau", level="PROVINCE", placeholder=False)
    district = found("H12.39", "Ủy ban nhân dân huyện Ngọc Hiển", province)
    commune = found("H12.39.1", "Ủy ban nhân dân xã Tân Ân", district, level="COMMUNE")
    return Tree(province, district, commune, found("H12.38", "Ủy ban nhân dân huyện Năm Căn", province))


@pytest.fixture
def hold(tree: Tree) -> Callable[..., Position]:
    """Engages an officer and appoints them in the commune."""

    def make(name: str, email: str, roles: tuple[str, ...] = ("SPECIALIST",), title: str = "Chuyên viên") -> Position:
        officer = engage_officer(name, official_email=email, by=SYSTEM, at=NOW)
        return appoint(
            officer.id, agency_id=tree.commune, title=title, roles=roles, from_date=date(2021, 1, 1), by=SYSTEM, at=NOW
        )

    return make


@pytest.fixture
def stranger() -> Actor:
    """An officer without any role of an administrator."""
    post = Post(id=uuid7(), unit_id=uuid7(), title="Chuyên viên", roles=frozenset({"SPECIALIST"}))
    return Actor(kind=ActorKind.STAFF, account_id=uuid7(), name="Danh Thị Sà Rinh", posts=(post,))
