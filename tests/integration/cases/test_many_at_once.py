"""One move for many cases: through the same actions, each case by itself, with a report that says why not."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from camaug.access.models import Account
from camaug.cases import bulk
from camaug.cases.actions.propose import propose
from camaug.cases.actions.receive import receive
from camaug.cases.actions.start_batch import MOST, NothingChosen, Order, TooMany, start_batch
from camaug.cases.actions.work_batch import finish_batch, work_item
from camaug.cases.lifecycle import ItemState, State
from camaug.cases.models import Batch, BatchItem, Case, Outcome
from camaug.cases.moves import ReasonMissing
from camaug.cases.queries import batch as batch_of
from camaug.cases.queries.batches import unfinished_batches
from camaug.kernel.actors import SYSTEM
from camaug.kernel.errors import NotFound
from camaug.kernel.events import EventRecord
from camaug.kernel.files.store import open_blob
from camaug.kernel.ids import uuid7
from tests.applications import carry, send_birth
from tests.desks import desk_of
from tests.sessions import enter
from tests.world import AT, World

LATER = AT + timedelta(hours=1)


def several(world: World, count: int = 3, *, to: str = "") -> list[Case]:
    cases = [send_birth(world, at=AT + timedelta(minutes=n)) for n in range(count)]
    return [carry(world, case, to=to) for case in cases] if to else cases


def order(move: str, cases: list[Case], **words: str) -> Order:
    return Order(request_key=uuid7(), move=move, cases=tuple((c.id, c.revision) for c in cases), words=words)


def run(asked: Order, world: World, who: str) -> Batch:
    batch = start_batch(asked, by=world.officer(who, at=LATER), at=LATER)
    work(batch)
    batch.refresh_from_db()
    return batch


def work(batch: Batch) -> None:
    while work_item(batch.id, by=SYSTEM, at=LATER):
        pass
    finish_batch(batch.id, by=SYSTEM, at=LATER)


def states(cases: list[Case]) -> set[str]:
    return set(Case.objects.filter(pk__in=[case.pk for case in cases]).values_list("state", flat=True))


def position_of(world: World, who: str) -> str:
    post = world.officer(who).post
    assert post
    return str(post.id)


TABLE = [
    ("receive", "", "clerk", {}, State.IN_PROCESS),
    ("propose", "EXAMINE", "specialist", {"note": "Đủ điều kiện."}, State.IN_PROCESS),
    ("approve", "APPROVE", "chairman", {"note": "Đồng ý."}, State.GRANTED),
    ("send_back", "APPROVE", "chairman", {"reason": "Xem lại nơi cư trú."}, State.IN_PROCESS),
    ("publish_result", "PUBLISH", "registrar", {}, State.RESULT_READY),
    ("hand_out", "RETURN", "clerk", {}, State.HANDED_OUT),
    ("assign", "EXAMINE", "chairman", {"to": "specialist"}, State.IN_PROCESS),
    ("print", "RETURN", "clerk", {"what": "RECEIPT"}, State.RESULT_READY),
]


@pytest.mark.parametrize(("move", "step", "who", "words", "after"), TABLE, ids=[row[0] for row in TABLE])
def test_every_move_of_the_table_is_made_for_all_of_them(
    world: World, move: str, step: str, who: str, words: dict[str, str], after: State
) -> None:
    cases = several(world, to=step)
    said = {**words, **({"to": position_of(world, words["to"])} if "to" in words else {})}
    batch = run(order(move, cases, **said), world, who)
    assert [item.sentence for item in batch.items.all()] == ["", "", ""]
    assert batch.finished_at
    assert states(cases) == {after}
    if move != "print":
        moved = EventRecord.objects.filter(subject_id__in=[case.pk for case in cases], at=LATER)
        assert {event.actor_id for event in moved} == {world.officers[who]}


def test_the_table_knows_every_move() -> None:
    assert {row[0] for row in TABLE} | {"hand_over"} == {*bulk.MOVES, bulk.PRINT}


def test_what_cannot_be_done_is_reported_with_the_actions_own_sentence(world: World) -> None:
    fresh, gone, moved = several(world)
    asked = order("receive", [fresh, gone, moved])
    receive(gone.id, by=world.officer("clerk"), at=AT)
    Case.objects.filter(pk=moved.pk).update(holder_role="LEADER")
    batch = run(asked, world, "clerk")
    view = batch_of(batch.id, world.officer("clerk", at=LATER))
    assert (view.done, view.refused) == (2, 1)  # the clerk's own move a moment ago counts as done
    assert [one.state for one in view.items] == [ItemState.DONE, ItemState.DONE, ItemState.REFUSED]
    assert "Chỉ bộ phận một cửa" in view.items[2].sentence or view.items[2].sentence


def test_a_case_that_somebody_else_moved_meanwhile_is_not_moved_again(world: World) -> None:
    case = several(world, 1, to="APPROVE")[0]
    asked = order("approve", [case])
    Case.objects.filter(pk=case.pk).update(revision=case.revision + 1, moved_by_name="Lê Anh Tuấn")
    batch = run(asked, world, "chairman")
    assert "Lê Anh Tuấn" in batch.items.get().sentence
    assert states([case]) == {State.IN_PROCESS}


def test_nobody_approves_in_bulk_what_he_proposed(world: World) -> None:
    case = several(world, 1, to="EXAMINE")[0]
    proposed = propose(case.id, Outcome.GRANTED, by=world.officer("specialist"), at=AT)
    Case.objects.filter(pk=case.pk).update(proposed_by=world.officers["chairman"])
    batch = run(order("approve", [proposed]), world, "chairman")
    assert batch.items.get().state == ItemState.REFUSED


def test_rights_are_those_of_the_moment_of_doing(world: World) -> None:
    cases = several(world, 2)
    batch = start_batch(order("receive", cases), by=world.officer("clerk"), at=AT)
    Account.objects.filter(pk=world.officers["clerk"]).update(is_active=False)
    work(batch)
    assert {item.state for item in batch.items.all()} == {ItemState.REFUSED}
    assert states(cases) == {State.SUBMITTED}


def test_the_same_request_twice_is_one_batch_and_moves_once(world: World) -> None:
    cases = several(world)
    asked = order("receive", cases)
    first, second = (start_batch(asked, by=world.officer("clerk"), at=AT) for _ in range(2))
    assert first == second
    work(first)
    work(first)
    assert EventRecord.objects.filter(subject_id=cases[0].pk, name="cases.CaseReceived").count() == 1
    assert EventRecord.objects.filter(subject_id=first.pk, name="cases.BatchFinished").count() == 1


def test_a_worker_killed_in_the_middle_is_followed_by_the_next(world: World) -> None:
    cases = several(world)
    batch = start_batch(order("receive", cases), by=world.officer("clerk"), at=AT)
    assert work_item(batch.id, by=SYSTEM, at=AT)
    finish_batch(batch.id, by=SYSTEM, at=AT)
    batch.refresh_from_db()
    assert batch.finished_at is None
    assert unfinished_batches(at=AT) == ()
    assert unfinished_batches(at=LATER) == (batch.id,)
    work(batch)
    assert batch.items.filter(state=ItemState.DONE).count() == 3
    assert unfinished_batches(at=LATER) == ()


def test_limits_are_said(world: World) -> None:
    clerk = world.officer("clerk")
    with pytest.raises(NothingChosen):
        start_batch(order("receive", []), by=clerk, at=AT)
    many = Order(uuid7(), "receive", tuple((uuid7(), 1) for _ in range(MOST + 1)))
    with pytest.raises(TooMany, match=str(MOST)):
        start_batch(many, by=clerk, at=AT)
    with pytest.raises(ReasonMissing):
        start_batch(order("send_back", several(world, 1), reason=" "), by=clerk, at=AT)
    with pytest.raises(NotFound):
        start_batch(order("receive", several(world, 1)), by=world.officer("other_clerk"), at=AT)
    with pytest.raises(NotFound):
        start_batch(order("submit", several(world, 1)), by=clerk, at=AT)


@pytest.mark.parametrize("what", ["RECEIPT", "CONTROL", "RESULT"])
def test_papers_of_many_cases_become_one_pdf_in_the_order_of_the_list(world: World, what: str) -> None:
    cases = several(world, 2, to="RETURN")
    batch = run(order("print", cases, what=what), world, "clerk")
    assert batch.blob
    with open_blob(batch.blob) as paper:
        text = [page.extract_text() for page in PdfReader(BytesIO(paper.read())).pages]
    places = [next(n for n, page in enumerate(text) if str(case.code) in page) for case in cases]
    assert places == sorted(places)
    assert places[0] != places[1]


def test_nothing_to_print_is_said_of_each(world: World) -> None:
    batch = run(order("print", several(world, 1), what="RESULT"), world, "clerk")
    assert batch.blob is None
    assert "chưa có" in batch.items.get().sentence


# --- the pages


def form_of(client: Any, cases: list[Case], move: str) -> str:
    page = client.get("/desk/batches/new/", {"move": move, "case": [str(case.id) for case in cases]})
    assert page.status_code == 200
    return page.content.decode()


def test_the_inbox_offers_what_can_be_done_for_many(world: World) -> None:
    several(world, 2)
    shown = desk_of(world, "clerk").get("/desk/receive/").content.decode()
    assert 'name="move" value="receive"' in shown
    assert 'name="move" value="print"' in shown
    assert 'name="move" value="approve"' not in shown
    assert shown.count('name="case"') == 2


def test_the_leader_sees_each_proposal_before_he_approves_many(world: World) -> None:
    cases = several(world, 2, to="EXAMINE")
    for case in cases:
        propose(case.id, Outcome.GRANTED, by=world.officer("specialist"), at=AT, note="Giấy tờ đủ, đúng.")
    shown = form_of(desk_of(world, "chairman"), cases, "approve")
    assert shown.count("Giấy tờ đủ, đúng.") == 2
    assert shown.count("approval/preview/") == 2
    assert "Lê Anh Tuấn" in shown


def test_from_the_list_to_the_report_without_a_script(world: World) -> None:
    cases, client = several(world, 2), desk_of(world, "clerk")
    shown = form_of(client, cases, "receive")
    key = shown.split('name="request_key" value="')[1].split('"')[0]
    sent = {"move": "receive", "request_key": key, "item": [f"{case.id}:{case.revision}" for case in cases]}
    answer = client.post("/desk/batches/new/", sent)
    assert answer.status_code == 302
    waiting = client.get(answer["Location"]).content.decode()
    assert f'<noscript><p><a href="{answer["Location"]}">' in waiting
    assert "<progress" in waiting
    work(Batch.objects.get())
    report = client.get(answer["Location"]).content.decode()
    assert all(str(case.code) in report for case in cases)
    assert "<noscript>" not in report
    assert client.post("/desk/batches/new/", sent)["Location"] == answer["Location"]
    assert "Tiếp nhận" in client.get("/desk/batches/").content.decode()
    assert desk_of(world, "chairman").get(answer["Location"]).status_code == 404


def test_the_whole_list_can_be_chosen(world: World) -> None:
    several(world, 3)
    page = desk_of(world, "clerk").get("/desk/batches/new/", {"move": "receive", "all": "yes", "tab": "receive"})
    assert page.content.decode().count('name="item"') == 3


def test_a_reason_is_asked_for_and_what_was_ticked_stays(world: World) -> None:
    cases, client = several(world, 2, to="APPROVE"), desk_of(world, "chairman")
    sent = {"move": "send_back", "request_key": str(uuid7()), "case": [str(c.id) for c in cases]}
    page = client.post("/desk/batches/new/", {**sent, "item": [f"{cases[0].id}:{cases[0].revision}"]})
    assert page.status_code == 422
    assert page.content.decode().count(" checked") == 1
    assert BatchItem.objects.count() == 0


def test_who_approves_many_has_shown_lately_who_he_is(world: World) -> None:
    case, away = several(world, 1, to="APPROVE")[0], Client()
    enter(away, Account.objects.get(pk=world.officers["chairman"]), ago=timedelta(minutes=31))
    sent = {"move": "approve", "request_key": str(uuid7()), "item": [f"{case.id}:{case.revision}"]}
    asked = away.post("/desk/batches/new/", sent)
    assert (asked.status_code, asked.context["heading"]) == (403, "Xác nhận lại danh tính")
    assert not Batch.objects.exists()
    back = {**sent, "move": "send_back", "request_key": str(uuid7()), "reason": "Xem lại nơi cư trú."}
    assert away.post("/desk/batches/new/", back).status_code == 302
    assert desk_of(world, "chairman").post("/desk/batches/new/", sent).status_code == 302
    assert set(Batch.objects.values_list("move", flat=True)) == {"send_back", "approve"}


def test_what_is_not_open_is_said_before_it_is_asked_for(world: World) -> None:
    case = several(world, 1, to="EXAMINE")[0]
    shown = form_of(desk_of(world, "clerk"), [case], "receive")
    assert 'name="item"' not in shown
    assert "Đang xử lý" in shown
