"""Repeated requests that meet, on real connections: nothing happens twice, whatever breaks between."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse

from camaug.cases.models import Case
from camaug.gateway.actions.answer_once import Claim
from camaug.gateway.models import KeptAnswer
from camaug.kernel.clock import now
from camaug.kernel.encryption import NotDecrypted
from camaug.kernel.models import EventRecord
from camaug.kernel.prepared import settle
from tests.applications import send_birth
from tests.callers import program_of
from tests.world import World, build

pytestmark = pytest.mark.django_db(transaction=True)
DRAFT = {"procedure": "dang-ky-khai-sinh"}


@pytest.fixture
def standing() -> World:
    return build()


def together(number: int, call: Callable[[], HttpResponse]) -> list[HttpResponse]:
    barrier = Barrier(number)

    def one(_index: int) -> HttpResponse:
        try:
            barrier.wait()
            return call()
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(one, range(number)))


def test_the_same_request_from_six_lines_at_once_is_done_once(standing: World) -> None:
    mother = program_of(standing.citizen("mother", at=now()))
    answers = together(6, lambda: mother.post("/own-cases", DRAFT, key="a"))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.content for answer in answers}) == 1
    assert Case.objects.count() == 1


def test_the_same_move_from_four_lines_at_once_is_made_once(standing: World) -> None:
    case = send_birth(standing, at=now())
    clerk = program_of(standing.officer("clerk", at=now()))
    answers = together(4, lambda: clerk.post(f"/cases/{case.code}/moves/receive", key="a"))
    assert {answer.status_code for answer in answers} == {200}
    assert EventRecord.objects.filter(subject_id=case.id, name="cases.CaseReceived").count() == 1


def test_a_write_that_breaks_before_its_answer_is_kept_is_not_there_and_may_be_sent_again(standing: World) -> None:
    """The server dies after the write and before its commit: both are gone. It dies after: both are there."""
    mother = program_of(standing.citizen("mother", at=now()))
    with transaction.atomic():
        first = mother.post("/own-cases", DRAFT, key="a")
        assert first.status_code == 201
        transaction.set_rollback(True)
    assert not Case.objects.exists()
    assert not KeptAnswer.objects.exists()
    again = mother.post("/own-cases", DRAFT, key="a")
    assert again.status_code == 201
    assert "Idempotent-Replayed" not in again
    assert Case.objects.count() == 1


@contextmanager
def keeping_fails(how: str) -> Iterator[None]:
    """Whoever keeps an answer meets this in the database."""
    with connection.cursor() as cursor:
        cursor.execute(f"""CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN {how}; RETURN NEW; END';
            CREATE TRIGGER fail BEFORE UPDATE ON gateway_keptanswer FOR EACH ROW EXECUTE FUNCTION fail()""")
    try:
        yield
    finally:
        connection.close()
        with connection.cursor() as cursor:
            cursor.execute("DROP FUNCTION fail CASCADE")


@pytest.mark.parametrize("how", ["RAISE EXCEPTION $$no$$", "PERFORM pg_terminate_backend(pg_backend_pid())"])
def test_an_answer_that_breaks_on_its_way_to_be_kept_with_commit_leaves_nothing(standing: World, how: str) -> None:
    mother = program_of(standing.citizen("mother", at=now()))
    for number in range(4):  # from the third on the statement is prepared, and is sent with COMMIT
        assert mother.post("/own-cases", DRAFT, key=f"before-{number}").status_code == 201
    before = Case.objects.count(), KeptAnswer.objects.count(), EventRecord.objects.count()
    with keeping_fails(how), pytest.raises(DatabaseError):
        mother.post("/own-cases", DRAFT, key="a")
    assert (Case.objects.count(), KeptAnswer.objects.count(), EventRecord.objects.count()) == before
    again = mother.post("/own-cases", DRAFT, key="a")
    assert again.status_code == 201
    assert "Idempotent-Replayed" not in again


def test_what_was_answered_lies_closed_for_its_owner_alone(standing: World) -> None:
    mother = program_of(standing.citizen("mother", at=now()))
    first = mother.post("/own-cases", DRAFT, key="a")
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM gateway_keptanswer")
        (kept,) = cursor.fetchone()
    assert bytes(kept).startswith(b"e1:")
    assert KeptAnswer.objects.get().body == first.content
    assert mother.post("/own-cases", DRAFT, key="a").content == first.content
    KeptAnswer.objects.update(owner="somebody else")
    with pytest.raises(NotDecrypted):
        _ = KeptAnswer.objects.get().body


def test_a_key_is_free_again_after_a_day(standing: World) -> None:
    at = now()
    with transaction.atomic():
        Claim("somebody", "a", "one", at=at)
        settle()
    KeptAnswer.objects.update(expires_at=at)
    with transaction.atomic():
        Claim("somebody", "a", "another", at=at)
        settle()
    assert KeptAnswer.objects.get().digest == "another"
