from datetime import timedelta

import pytest

from camaug.cases.actions.approve import approve
from camaug.cases.actions.assign import assign
from camaug.cases.actions.hand_over import hand_over
from camaug.cases.actions.propose import propose
from camaug.cases.actions.receive import receive
from camaug.cases.actions.send_back import send_back
from camaug.cases.actions.take_back import take_back
from camaug.cases.lifecycle import State
from camaug.cases.models import Case, Outcome
from camaug.cases.moves import CaseMovedOn
from camaug.cases.policy import turn_post
from camaug.cases.slips.control import control_facts
from camaug.kernel.errors import NotAllowed
from camaug.kernel.models import EventRecord
from camaug.people.queries import holders
from tests.applications import carry, send_birth
from tests.desks import desk_of, move, page_of
from tests.world import AT, COMMUNE, World

HOUR = timedelta(hours=1)


@pytest.fixture
def proposed(world: World) -> Case:
    return carry(world, send_birth(world), to="APPROVE")


def test_a_proposal_is_taken_back_and_holds_no_more(world: World, proposed: Case) -> None:
    specialist = world.officer("specialist")
    case = take_back(proposed.id, by=specialist, at=AT + HOUR, note="Ghi nhầm tên cha")
    assert (case.state, case.step, case.proposal, case.proposed_by) == (State.IN_PROCESS, "tham-dinh", "", None)
    post = turn_post(specialist, case)
    assert post
    assert case.assignee_id == post.id
    assert case.step_due_at
    assert case.step_due_at > AT + HOUR
    assert [note.internal for note in case.notes.all() if note.text == "Ghi nhầm tên cha"] == [True]
    assert propose(case.id, Outcome.GRANTED, by=specialist, at=AT + HOUR).step == "ky-duyet"


def test_only_the_one_who_passed_it_on_takes_it_back(world: World, proposed: Case) -> None:
    for who in ("clerk", "chairman", "registrar"):
        with pytest.raises(NotAllowed):
            take_back(proposed.id, by=world.officer(who), at=AT)


def test_what_somebody_has_moved_since_is_not_taken_back(world: World, proposed: Case) -> None:
    leader = holders("LEADER", world.agencies[COMMUNE], AT)[0]
    assign(proposed.id, to=leader.id, by=world.officer("chairman"), at=AT)
    with pytest.raises(NotAllowed):
        take_back(proposed.id, by=world.officer("specialist"), at=AT)


def test_one_take_back_is_not_followed_by_another(world: World, proposed: Case) -> None:
    case = take_back(proposed.id, by=world.officer("specialist"), at=AT)
    with pytest.raises(NotAllowed):
        take_back(case.id, by=world.officer("specialist"), at=AT)


def test_a_click_twice_takes_back_once(world: World, proposed: Case) -> None:
    for _click in range(2):
        take_back(proposed.id, by=world.officer("specialist"), at=AT, seen=proposed.revision)
    assert EventRecord.objects.filter(subject_id=proposed.id, name="cases.CaseTakenBack").count() == 1


def test_who_was_quicker_wins(world: World, proposed: Case) -> None:
    approve(proposed.id, by=world.officer("chairman"), at=AT, seen=proposed.revision)
    with pytest.raises(CaseMovedOn):
        take_back(proposed.id, by=world.officer("specialist"), at=AT, seen=proposed.revision)


def test_a_rework_that_is_taken_back_gives_the_proposal_back_with_its_author(world: World, proposed: Case) -> None:
    chairman = world.officer("chairman")
    send_back(proposed.id, reason="Kiểm tra lại", by=chairman, at=AT)
    case = take_back(proposed.id, by=chairman, at=AT)
    author = world.officers["specialist"]
    assert (case.step, case.proposal, case.proposed_by) == ("ky-duyet", Outcome.GRANTED, author)
    assert approve(case.id, by=chairman, at=AT).state == State.GRANTED


def test_after_any_way_there_and_back_the_proposal_is_the_one_that_held(world: World, proposed: Case) -> None:
    specialist, chairman = world.officer("specialist"), world.officer("chairman")
    take_back(proposed.id, by=specialist, at=AT)
    propose(proposed.id, Outcome.DENIED, note="Thiếu căn cứ", by=specialist, at=AT)
    send_back(proposed.id, reason="Kiểm tra lại", by=chairman, at=AT)
    assert take_back(proposed.id, by=chairman, at=AT).proposal == Outcome.DENIED


def test_a_dossier_comes_back_to_the_counter(world: World) -> None:
    case = receive(send_birth(world).id, by=world.officer("clerk"), at=AT, forward=False)
    hand_over(case.id, by=world.officer("clerk"), at=AT)
    case = take_back(case.id, by=world.officer("clerk"), at=AT)
    assert (case.step, case.holder_role) == (case.step, "ONE_STOP_CLERK")
    assert hand_over(case.id, by=world.officer("clerk"), at=AT).step == "tham-dinh"


def test_what_reception_passes_on_by_itself_is_not_taken_back(world: World) -> None:
    case = receive(send_birth(world).id, by=world.officer("clerk"), at=AT)
    with pytest.raises(NotAllowed):
        take_back(case.id, by=world.officer("clerk"), at=AT)


def test_the_control_sheet_tells_of_it(world: World, proposed: Case) -> None:
    case = take_back(proposed.id, by=world.officer("specialist"), at=AT + HOUR)
    last = control_facts(case, by=world.officer("clerk"), at=AT + HOUR).rows[-1]
    assert (last.to_person, last.note, last.outcome) == ("Lê Anh Tuấn", "Lấy lại hồ sơ vừa chuyển", "")
    assert last.from_person
    assert last.from_unit == last.to_unit == "Ủy ban nhân dân xã Tân Ân"


def test_the_desk_offers_it_to_him_alone_and_for_as_long_as_it_holds(world: World, proposed: Case) -> None:
    his, hers = desk_of(world, "specialist"), desk_of(world, "chairman")
    assert "taking-back/" in his.get(page_of(proposed)).content.decode()
    assert "taking-back/" not in hers.get(page_of(proposed)).content.decode()
    assert move(his, proposed, "taking-back/", note="Ghi nhầm").status_code == 302
    assert "taking-back/" not in his.get(page_of(proposed)).content.decode()
    assert Case.objects.get(pk=proposed.id).step == "tham-dinh"
