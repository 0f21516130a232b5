from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from camaug.kernel.actors import SYSTEM, Actor, ActorKind
from camaug.kernel.errors import NotAllowed, NotFound
from camaug.people.actions.appoint import AlreadyHeld, HasLeft, RoleUnknown, appoint
from camaug.people.actions.declare_absence import (
    AlreadyAbsent,
    PeriodBackwards,
    StandInHasLeft,
    StandsInForSelf,
    declare_absence,
)
from camaug.people.actions.end_position import PositionNotHeld, end_position
from camaug.people.actions.engage_officer import AddressMalformed, AddressTaken, engage_officer
from camaug.people.actions.leave import AlreadyLeft, leave
from camaug.people.models import Position
from camaug.people.queries import find_officers, holders, officer_by_email, positions_of
from tests.integration.people.conftest import NOW, Tree

AWAY, BACK = datetime(2026, 12, 1, 0, 0, tzinfo=UTC), datetime(2026, 12, 8, 0, 0, tzinfo=UTC)


def _away(position: Position, stand_in: UUID | None, from_at: datetime = AWAY, until_at: datetime = BACK) -> None:
    declare_absence(
        position.id, stand_in_id=stand_in, from_at=from_at, until_at=until_at, reason="Công tác", by=SYSTEM, at=NOW
    )


@pytest.fixture
def chairman(hold: Callable[..., Position]) -> Position:
    return hold("Phạm Văn Hùng", "hung@camau.gov.vn", ("LEADER",), "Chủ tịch")


@pytest.fixture
def deputy(hold: Callable[..., Position]) -> Position:
    return hold("Nguyễn Thị Tú", "tu@camau.gov.vn", ("SPECIALIST",), "Công chức")


def test_an_officer_holds_several_positions_the_main_one_first(tree: Tree, deputy: Position) -> None:
    appoint(
        deputy.officer_id,
        agency_id=tree.district,
        title="Văn thư",
        roles=["REGISTRAR"],
        from_date=date(2020, 6, 1),
        main=False,
        by=SYSTEM,
        at=NOW,
    )
    assert [p.title for p in positions_of(deputy.officer_id, NOW)] == ["Công chức", "Văn thư"]


ABSENCE = [
    (AWAY - timedelta(seconds=1), False),
    (AWAY, True),
    (BACK - timedelta(seconds=1), True),
    (BACK, False),
]


@pytest.mark.parametrize(("instant", "stands_in"), ABSENCE)
def test_a_stand_ins_post_appears_only_within_the_absence(
    chairman: Position, deputy: Position, instant: datetime, stands_in: bool
) -> None:
    _away(chairman, deputy.officer_id)
    posts = positions_of(deputy.officer_id, instant)
    assert posts[0].id == deputy.id
    assert [(p.id, p.instead_of, p.roles) for p in posts[1:]] == (
        [(chairman.id, "Phạm Văn Hùng", frozenset({"LEADER"}))] if stands_in else []
    )
    assert [(p.officer_name, p.away) for p in holders("LEADER", chairman.agency_id, instant)] == [
        ("Phạm Văn Hùng", stands_in),
        *([("Nguyễn Thị Tú", False)] if stands_in else []),
    ]


def test_the_post_of_a_stand_in_says_for_whom(chairman: Position, deputy: Position) -> None:
    _away(chairman, deputy.officer_id)
    post = positions_of(deputy.officer_id, AWAY)[1].post(AWAY)
    assert (post.unit_id, post.title, post.instead_of) == (chairman.agency_id, "Chủ tịch", "Phạm Văn Hùng")


def test_an_absence_ends_after_it_begins_and_does_not_overlap(chairman: Position, deputy: Position) -> None:
    with pytest.raises(PeriodBackwards):
        _away(chairman, deputy.officer_id, BACK, AWAY)
    _away(chairman, deputy.officer_id)
    with pytest.raises(AlreadyAbsent):
        _away(chairman, None, BACK - timedelta(hours=1), BACK + timedelta(hours=1))
    _away(chairman, None, BACK, BACK + timedelta(hours=1))


def test_nobody_stands_in_for_himself(chairman: Position) -> None:
    with pytest.raises(StandsInForSelf):
        _away(chairman, chairman.officer_id)


def test_who_leaves_before_the_end_cannot_stand_in(chairman: Position, deputy: Position) -> None:
    leave(deputy.officer_id, left_date=date(2026, 12, 5), by=SYSTEM, at=NOW)
    with pytest.raises(StandInHasLeft):
        _away(chairman, deputy.officer_id)


def test_a_stand_in_who_leaves_acts_no_more(chairman: Position, deputy: Position) -> None:
    _away(chairman, deputy.officer_id)
    leave(deputy.officer_id, left_date=date(2026, 12, 5), by=SYSTEM, at=NOW)
    assert positions_of(deputy.officer_id, datetime(2026, 12, 6, tzinfo=UTC)) == ()
    assert len(holders("LEADER", chairman.agency_id, datetime(2026, 12, 6, tzinfo=UTC))) == 1


def test_a_holder_declares_the_own_absence_but_a_stranger_may_not(
    chairman: Position, deputy: Position, stranger: Actor
) -> None:
    with pytest.raises(NotAllowed):
        declare_absence(chairman.id, stand_in_id=None, from_at=AWAY, until_at=BACK, by=stranger, at=NOW)
    posts = tuple(p.post(NOW) for p in positions_of(chairman.officer_id, NOW))
    himself = Actor(kind=ActorKind.STAFF, name="Phạm Văn Hùng", posts=posts)
    declare_absence(chairman.id, stand_in_id=deputy.officer_id, from_at=AWAY, until_at=BACK, by=himself, at=NOW)
    assert len(positions_of(deputy.officer_id, AWAY)) == 2


def test_leaving_ends_every_position(tree: Tree, deputy: Position) -> None:
    leave(deputy.officer_id, left_date=date(2026, 12, 1), by=SYSTEM, at=NOW)
    assert positions_of(deputy.officer_id, datetime(2026, 11, 30, 2, tzinfo=UTC))
    assert positions_of(deputy.officer_id, datetime(2026, 12, 1, 2, tzinfo=UTC)) == ()
    assert find_officers("Tú", at=datetime(2026, 12, 1, 2, tzinfo=UTC)) == ()
    with pytest.raises(AlreadyLeft):
        leave(deputy.officer_id, left_date=date(2027, 1, 1), by=SYSTEM, at=NOW)
    with pytest.raises(HasLeft):
        appoint(
            deputy.officer_id,
            agency_id=tree.commune,
            title="Khác",
            roles=[],
            from_date=date(2027, 1, 1),
            by=SYSTEM,
            at=NOW,
        )


def test_a_position_ends_on_its_day(deputy: Position) -> None:
    end_position(deputy.id, until_date=date(2026, 12, 1), by=SYSTEM, at=NOW)
    assert positions_of(deputy.officer_id, datetime(2026, 12, 1, 2, tzinfo=UTC)) == ()
    with pytest.raises(PositionNotHeld):
        end_position(deputy.id, until_date=date(2027, 1, 1), by=SYSTEM, at=NOW)


def test_a_position_is_given_once_and_with_known_roles(tree: Tree, deputy: Position) -> None:
    def again(title: str, roles: list[str]) -> None:
        day = date(2026, 1, 1)
        appoint(deputy.officer_id, agency_id=tree.commune, title=title, roles=roles, from_date=day, by=SYSTEM, at=NOW)

    with pytest.raises(AlreadyHeld):
        again("Công chức", ["SPECIALIST"])
    with pytest.raises(RoleUnknown):
        again("Khác", ["KING"])


def test_an_address_belongs_to_one_officer(deputy: Position) -> None:
    with pytest.raises(AddressTaken):
        engage_officer("Người Khác", official_email="TU@camau.gov.vn", by=SYSTEM, at=NOW)
    with pytest.raises(AddressMalformed):
        engage_officer("Người Khác", official_email="không phải", by=SYSTEM, at=NOW)
    assert officer_by_email(" Tu@camau.gov.vn").id == deputy.officer_id
    with pytest.raises(NotFound):
        officer_by_email("nobody@camau.gov.vn")


@pytest.mark.usefixtures("chairman", "deputy")
def test_officers_are_found_without_accents() -> None:
    assert [o.full_name for o in find_officers("pham hung", at=NOW)] == ["Phạm Văn Hùng"]
