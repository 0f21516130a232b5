"""The table of events: append-only, and read without losing what commits late."""

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from camaug.kernel import events
from camaug.kernel.actors import SYSTEM
from camaug.kernel.dispatch import Subscriber, dispatch
from camaug.kernel.events import Event, event, record
from camaug.kernel.ids import uuid7
from camaug.kernel.models import EventRecord, Subscription

AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@event
class SomethingHappened(Event):
    number: int


@pytest.fixture(autouse=True)
def _known_only_here() -> Iterator[None]:
    yield
    assert SomethingHappened.name in events.kinds()


def happen(number: int) -> EventRecord:
    return record(SomethingHappened(subject=uuid7(), number=number), by=SYSTEM, at=AT)


class Reader:
    """A subscriber that remembers the numbers it was given."""

    def __init__(self) -> None:
        self.read: list[int] = []
        self.subscriber = Subscriber("reader", frozenset({SomethingHappened.name}), self.react)

    def react(self, rows: object) -> None:
        self.read += [row.facts["number"] for row in rows]  # type: ignore[attr-defined]

    def look(self, batch: int = 500) -> int:
        """Read one batch; transactions of other databases on the same server hold a reader back too, so wait a little."""
        for _ in range(100):
            if found := dispatch(self.subscriber, batch=batch):
                return found
            time.sleep(0.05)
        return 0

    def finds_nothing(self) -> bool:
        return dispatch(self.subscriber) == 0


class OtherSession(threading.Thread):
    """A second connection that records an event and keeps its transaction open until told to end it."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.written, self.may_commit = threading.Event(), threading.Event()

    def run(self) -> None:
        with transaction.atomic():
            happen(self.number)
            self.written.set()
            self.may_commit.wait(60)
        connection.close()


@pytest.mark.django_db
def test_an_event_keeps_who_when_and_what() -> None:
    row = happen(7)
    row.refresh_from_db()
    assert (row.name, row.actor_kind, row.actor_name, row.at) == (SomethingHappened.name, "SYSTEM", "CaMau-G", AT)
    assert events.from_record(row) == SomethingHappened(subject=row.subject_id, number=7)


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_a_mistake() -> None:
    with pytest.raises(RuntimeError, match="outside a transaction"):
        happen(1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE kernel_eventrecord SET actor_name = 'somebody else'",
        "DELETE FROM kernel_eventrecord",
        "TRUNCATE kernel_eventrecord",
    ],
)
def test_the_database_refuses_to_change_history(statement: str) -> None:
    happen(1)
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_a_reader_never_passes_a_transaction_that_is_still_open() -> None:
    reader, slow = Reader(), OtherSession(number=1)
    slow.start()
    assert slow.written.wait(60)
    with transaction.atomic():
        happen(2)

    assert reader.finds_nothing(), "the second event is committed, but the first may still come"
    slow.may_commit.set()
    slow.join()

    assert reader.look() == 2
    assert reader.read == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_a_transaction_left_open_across_a_batch_is_not_lost() -> None:
    reader, slow = Reader(), OtherSession(number=3)
    with transaction.atomic():
        happen(1)
        happen(2)
    slow.start()
    assert slow.written.wait(60)
    with transaction.atomic():
        happen(4)

    assert reader.look(batch=1) == 1
    assert reader.look(batch=5) == 1
    assert reader.finds_nothing()
    slow.may_commit.set()
    slow.join()
    assert reader.look(batch=5) == 2
    assert reader.read == [1, 2, 3, 4]


@pytest.mark.django_db(transaction=True)
def test_what_was_read_is_not_read_again() -> None:
    reader = Reader()
    with transaction.atomic():
        happen(1)
    assert reader.look() == 1
    assert reader.finds_nothing()
    with transaction.atomic():
        happen(2)
    assert reader.look() == 1
    assert reader.read == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_a_subscriber_that_fails_gets_its_batch_again() -> None:
    with transaction.atomic():
        happen(1)

    def fail(rows: object) -> None:
        raise ValueError(rows)

    failing = Reader()
    failing.subscriber = Subscriber("reader", frozenset({SomethingHappened.name}), fail)
    with pytest.raises(ValueError, match="EventRecord"):
        failing.look()
    reader = Reader()
    assert reader.look() == 1
    assert reader.read == [1]


@pytest.mark.django_db(transaction=True)
def test_two_workers_do_not_read_the_same_batch() -> None:
    reader = Reader()
    with transaction.atomic():
        happen(1)
    Subscription.objects.create(name="reader")
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            Subscription.objects.select_for_update().get(name="reader")
            held.set()
            done.wait(60)
        connection.close()

    other = threading.Thread(target=hold)
    other.start()
    assert held.wait(60)
    assert reader.finds_nothing()
    done.set()
    other.join()
    assert reader.look() == 1


@pytest.mark.django_db(transaction=True)
def test_an_event_of_another_name_moves_the_position_but_is_not_handed_over() -> None:
    reader = Reader()
    reader.subscriber = Subscriber("stranger", frozenset({"nobody.Knows"}), reader.react)
    with transaction.atomic():
        happen(1)
    assert reader.look() == 1
    assert reader.finds_nothing()
    assert reader.read == []


@pytest.mark.django_db(transaction=True)
def test_a_rolled_back_event_never_happened() -> None:
    reader = Reader()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        happen(1 // len(reader.read))
    assert reader.finds_nothing()
    assert UUID(int=0) == Subscription.objects.get(name="reader").event_id
