"""What an office asks of an applicant, why it is late, why a result ended: closed where it lies, and read as before."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Model

from camaug.cases.actions.apologise import apologise
from camaug.cases.actions.correct_result import correct_result
from camaug.cases.actions.hand_out import Receiver, hand_out
from camaug.cases.actions.receive import receive
from camaug.cases.actions.register import register
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.actions.supplement import supplement
from camaug.cases.models import Case, Extension, Result, Supplement
from camaug.kernel.encryption import NotDecrypted
from tests.applications import carry, send_birth, shop_intake
from tests.callers import program_of
from tests.desks import desk_of, page_of
from tests.integration.cases.test_apologise import NEW, THURSDAY
from tests.integration.cases.test_words_lie_closed import lying
from tests.world import AT, World

MISSING, WHY, ADDED = "Bản chụp giấy ra viện bị mờ.", "Cần hồ sơ bệnh án.", "Tôi đã điều trị xong."
LATE, WRONG = "Chờ kết quả giám định sức khỏe.", "Ghi nhầm tên trẻ đang điều trị."


@pytest.fixture
def asked(world: World) -> Case:
    """Asked to add something, which was added."""
    case = receive(send_birth(world).id, by=world.officer("clerk"), at=AT)
    items = [Item("giay-chung-sinh", "Giấy chứng sinh", MISSING)]
    request_supplement(case.id, items, reason=WHY, by=world.officer("specialist"), at=AT)
    return supplement(case.id, by=world.citizen("mother"), at=AT + timedelta(hours=1), answer=ADDED)


@pytest.fixture
def late(world: World) -> Case:
    shop = register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    return apologise(shop.id, new_date=NEW.date(), reason=LATE, by=world.officer("district_head"), at=THURSDAY)


@pytest.fixture
def corrected(world: World) -> Case:
    ready = carry(world, send_birth(world), to="RETURN")
    handed = hand_out(ready.id, Receiver("Nguyễn Thị Lan"), by=world.officer("clerk"), at=AT)
    right = {**handed.answers, "child_name": "Hoàng Nguyễn Minh An"}
    return correct_result(handed.id, reason=WRONG, answers=right, by=world.officer("chairman"), at=AT)


def closed(model: type[Model], column: str) -> bool:
    kept = [one for one in lying(model, column) if one]
    return bool(kept) and all(one.lstrip('"').startswith("e1:") for one in kept)


def test_a_request_and_its_answer_are_not_in_the_database(asked: Case) -> None:
    assert all(closed(Supplement, column) for column in ("items", "reason", "answer"))
    (row,) = asked.supplements.all()
    assert (row.items[0]["reason"], row.reason, row.answer) == (MISSING, WHY, ADDED)


def test_an_apology_is_not_in_the_database(late: Case) -> None:
    assert closed(Extension, "reason")
    assert Extension.objects.get(case=late).reason == LATE


def test_why_a_result_ended_is_not_in_the_database(world: World, corrected: Case) -> None:
    assert closed(Result, "ended_note")
    assert Result.objects.get(case=corrected, state="REPLACED").ended_note == WRONG
    assert WRONG in desk_of(world, "specialist").get(page_of(corrected)).content.decode()


def test_a_program_reads_the_request_and_its_answer(world: World, asked: Case) -> None:
    sent = program_of(world.officer("specialist")).get(f"/cases/{asked.code}?expand=supplements")
    (told,) = sent.json()["supplements"]
    assert (told["items"][0]["reason"], told["reason"], told["answer"]) == (MISSING, WHY, ADDED)
    assert "e1:" not in sent.content.decode()


def test_a_program_reads_what_lies_open_from_before(world: World, asked: Case) -> None:
    with connection.cursor() as cursor:
        cursor.execute("""UPDATE cases_supplement SET reason = 'Lý do cũ', items = '[{"paper": ""}]', answer = ''""")
    (told,) = (
        program_of(world.officer("specialist")).get(f"/cases/{asked.code}?expand=supplements").json()["supplements"]
    )
    assert (told["items"], told["reason"], told["answer"]) == ([{"paper": ""}], "Lý do cũ", "")


@pytest.mark.parametrize("column", ["items", "reason", "answer"])
def test_it_does_not_open_in_another_case(world: World, asked: Case, column: str) -> None:
    other = send_birth(world)
    Supplement.objects.update(case=other)
    with pytest.raises(NotDecrypted):
        getattr(Supplement.objects.get(), column)
