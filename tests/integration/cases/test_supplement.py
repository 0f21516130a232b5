from datetime import datetime, timedelta

import pytest

from camaug.cases.actions.add_file import add_file
from camaug.cases.actions.receive import receive
from camaug.cases.actions.request_supplement import AskedTooOften, Item, request_supplement
from camaug.cases.actions.supplement import supplement
from camaug.cases.lifecycle import State
from camaug.cases.models import Case
from camaug.cases.moves import ReasonMissing
from camaug.kernel.clock import LOCAL
from camaug.kernel.errors import InvalidInput
from camaug.kernel.models import EventRecord
from tests.applications import photo, send_birth
from tests.world import AT, World

ITEMS = [Item("giay-chung-sinh", "Giấy chứng sinh", "Ảnh mờ, không đọc được ngày sinh.")]
NEXT = datetime(2026, 11, 25, 9, 0, tzinfo=LOCAL)


@pytest.fixture
def asked(world: World) -> Case:
    case = receive(send_birth(world).id, by=world.officer("clerk"), at=AT)
    return request_supplement(case.id, ITEMS, reason="Chụp lại", by=world.officer("specialist"), at=AT)


def test_asking_for_a_supplement_stops_the_clock(asked: Case) -> None:
    assert (asked.state, asked.due_at, asked.step_due_at) == (State.SUPPLEMENT_REQUESTED, None, None)
    assert asked.original_due_at == datetime(2026, 11, 23, 17, 0, tzinfo=LOCAL)
    assert {slip.form for slip in asked.slips.all()} == {1, 2}
    stop = asked.stops.get()
    assert (stop.ground, stop.effect, stop.until_at) == ("SUPPLEMENT", "RESTART", None)


def test_the_answer_restarts_the_limit_and_keeps_what_happened(world: World, asked: Case) -> None:
    mother = world.citizen("mother")
    add_file(asked.id, "giay-chung-sinh", content=photo("ivory"), file_name="ro.jpg", by=mother, at=NEXT)
    case = supplement(asked.id, by=mother, at=NEXT, answer="Tôi chụp lại rồi.")
    assert (case.state, case.step) == (State.SUPPLEMENTED, "tham-dinh")
    assert case.due_at == datetime(2026, 11, 25, 17, 0, tzinfo=LOCAL)
    stop = case.stops.get()
    assert (stop.from_at, stop.until_at, stop.due_after) == (AT, NEXT, case.due_at)
    assert case.supplements.get().answer == "Tôi chụp lại rồi."


def test_an_answer_may_correct_the_form_but_only_rightly(world: World, asked: Case) -> None:
    mother = world.citizen("mother")
    with pytest.raises(InvalidInput):
        supplement(asked.id, by=mother, at=NEXT, answers={"child_birth_date": "2026-13-41"})
    case = supplement(asked.id, by=mother, at=NEXT, answers={"child_birth_date": "2026-11-17"})
    assert case.answers["child_birth_date"] == "2026-11-17"


def test_the_one_stop_unit_supplements_for_an_applicant_who_comes_with_paper(world: World, asked: Case) -> None:
    case = supplement(asked.id, by=world.officer("clerk"), at=NEXT)
    assert case.state == State.SUPPLEMENTED


def test_a_second_request_is_flagged_and_a_third_is_refused(world: World, asked: Case) -> None:
    mother, specialist = world.citizen("mother"), world.officer("specialist")
    assert not asked.second_supplement
    supplement(asked.id, by=mother, at=NEXT)
    later = NEXT + timedelta(hours=1)
    again = request_supplement(asked.id, ITEMS, reason="", by=specialist, at=later)
    assert again.second_supplement
    assert [s.second for s in again.supplements.order_by("requested_at")] == [False, True]
    flags = EventRecord.objects.filter(name="cases.SupplementRequested").order_by("at")
    assert [event.facts["second"] for event in flags] == [False, True]
    supplement(asked.id, by=mother, at=later + timedelta(hours=1))
    with pytest.raises(AskedTooOften):
        request_supplement(asked.id, ITEMS, reason="", by=specialist, at=later + timedelta(hours=2))


def test_a_request_names_what_is_missing(world: World) -> None:
    case = receive(send_birth(world).id, by=world.officer("clerk"), at=AT)
    with pytest.raises(ReasonMissing):
        request_supplement(case.id, [], reason="Thiếu", by=world.officer("specialist"), at=AT)


def test_before_reception_there_is_no_clock_to_stop(world: World) -> None:
    case = request_supplement(send_birth(world).id, ITEMS, reason="", by=world.officer("clerk"), at=AT)
    assert (case.state, case.stops.count()) == (State.SUPPLEMENT_REQUESTED, 0)
    case = supplement(case.id, by=world.citizen("mother"), at=NEXT)
    assert receive(case.id, by=world.officer("clerk"), at=NEXT).received_at == NEXT
