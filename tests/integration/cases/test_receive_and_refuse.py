from datetime import datetime, timedelta

import pytest

from camaug.cases.actions.receive import receive
from camaug.cases.actions.refuse import refuse
from camaug.cases.lifecycle import State
from camaug.cases.moves import CaseMovedOn, ReasonMissing
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import NotAllowed, NotFound
from camaug.kernel.lifecycle import WrongState
from camaug.kernel.models import EventRecord
from tests.applications import send_birth
from tests.world import AT, World


def test_reception_starts_the_clock_issues_the_receipt_and_hands_over(world: World) -> None:
    case = receive(send_birth(world).id, by=world.officer("clerk"), at=AT)
    assert (case.state, case.step, case.holder_role) == (State.IN_PROCESS, "tham-dinh", "CIVIL_STATUS")
    assert case.due_at == datetime(2026, 11, 23, 17, 0, tzinfo=LOCAL)
    slip = case.slips.get()
    assert (slip.form, slip.ordinal) == (1, 1)


def test_a_birth_sent_after_three_is_due_the_next_working_day(world: World) -> None:
    late = datetime(2026, 11, 23, 15, 30, tzinfo=LOCAL)
    case = receive(send_birth(world, at=late).id, by=world.officer("clerk"), at=late)
    assert case.due_at == datetime(2026, 11, 25, 17, 0, tzinfo=LOCAL)  # the 24th is a public holiday


def test_a_clerk_of_another_commune_does_not_know_of_it(world: World) -> None:
    case = send_birth(world)
    with pytest.raises(NotFound):
        receive(case.id, by=world.officer("other_clerk"), at=AT)


def test_an_officer_whose_turn_it_is_not_is_told_so(world: World) -> None:
    case = send_birth(world)
    with pytest.raises(NotAllowed):
        receive(case.id, by=world.officer("specialist"), at=AT)


def test_two_officers_on_one_case_one_wins_and_the_other_is_told(world: World) -> None:
    case = send_birth(world)
    receive(case.id, by=world.officer("clerk"), at=AT, seen=case.revision)
    with pytest.raises(CaseMovedOn, match="Trần Thị Minh"):
        refuse(case.id, reason="Thiếu", by=world.officer("specialist"), at=AT, seen=case.revision)


def test_a_double_click_receives_once(world: World) -> None:
    case, clerk = send_birth(world), world.officer("clerk")
    receive(case.id, by=clerk, at=AT, seen=case.revision, forward=False)
    again = receive(case.id, by=clerk, at=AT + timedelta(seconds=1), seen=case.revision, forward=False)
    assert again.state == State.RECEIVED
    assert again.slips.count() == 1
    assert EventRecord.objects.filter(subject_id=case.id, name="cases.CaseReceived").count() == 1


def test_a_double_click_with_hand_over_receives_once(world: World) -> None:
    case, clerk = send_birth(world), world.officer("clerk")
    receive(case.id, by=clerk, at=AT, seen=case.revision)
    again = receive(case.id, by=clerk, at=AT + timedelta(seconds=1), seen=case.revision)
    assert (again.state, again.slips.count()) == (State.IN_PROCESS, 1)


def test_a_refusal_says_why_on_its_form(world: World) -> None:
    case = refuse(send_birth(world).id, reason="Giấy chứng sinh của trẻ khác.", by=world.officer("clerk"), at=AT)
    assert (case.state, case.slips.get().form, case.received_at) == (State.REFUSED, 3, None)
    assert case.notes.get().text == "Giấy chứng sinh của trẻ khác."
    event = EventRecord.objects.get(subject_id=case.id, name="cases.CaseRefused")
    assert "Giấy" not in str(event.facts)


def test_a_refusal_without_a_reason_is_refused(world: World) -> None:
    with pytest.raises(ReasonMissing):
        refuse(send_birth(world).id, reason="  ", by=world.officer("clerk"), at=AT)


def test_what_was_received_can_no_longer_be_refused(world: World) -> None:
    case = receive(send_birth(world).id, by=world.officer("clerk"), at=AT, forward=False)
    with pytest.raises(WrongState):
        refuse(case.id, reason="Muộn", by=world.officer("clerk"), at=AT)
