"""An officer who applies as a citizen, or acts for the applicant, is kept out of his case: in the move, on the page, in
lists, over REST; who assigns sees why.
"""

from dataclasses import replace
from uuid import UUID

import pytest

from camaug.access.models import Account
from camaug.cases.actions.add_file import NotNow, add_file
from camaug.cases.actions.approve import approve
from camaug.cases.actions.assign import TheirOwnCase, assign
from camaug.cases.actions.check_paper import check_paper
from camaug.cases.actions.register import register
from camaug.cases.actions.serve import SignersOwnCase, SignerUnrecognised, serve
from camaug.cases.lifecycle import State
from camaug.cases.models import Case
from camaug.cases.policy import OWN_CASE, UNRECOGNISED
from camaug.cases.queries import case_page, inbox
from camaug.cases.queries.load import Narrowed, cases_at_risk
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.kernel.errors import NotAllowed
from camaug.people.actions.link_officer import link_officer
from camaug.people.models import Officer
from camaug.people.queries import holders
from tests.applications import carry, copy_intake, photo, send_birth
from tests.callers import program_of
from tests.desks import desk_of, page_of
from tests.world import AT, COMMUNE, World

NUMBER = "096090000999"

# up to which step: whose turn it then is, in which tab, and how he would go on by page and by program
TURNS = {
    "": ("clerk", "receive", "reception", "receive"),
    "EXAMINE": ("specialist", "todo", "proposal", "propose"),
    "APPROVE": ("chairman", "todo", "approval", "approve"),
    "PUBLISH": ("registrar", "todo", "result", "publish-result"),
    "RETURN": ("clerk", "return", "handing-out", "hand-out"),
}


def officer_id(world: World, key: str) -> UUID:
    found = Account.objects.get(pk=world.officers[key]).officer_id
    assert found is not None
    return found


def made_own(world: World, key: str, case: Case) -> Case:
    """The officer is whom the applicant sends."""
    link_officer(officer_id(world, key), personal_number=NUMBER, by=SYSTEM, at=AT)
    Case.objects.filter(pk=case.pk).update(authorised_name="x", authorised_number=NUMBER)
    case.refresh_from_db()
    return case


def carried(world: World, to: str) -> Case:
    case = send_birth(world, at=now())
    return carry(world, case, to=to, at=now()) if to else case


@pytest.mark.parametrize("to", list(TURNS))
def test_his_own_case_is_nobodys_turn_of_his(world: World, to: str) -> None:
    key, tab, page, move = TURNS[to]
    case = carried(world, to)
    before = inbox(world.officer(key, at=now()), tab, at=now())
    assert (case.code in {row.code for row in before.rows}, before.counts[tab]) == (True, 1)
    made_own(world, key, case)
    him = world.officer(key, at=now())
    after = inbox(him, tab, at=now())
    assert (after.rows, after.counts[tab]) == ((), 0)
    seen = case_page(str(case.code), him, at=now())
    assert {one.refusal for one in seen.moves} == {str(OWN_CASE)}
    assert not seen.my_turn
    desk = desk_of(world, key)
    assert "hồ sơ của chính bạn" in desk.get(page_of(case)).content.decode()
    answer = desk.post(page_of(case, f"{page}/"), {"seen": case.revision, "proposal": "GRANTED"})
    assert answer.status_code == 403, page
    program = program_of(him)
    assert program.get(f"/cases?tab={tab}").json()["items"] == []
    body = {"name": "x"} if move == "hand-out" else {"proposal": "GRANTED"}
    told = program.post(f"/cases/{case.code}/moves/{move}", body if move in ("hand-out", "propose") else {})
    assert told.status_code == 403, told.json()
    case.refresh_from_db()
    assert case.moved_by != world.officers[key] or case.last_move != move.replace("-", "_")


def test_he_checks_no_paper_of_it_and_adds_none(world: World) -> None:
    case = made_own(world, "specialist", carry(world, send_birth(world), to="EXAMINE"))
    him, paper = world.officer("specialist"), case.papers.values_list("paper", flat=True)[0]
    with pytest.raises(NotAllowed, match=str(OWN_CASE)):
        check_paper(case.id, paper, by=him, at=AT)
    with pytest.raises(NotNow):
        add_file(case.id, paper, content=photo(), file_name="a.jpg", by=him, at=AT)


def test_nobody_assigns_it_to_him_and_whoever_assigns_sees_why(world: World) -> None:
    case = carry(world, send_birth(world, at=now()), to="EXAMINE", at=now())
    his = world.officer("specialist", at=now()).posts[0]
    assign(case.id, to=his.id, by=world.officer("chairman", at=now()), at=now())
    made_own(world, "specialist", case)
    chairman = world.officer("chairman", at=now())
    with pytest.raises(TheirOwnCase):
        assign(case.id, to=his.id, by=chairman, at=now())
    seen = case_page(str(case.code), chairman, at=now())
    assert [one.id for one in seen.barred] == [his.id]
    desk = desk_of(world, "chairman")
    assert "hồ sơ của chính họ: Lê Anh Tuấn" in desk.get(page_of(case, "assignment/")).content.decode()
    assert "Không được xử lý" in desk.get(page_of(case)).content.decode()
    assert "Không được xử lý" not in desk_of(world, "clerk").get(page_of(case)).content.decode()
    assert [one.own for one in cases_at_risk(chairman, None, Narrowed(), at=now()).rows] == [True]
    other = next(p for p in holders("CIVIL_STATUS", world.agencies[COMMUNE], now()) if p.id != his.id)
    assign(case.id, to=other.id, by=chairman, at=now())
    assert [one.own for one in cases_at_risk(chairman, None, Narrowed(), at=now()).rows] == [False]


def test_nobody_takes_in_or_signs_his_own_at_the_counter(world: World) -> None:
    link_officer(officer_id(world, "clerk"), personal_number=NUMBER, by=SYSTEM, at=AT)
    signer = holders("LEADER", world.agencies[COMMUNE], AT)[0]
    link_officer(signer.officer_id, personal_number="096090000998", by=SYSTEM, at=AT)
    clerk = world.officer("clerk")
    with pytest.raises(NotAllowed, match=str(OWN_CASE)):
        register(replace(copy_intake(world), number=NUMBER), by=clerk, at=AT)
    with pytest.raises(SignersOwnCase):
        serve(replace(copy_intake(world), number="096090000998"), signed_by=signer.id, by=clerk, at=AT)
    assert not Case.objects.exists()


def nobody_knows(world: World, key: str) -> None:
    """Who the officer is as a citizen."""
    Officer.objects.filter(pk=officer_id(world, key)).update(person=None, own_numbers=[])


def test_of_whom_nobody_knows_who_he_is_decides_nothing_until_he_says_it(world: World) -> None:
    case = carried(world, "APPROVE")
    nobody_knows(world, "chairman")
    him, desk, page = world.officer("chairman", at=now()), desk_of(world, "chairman"), page_of(case, "approval/")
    with pytest.raises(NotAllowed, match=str(UNRECOGNISED)):
        approve(case.id, by=him, at=now())
    told = program_of(him).post(f"/cases/{case.code}/moves/approve", {})
    assert told.status_code == 403
    assert str(UNRECOGNISED) in told.json().values()
    for refused in (desk.get(page), desk.post(page, {"seen": case.revision})):
        assert refused.status_code == 403
        assert str(UNRECOGNISED) in refused.content.decode()
        assert f'href="/desk/own-number/?next={page}"' in refused.content.decode()
    case.refresh_from_db()
    assert case.state == State.IN_PROCESS
    assert desk.post(f"/desk/own-number/?next={page}", {"number": NUMBER}).headers["Location"] == page
    assert desk.post(page, {"seen": case.revision}).status_code == 302
    case.refresh_from_db()
    assert case.state == State.GRANTED


def test_nor_does_he_sign_at_the_counter(world: World) -> None:
    signer = holders("LEADER", world.agencies[COMMUNE], AT)[0]
    Officer.objects.filter(pk=signer.officer_id).update(own_numbers=[])
    with pytest.raises(SignerUnrecognised):
        serve(copy_intake(world), signed_by=signer.id, by=world.officer("clerk"), at=AT)
    assert not Case.objects.exists()


def test_he_works_on_cases_all_the_same(world: World) -> None:
    for key in ("clerk", "specialist", "registrar"):
        nobody_knows(world, key)
    assert carried(world, "RETURN").state == State.RESULT_READY


def test_a_colleague_goes_on_with_it(world: World) -> None:
    case = carry(world, send_birth(world), to="APPROVE")
    made_own(world, "specialist", case)
    assert approve(case.id, by=world.officer("chairman"), at=AT).step == "dong-dau"
