"""Whoever is away is acted for by the stand-in and by nobody else; what nobody acts for goes back to the unit."""

from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader

from camaug.access.models import Account
from camaug.access.queries import actor_of
from camaug.cases.actions.approve import approve
from camaug.cases.actions.assign import NobodyThere, assign
from camaug.cases.actions.deny import deny
from camaug.cases.actions.print_result import print_result
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.receive import receive
from camaug.cases.actions.release_unattended import release_unattended
from camaug.cases.models import Case, Outcome
from camaug.cases.queries import case_page, counts, inbox
from camaug.cases.results.sheets import signer_lines
from camaug.kernel.actors import SYSTEM, Actor
from camaug.kernel.errors import NotAllowed, NotFound
from camaug.kernel.files.store import open_blob
from camaug.people.actions.declare_absence import declare_absence
from camaug.people.actions.end_absence import end_absence
from camaug.people.actions.end_position import end_position
from camaug.people.actions.entrust_role import entrust_role
from camaug.people.actions.leave import leave
from camaug.people.models import Absence, Officer
from camaug.people.queries import attended, holders, unattended
from tests.applications import carry, send_birth
from tests.desks import desk_of, page_of
from tests.world import AT, COMMUNE, World

DAYS = timedelta(days=2)


def officer_of(world: World, who: str) -> Officer:
    account = Account.objects.get(pk=world.officers[who])
    return Officer.objects.get(pk=account.officer_id)


def post_of(world: World, who: str) -> object:
    post = world.officer(who).post
    assert post
    return post.id


def away(world: World, who: str, *, stand_in: Officer | None, at: datetime = AT) -> Absence:
    return declare_absence(
        post_of(world, who),  # type: ignore[arg-type]
        stand_in_id=stand_in.id if stand_in else None,
        from_at=at,
        until_at=at + DAYS,
        by=SYSTEM,
        at=at,
    )


def acting(officer: Officer, *, at: datetime = AT) -> Actor:
    return actor_of(Account.objects.get(officer_id=officer.id), at=at, origin="test")


def colleague(world: World, who: str) -> Officer:
    """Another officer of the commune with another role: the registrar, or the clerk for the registrar."""
    return officer_of(world, "clerk" if who == "registrar" else "registrar")


PATH: list[tuple[str, str, Callable[[Case, Actor], Case]]] = [
    ("", "clerk", lambda case, by: receive(case.id, by=by, at=AT)),
    ("EXAMINE", "specialist", lambda case, by: propose(case.id, Outcome.GRANTED, by=by, at=AT)),
    ("APPROVE", "chairman", lambda case, by: approve(case.id, by=by, at=AT)),
    ("APPROVE", "chairman", lambda case, by: deny(case.id, reason="Không đủ điều kiện.", by=by, at=AT)),
    ("PUBLISH", "registrar", lambda case, by: publish_result(case.id, by=by, at=AT)),
]


@pytest.mark.parametrize(("step", "who", "move"), PATH, ids=["receive", "propose", "approve", "deny", "publish"])
@pytest.mark.parametrize("assigned", [False, True], ids=["of all", "assigned"])
def test_the_stand_in_does_every_step_of_the_absent_one_and_loses_it_with_the_absence(
    world: World, step: str, who: str, move: Callable[[Case, Actor], Case], assigned: bool
) -> None:
    case = carry(world, send_birth(world), to=step) if step else send_birth(world)
    if assigned:
        Case.objects.filter(pk=case.pk).update(assignee_id=post_of(world, who))
    stand_in = colleague(world, who)
    before = acting(stand_in)
    assert case.id not in held(before)
    absence = away(world, who, stand_in=stand_in)
    now = acting(stand_in)
    assert case.id in held(now)
    assert sum(counts(now, at=AT).values()) > sum(counts(before, at=AT).values())
    assert case_page(str(case.code), now, at=AT).my_turn
    end_absence(absence.id, by=SYSTEM, at=AT + timedelta(minutes=1))
    later = acting(stand_in, at=AT + timedelta(minutes=1))
    assert case.id not in held(later)
    with pytest.raises((NotAllowed, NotFound)):
        move(case, later)
    move(case, now)


def held(actor: Actor) -> set[object]:
    return {row.id for tab in ("receive", "todo", "return") for row in inbox(actor, tab, at=AT).rows}


def test_nobody_stands_in_to_decide_what_he_proposed(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    away(world, "chairman", stand_in=officer_of(world, "specialist"))
    specialist = world.officer("specialist")
    propose(case.id, Outcome.GRANTED, by=specialist, at=AT)
    with pytest.raises(NotAllowed):
        approve(case.id, by=specialist, at=AT)


SIGNATURES = [
    ("Chủ tịch", "", ("CHỦ TỊCH",)),
    ("Phó Chủ tịch", "", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
    ("Chủ tịch", "Phó Chủ tịch", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
    ("Chủ tịch", "Chủ tịch", ("CHỦ TỊCH",)),
    ("Chủ tịch", "Văn thư", ("TUQ. CHỦ TỊCH", "VĂN THƯ")),
    ("Trưởng phòng", "Phó Trưởng phòng", ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG")),
]


@pytest.mark.parametrize(("title", "own_title", "lines"), SIGNATURES)
def test_what_stands_above_a_signature(title: str, own_title: str, lines: tuple[str, ...]) -> None:
    assert signer_lines(title, own_title) == lines


def test_the_result_bears_the_name_of_the_one_who_signed_in_the_absent_ones_stead(world: World) -> None:
    case = carry(world, send_birth(world), to="APPROVE")
    deputies = holders("LEADER", world.agencies[COMMUNE], AT)
    deputy = next(one for one in deputies if one.title == "Phó Chủ tịch")
    away(world, "chairman", stand_in=Officer.objects.get(pk=deputy.officer_id))
    Case.objects.filter(pk=case.pk).update(assignee_id=post_of(world, "chairman"))
    approve(case.id, by=acting(Officer.objects.get(pk=deputy.officer_id)), at=AT)
    result = publish_result(case.id, by=world.officer("registrar"), at=AT).results.get()
    with open_blob(print_result(result.id, by=SYSTEM, at=AT)) as paper:
        text = " ".join(page.extract_text() for page in PdfReader(BytesIO(paper.read())).pages)
    assert deputy.officer_name in text
    assert "KT. CHỦ TỊCH" in text
    assert "Phạm Văn Hùng" not in text
    said = desk_of(world, "registrar").get(page_of(case)).content.decode()
    assert "thay Phạm Văn Hùng" in said


UNATTENDED: list[tuple[str, Callable[[World], object]]] = [
    ("away without a stand-in", lambda world: away(world, "specialist", stand_in=None)),
    (
        "position ended",
        lambda world: end_position(post_of(world, "specialist"), until_date=AT.date(), by=SYSTEM, at=AT),  # type: ignore[arg-type]
    ),
    ("left", lambda world: leave(officer_of(world, "specialist").id, left_date=AT.date(), by=SYSTEM, at=AT)),
    (
        "stand-in away too",
        lambda world: (
            away(world, "registrar", stand_in=None),
            away(world, "specialist", stand_in=officer_of(world, "registrar")),
        ),
    ),
]


@pytest.mark.parametrize(("why", "make"), UNATTENDED, ids=[row[0] for row in UNATTENDED])
def test_what_nobody_acts_for_goes_back_to_the_unit_visibly(
    world: World, why: str, make: Callable[[World], object]
) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    assign(case.id, to=post_of(world, "specialist"), by=world.officer("chairman"), at=AT)  # type: ignore[arg-type]
    others = [
        one for one in holders("CIVIL_STATUS", world.agencies[COMMUNE], AT) if one.id != post_of(world, "specialist")
    ]
    other = acting(Officer.objects.get(pk=others[0].officer_id))
    assert case.id not in held(other)
    make(world)
    assert release_unattended(by=SYSTEM, at=AT) == 1, why
    assert release_unattended(by=SYSTEM, at=AT) == 0
    case.refresh_from_db()
    assert case.assignee_id is None
    assert case.id in held(other)
    page = case_page(str(case.code), other, at=AT)
    assert page.timeline[0].name == "CaseReleased"


def test_what_somebody_held_in_a_role_for_a_time_goes_back_with_its_end(world: World) -> None:
    entrusted, own = (carry(world, send_birth(world), to="EXAMINE") for _ in range(2))
    entrust_role(
        post_of(world, "registrar"), role="CIVIL_STATUS", delegated_from=None, from_at=AT, until_at=AT + DAYS,  # type: ignore[arg-type]
        reason="Thiếu người", by=SYSTEM, at=AT,
    )  # fmt: skip
    assign(entrusted.id, to=post_of(world, "registrar"), by=world.officer("chairman"), at=AT)  # type: ignore[arg-type]
    assign(own.id, to=post_of(world, "specialist"), by=world.officer("chairman"), at=AT)  # type: ignore[arg-type]
    assert release_unattended(by=SYSTEM, at=AT) == 0
    assert release_unattended(by=SYSTEM, at=AT + DAYS) == 1
    assert release_unattended(by=SYSTEM, at=AT + DAYS) == 0
    assert Case.objects.get(pk=entrusted.pk).assignee_id is None
    assert Case.objects.get(pk=own.pk).assignee_id == post_of(world, "specialist")


def test_an_absence_with_a_stand_in_releases_nothing(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    assign(case.id, to=post_of(world, "specialist"), by=world.officer("chairman"), at=AT)  # type: ignore[arg-type]
    away(world, "specialist", stand_in=officer_of(world, "registrar"))
    assert unattended(AT) == frozenset()
    assert release_unattended(by=SYSTEM, at=AT) == 0


def test_who_is_away_is_not_given_cases_and_the_stand_in_is_offered_by_name(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    chairman = world.officer("chairman")
    absence = away(world, "specialist", stand_in=None)
    with pytest.raises(NobodyThere, match="Lê Anh Tuấn"):
        assign(case.id, to=post_of(world, "specialist"), by=chairman, at=AT)  # type: ignore[arg-type]
    Absence.objects.filter(pk=absence.pk).update(stand_in=officer_of(world, "registrar"))
    able = attended(holders(case.holder_role, world.agencies[COMMUNE], AT))
    assert "Ngô Thị Kim Chi" in {one.officer_name for one in able}
    assert "Lê Anh Tuấn" not in {one.officer_name for one in able}
    moved = assign(case.id, to=post_of(world, "specialist"), by=chairman, at=AT)  # type: ignore[arg-type]
    assert moved.assignee_id == post_of(world, "specialist")
