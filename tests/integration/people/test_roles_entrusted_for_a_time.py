"""A role that is delegated or given for a time: who may, what is refused, and that nothing is left after its end."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from camaug.access.models import Account
from camaug.access.queries import actor_of
from camaug.cases.models import Case
from camaug.cases.policy import PERMISSIONS
from camaug.kernel.actors import SYSTEM, Actor
from camaug.kernel.errors import DomainError, NotAllowed
from camaug.people.actions.declare_absence import PeriodBackwards, declare_absence
from camaug.people.actions.end_position import end_position
from camaug.people.actions.end_role_term import TermEnded, end_role_term
from camaug.people.actions.entrust_role import (
    BeyondTheEnd,
    DocumentMissing,
    EntrustedAlready,
    NotOwnRole,
    ReasonMissing,
    TermOver,
    ToOneself,
    entrust_role,
)
from camaug.people.actions.leave import leave
from camaug.people.models import Position, RoleTerm
from camaug.people.queries import holders, officer, positions_of
from tests.applications import send_birth
from tests.world import AT, COMMUNE, World

DAY = timedelta(days=1)
MIDNIGHT = AT.replace(hour=0) + 3 * DAY


def seat(world: World, key: str) -> Position:
    """The first own position of one of the cast."""
    return Position.objects.get(pk=world.officer(key).posts[0].id)


def delegated(world: World, **other: Any) -> RoleTerm:
    """The chairman's role, delegated to the specialist of the commune until midnight of the third day."""
    said = {
        "role": "LEADER",
        "delegated_from": seat(world, "chairman").id,
        "from_at": AT,
        "until_at": MIDNIGHT,
        "document": "12/QĐ-UBND ngày 23/11/2026",
        "reason": "Đi họp",
        "by": world.officer("chairman"),
        "at": AT,
    }
    return entrust_role(seat(world, "specialist").id, **said | other)


def leads(actor: Actor, case: Case) -> bool:
    return PERMISSIONS["cases.assign"].allows(actor, case)


def test_the_one_entrusted_acts_as_the_head_does_until_midnight_and_not_a_moment_longer(world: World) -> None:
    case = send_birth(world)
    commune = world.agencies[COMMUNE]
    assert not leads(world.officer("specialist"), case)
    delegated(world)
    acting = world.officer("specialist")
    assert leads(acting, case)
    assert acting.post == world.officer("specialist").posts[0]
    assert not acting.posts[0].roles & {"LEADER"}
    assert acting.account_id is not None
    found = {one.officer_name for one in holders("LEADER", commune, AT)}
    assert acting.name in found
    assert leads(world.officer("specialist", at=MIDNIGHT - timedelta(seconds=1)), case)
    assert not leads(world.officer("specialist", at=MIDNIGHT), case)


def ended(world: World, term: RoleTerm) -> None:
    end_role_term(term.id, by=world.officer("chairman"), at=AT)


ENDS: dict[str, Callable[[World, RoleTerm], object]] = {
    "taken back": ended,
    "given back": lambda world, term: end_role_term(term.id, by=world.officer("specialist"), at=AT),
    "the delegating post ends": lambda world, _term: end_position(
        seat(world, "chairman").id, until_date=AT.date(), by=SYSTEM, at=AT
    ),
    "the delegating officer leaves": lambda world, _term: leave(
        seat(world, "chairman").officer_id, left_date=AT.date(), by=SYSTEM, at=AT
    ),
    "the delegating post loses the role": lambda world, _term: Position.objects.filter(
        pk=seat(world, "chairman").id
    ).update(roles=["SPECIALIST"]),
    "the receiving post ends": lambda world, _term: end_position(
        seat(world, "specialist").id, until_date=AT.date(), by=SYSTEM, at=AT
    ),
    "the receiving officer leaves": lambda world, _term: leave(
        seat(world, "specialist").officer_id, left_date=AT.date(), by=SYSTEM, at=AT
    ),
}


@pytest.mark.parametrize("way", ENDS)
def test_it_ends_at_once_when(world: World, way: str) -> None:
    case, term = send_birth(world), delegated(world)
    account = Account.objects.get(pk=world.officers["specialist"])
    assert leads(actor_of(account, at=AT, origin=""), case)
    ENDS[way](world, term)
    actor = actor_of(account, at=AT, origin="")
    assert not leads(actor, case)
    assert account.officer_id is not None
    assert actor.posts == tuple(one.post(AT) for one in positions_of(account.officer_id, AT))


@pytest.mark.parametrize(
    ("refusal", "said"),
    [
        (PeriodBackwards, lambda _world: {"until_at": AT}),
        (TermOver, lambda _world: {"from_at": AT - 2 * DAY, "until_at": AT}),
        (NotOwnRole, lambda _world: {"role": "REGISTRAR"}),
        (DocumentMissing, lambda _world: {"document": " "}),
        (ReasonMissing, lambda _world: {"reason": ""}),
        (NotAllowed, lambda world: {"by": world.officer("clerk")}),
        (NotAllowed, lambda world: {"by": world.officer("administrator")}),
        (NotAllowed, lambda world: {"delegated_from": None}),
        (NotAllowed, lambda world: {"delegated_from": seat(world, "clerk").id, "role": "ONE_STOP_CLERK",
                                    "by": world.officer("clerk")}),
    ],
)  # fmt: skip
def test_it_is_refused(world: World, refusal: type[DomainError], said: Callable[[World], dict[str, Any]]) -> None:
    with pytest.raises(refusal):
        delegated(world, **said(world))
    assert not RoleTerm.objects.exists()


def test_not_to_oneself_nor_twice_nor_beyond_the_own_end(world: World) -> None:
    chairman = seat(world, "chairman")
    with pytest.raises(ToOneself):
        entrust_role(
            chairman.id, role="LEADER", delegated_from=chairman.id, from_at=AT, until_at=MIDNIGHT, document="1",
            reason="1", by=world.officer("chairman"), at=AT,
        )  # fmt: skip
    delegated(world)
    with pytest.raises(EntrustedAlready):
        delegated(world, from_at=AT + DAY)
    Position.objects.filter(pk=chairman.id).update(valid_until=(MIDNIGHT - DAY).date())
    with pytest.raises(BeyondTheEnd):
        delegated(world, from_at=MIDNIGHT, until_at=MIDNIGHT + DAY)


def test_what_was_delegated_or_is_stood_in_for_is_not_delegated_further(world: World) -> None:
    delegated(world)
    specialist, registrar = seat(world, "specialist"), seat(world, "registrar")
    for lender in (specialist.id, seat(world, "chairman").id):
        with pytest.raises((NotAllowed, NotOwnRole)):
            entrust_role(
                registrar.id, role="LEADER", delegated_from=lender, from_at=AT, until_at=MIDNIGHT, document="1",
                reason="1", by=world.officer("specialist"), at=AT,
            )  # fmt: skip
    declare_absence(
        seat(world, "chairman").id, stand_in_id=registrar.officer_id, from_at=AT, until_at=MIDNIGHT, by=SYSTEM, at=AT
    )
    with pytest.raises(NotAllowed):
        delegated(world, from_at=MIDNIGHT, until_at=MIDNIGHT + DAY, by=world.officer("registrar"))


def test_an_administrator_gives_a_role_for_a_time_and_ends_it(world: World) -> None:
    administrator = world.officer("administrator")
    term = delegated(world, role="REGISTRAR", delegated_from=None, document="", by=administrator)
    assert world.officer("specialist").has_role("REGISTRAR", unit_id=world.agencies[COMMUNE])
    with pytest.raises(NotAllowed):
        end_role_term(term.id, by=world.officer("clerk"), at=AT)
    end_role_term(term.id, by=administrator, at=AT)
    assert not world.officer("specialist").has_role("REGISTRAR")
    with pytest.raises(TermEnded):
        end_role_term(term.id, by=administrator, at=AT)


def test_administering_is_not_delegated(world: World) -> None:
    with pytest.raises(NotAllowed):
        delegated(
            world,
            role="ADMINISTRATOR",
            delegated_from=seat(world, "administrator").id,
            by=world.officer("administrator"),
        )
    term = delegated(world)
    for wrong in ({"role": "ADMINISTRATOR"}, {"document": ""}, {"until_at": AT}):
        with pytest.raises((IntegrityError, ValidationError)), transaction.atomic():
            RoleTerm.objects.filter(pk=term.pk).update(**wrong)


def test_the_statement_that_says_who_acts_finds_what_the_readable_query_finds(world: World) -> None:
    delegated(world)
    delegated(world, role="REGISTRAR", delegated_from=None, document="", by=SYSTEM, from_at=AT + DAY)
    declare_absence(
        seat(world, "clerk").id, stand_in_id=seat(world, "specialist").officer_id, from_at=AT + DAY,
        until_at=AT + 2 * DAY, by=SYSTEM, at=AT,
    )  # fmt: skip
    most = 0
    for hours in (-1, 0, 24, 47, 48, 63, 64, 65, 100):
        at = AT + timedelta(hours=hours)
        for account in Account.objects.filter(officer__isnull=False):
            assert account.officer_id is not None
            actor = actor_of(account, at=at, origin="")
            assert actor.posts == tuple(one.post(at) for one in positions_of(account.officer_id, at))
            assert actor.name == officer(account.officer_id).full_name
            most = max(most, len(actor.posts))
    assert most == 4  # own, delegated, given, stood in for
