"""A part of what falls as one needs no savepoint; alone, or in any other transaction, it is undone by itself."""

from functools import partial

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext

from camaug.kernel.transactions import as_one, once_undone, part
from camaug.people.models import AgencyLevel


def write(code: str) -> None:
    AgencyLevel.objects.create(code=code, name=code, rank=1)


def write_twice(code: str) -> None:
    write(code)
    write(code)


def refused(code: str) -> None:
    with pytest.raises(IntegrityError), part():
        write_twice(code)


def test_a_part_is_undone_by_itself(db: None) -> None:
    with transaction.atomic():
        write("A")
        refused("B")
    assert [one.code for one in AgencyLevel.objects.all()] == ["A"]


def test_what_falls_as_one_falls_with_its_part(db: None) -> None:
    with as_one():
        write("A")
        refused("B")
        with pytest.raises(TransactionManagementError):
            write("C")
    assert not AgencyLevel.objects.exists()
    refused("D")
    write("E")


def test_its_parts_cost_no_savepoint(db: None) -> None:
    with as_one(), CaptureQueriesContext(connection) as seen, part():
        write("A")
    assert len(seen) == 1
    assert AgencyLevel.objects.exists()


def leaves_things_behind() -> None:
    with as_one():
        write("A")
        for do in (partial(write, "B"), partial(write, "C"), {}.popitem, partial(write, "D")):
            once_undone(do)
        refused("E")


def test_what_a_refusal_leaves_behind_is_done_when_all_has_fallen_though_one_of_it_fails(db: None) -> None:
    with pytest.raises(KeyError):
        leaves_things_behind()
    assert {one.code for one in AgencyLevel.objects.all()} == {"B", "C", "D"}
    once_undone(partial(write, "F"))
    assert AgencyLevel.objects.filter(code="F").exists()
