"""Rows held back and written by one statement arrive as they stood; whatever is refused writes nothing."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from camaug.cases.models import Case, Paper
from camaug.gateway.models import KeptAnswer
from camaug.kernel.ids import uuid7
from camaug.kernel.models import EventRecord
from camaug.kernel.rows import OneByOne, Rows, Together, as_row, columns, new
from camaug.people.models import AgencyLevel, Officer

AT = datetime(2026, 11, 23, 1, 2, 3, 456789, tzinfo=UTC)


def officer(number: int) -> Officer:
    name = f'Đỗ "Văn" \\ {number}\n'
    return Officer(
        full_name=name, sort_key=name, folded="do", official_email=f"{number}@x.vn", left_date=date(2027, 1, 1)
    )


@pytest.mark.parametrize("rows", [OneByOne(), Together()], ids=["one by one", "together"])
def test_rows_arrive_as_they_stood_at_the_end(rows: Rows, db: None) -> None:
    one, other = officer(1), officer(2)
    with transaction.atomic():
        rows.add(one)
        rows.add(other)
        rows.add(AgencyLevel(code="X", name="Y", rank=3))
        one.phone = "+84"
        rows.change(one)
        rows.write()
    kept = Officer.objects.get(pk=one.pk)
    assert (kept.full_name, kept.phone, kept.left_date) == (one.full_name, "+84", date(2027, 1, 1))
    assert Officer.objects.count() == 2
    assert AgencyLevel.objects.get().rank == 3
    with transaction.atomic():
        other.full_name, other.phone = "Lê", "+84918"
        rows.change(other, ["phone"])
        rows.write()
    assert Officer.objects.get(pk=other.pk).phone == "+84918"
    assert Officer.objects.get(pk=other.pk).full_name != "Lê"


def test_a_row_that_was_read_by_hand_is_what_the_orm_reads(db: None) -> None:
    record = EventRecord.objects.create
    with transaction.atomic():
        one = record(name="x", subject_id=uuid7(), actor_kind="SYSTEM", at=AT, facts={"a": ["ộ", 1, None]})
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns(EventRecord, 'e')} FROM kernel_eventrecord e WHERE e.id = %s", [one.pk])
        read = as_row(EventRecord, cursor.fetchone() or ())
    kept = EventRecord.objects.get(pk=one.pk)
    assert {**vars(read), "_state": None} == {**vars(kept), "_state": None}
    assert not read._state.adding


def test_it_is_one_statement(db: None) -> None:
    rows = Together()
    with CaptureQueriesContext(connection) as asked:
        rows.add(officer(1))
        rows.add(AgencyLevel(code="X", name="Y", rank=3))
        assert not asked
        rows.write()
        rows.write()
    assert len(asked) == 1


def test_a_row_that_may_not_be_leaves_none_behind(db: None) -> None:
    rows = Together()
    rows.add(AgencyLevel(code="X", name="Y", rank=3))
    rows.add(officer(1))
    rows.add(officer(1))
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.write()
    assert not AgencyLevel.objects.exists()


def test_a_change_of_what_is_not_there_is_refused(db: None) -> None:
    rows = Together()
    rows.change(officer(1), ["phone"])
    with pytest.raises(DatabaseError, match="not there"), transaction.atomic():
        rows.write()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rows", [OneByOne(), Together()], ids=["one by one", "together"])
def test_nothing_is_written_outside_a_transaction(rows: Rows) -> None:
    def writing() -> None:
        rows.add(AgencyLevel(code="X", name="Y", rank=3))
        rows.write()

    with pytest.raises(RuntimeError):
        writing()
    assert not AgencyLevel.objects.exists()


def test_what_json_cannot_say_is_refused(db: None) -> None:
    rows = Together()
    rows.add(KeptAnswer(owner="x", key="y", digest="z", body=b"octets", expires_at=AT))
    with pytest.raises(TypeError, match="KeptAnswer"):
        rows.write()


def test_a_new_row_is_what_the_model_makes_of_it() -> None:
    event: dict[str, Any] = {"name": "x", "subject_id": uuid7(), "actor_kind": "SYSTEM", "at": AT}
    of_case: dict[str, Any] = {"case": Case(code="H1-1"), "paper": "identity"}
    for model, values in ((EventRecord, event), (Paper, of_case)):
        quick, made = new(model)(id=uuid7(), **values), model(**values)
        assert {**vars(quick), "_state": None, "id": None} == {**vars(made), "_state": None, "id": None}
        assert quick._state.adding
        assert quick._state.fields_cache == made._state.fields_cache
    assert new(Case)().id != new(Case)().id
    assert new(Case)().answers is not new(Case)().answers
    with pytest.raises(TypeError, match="nobody"):
        new(Case)(nobody="x")
