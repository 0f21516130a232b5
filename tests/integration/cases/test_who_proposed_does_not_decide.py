"""Two people make a decision: one who proposes it and one who decides; whoever had a part in proposing does not decide."""

from datetime import timedelta
from functools import partial

import pytest

from camaug.cases.actions.approve import approve
from camaug.cases.actions.deny import deny
from camaug.cases.actions.hand_over import hand_over
from camaug.cases.actions.pass_on import NothingProposed
from camaug.cases.actions.propose import propose
from camaug.cases.actions.register import register
from camaug.cases.actions.send_back import send_back
from camaug.cases.actions.take_back import take_back
from camaug.cases.lifecycle import State
from camaug.cases.models import Case, Outcome
from camaug.cases.queries import case_page
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.kernel.errors import NotAllowed
from camaug.people.actions.declare_absence import declare_absence
from camaug.people.models import Position
from tests.applications import COPY, carry, send_birth
from tests.callers import program_of
from tests.desks import desk_of, page_of
from tests.integration.cases.test_the_longer_ways import FARM, WAYS, taken
from tests.world import AT, CENTRE, COMMUNE, World

DAYS = timedelta(days=2)


def stands_in(world: World, who: str, *, for_: str) -> None:
    """The second is away, and the first acts for him, by the real clock too."""
    absent, acting = (Position.objects.get(pk=world.officer(key).posts[0].id) for key in (for_, who))
    declare_absence(
        absent.id, stand_in_id=acting.officer_id, from_at=AT - DAYS, until_at=now() + DAYS, by=SYSTEM, at=AT
    )


def farm_at(world: World, step: str) -> Case:
    """A farm's registration, proposed by the specialist, and proposed again by the head where it goes on from there."""
    case = register(taken(world, FARM, CENTRE, WAYS[FARM][2], WAYS[FARM][3]), by=world.officer("centre_clerk"), at=AT)
    for who in ("fisheries_specialist", "fisheries_head"):
        if case.step == step:
            break
        case = propose(case.id, Outcome.GRANTED, by=world.officer(who), at=AT)
    assert case.step == step
    return case


def test_what_is_decided_on_a_proposal_is_not_handed_over_without_one(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    stands_in(world, "specialist", for_="chairman")
    with pytest.raises(NothingProposed):
        hand_over(case.id, by=world.officer("specialist"), at=AT)
    case.refresh_from_db()
    assert (case.step, case.proposal) == ("tham-dinh", "")


@pytest.mark.parametrize("way", ["page", "program"])
def test_neither_by_a_page_nor_by_a_program(world: World, way: str) -> None:
    case = carry(world, send_birth(world, at=now()), to="EXAMINE", at=now())
    seen = {"seen": str(case.revision)}
    if way == "page":
        told = desk_of(world, "specialist").post(page_of(case, "hand-over/"), {**seen, "to": "ky-duyet"})
        said = told.content.decode()
    else:
        told = program_of(world.officer("specialist", at=now())).post(f"/cases/{case.code}/moves/hand-over", {})
        assert told["Content-Type"].startswith("application/problem+json")
        said = told.json()["title"]
    assert told.status_code == 422
    assert "Chưa ai trình đề xuất" in said
    assert Case.objects.get(pk=case.pk).step == "tham-dinh"


@pytest.mark.parametrize("decision", ["approve", "deny"])
def test_what_came_to_the_signature_without_a_proposal_is_not_decided(world: World, decision: str) -> None:
    """As it may lie in data of before; it is sent back and proposed."""
    case = carry(world, send_birth(world), to="APPROVE")
    Case.objects.filter(pk=case.pk).update(proposal="", proposed_by=None)
    chairman = world.officer("chairman")
    decide = {"approve": approve, "deny": partial(deny, reason="Thiếu căn cứ")}[decision]
    with pytest.raises(NothingProposed):
        decide(case.id, by=chairman, at=AT)
    send_back(case.id, reason="Trình lại", by=chairman, at=AT)
    propose(case.id, Outcome.GRANTED, by=world.officer("specialist"), at=AT)
    assert approve(case.id, by=chairman, at=AT).state == State.GRANTED


def test_what_goes_from_the_counter_straight_to_the_signature_still_does(world: World) -> None:
    case = register(
        taken(world, "chung-thuc-ban-sao", COMMUNE, "Nguyễn Thị Lan", COPY), by=world.officer("clerk"), at=AT
    )
    case = hand_over(case.id, by=world.officer("clerk"), at=AT) if case.step == "tiep-nhan" else case
    assert (case.step, case.proposal) == ("ky-chung-thuc", "")
    assert approve(case.id, by=world.officer("chairman"), at=AT).state == State.GRANTED


@pytest.mark.parametrize("who", ["fisheries_specialist", "fisheries_head"])
def test_nobody_of_those_who_proposed_decides(world: World, who: str) -> None:
    case = farm_at(world, "ky-duyet")
    stands_in(world, who, for_="fisheries_director")
    with pytest.raises(NotAllowed, match="đề xuất"):
        approve(case.id, by=world.officer(who), at=AT)
    with pytest.raises(NotAllowed, match="đề xuất"):
        deny(case.id, reason="Thiếu căn cứ", by=world.officer(who), at=AT)
    page = case_page(str(case.code), world.officer(who), at=AT)
    assert not page.may("approve")
    assert "đề xuất" in (page.refusal("deny") or "")
    assert page.may("send_back")


def test_a_reviewer_hands_on_what_another_proposed_and_has_no_part_in_it(world: World) -> None:
    case = farm_at(world, "tham-tra")
    case = hand_over(case.id, by=world.officer("fisheries_head"), at=AT)
    stands_in(world, "fisheries_head", for_="fisheries_director")
    assert approve(case.id, by=world.officer("fisheries_head"), at=AT).state == State.GRANTED


def test_whoever_decides_is_asked_of_what_was_proposed_since_the_case_was_sent_back(world: World) -> None:
    case, director = farm_at(world, "ky-duyet"), world.officer("fisheries_director")
    send_back(case.id, reason="Kiểm tra lại", by=director, at=AT, to="tham-tra")
    case = take_back(case.id, by=director, at=AT)
    stands_in(world, "fisheries_specialist", for_="fisheries_director")
    acting = world.officer("fisheries_specialist")
    assert case.step == "ky-duyet"
    with pytest.raises(NotAllowed):
        approve(case.id, by=acting, at=AT)
    send_back(case.id, reason="Kiểm tra lại", by=director, at=AT, to="tham-tra")
    propose(case.id, Outcome.GRANTED, by=world.officer("fisheries_head"), at=AT)
    assert approve(case.id, by=acting, at=AT).state == State.GRANTED
