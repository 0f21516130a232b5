"""JSON of which only the whole is read lies as its text, and nobody looks into it."""

from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import FieldError
from django.db import connection
from django.db.models import Field
from django.utils.module_loading import import_string

from camaug.cases.actions.register import register
from camaug.cases.models import Case, Payment
from camaug.kernel.closed import Closing
from camaug.kernel.json_column import COLUMN, JSONColumn
from tests.applications import shop_intake
from tests.world import AT, World

SAID = {"zz": "Đường số 3", "a": [1, None, 1.5], "b": {"y": True, "x": "“ốm”"}}
AS_IT_LIES = '{"zz":"Đường số 3","a":[1,null,1.5],"b":{"y":true,"x":"“ốm”"}}'


@pytest.fixture
def case(world: World) -> Case:
    return register(shop_intake(world), by=world.officer("district_clerk"), at=AT)


def lies(case: Case) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT answers::text FROM cases_case WHERE id = %s", [case.id])
        return [text for (text,) in cursor.fetchall()]


@pytest.mark.django_db
def test_every_such_column_is_of_the_type_for_text() -> None:
    wanted = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, JSONColumn)
    }
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT table_name, column_name FROM information_schema.columns
               WHERE data_type = 'json' AND table_schema = current_schema()"""
        )
        assert set(cursor.fetchall()) == wanted
    assert {("cases_case", "answers"), ("cases_slip", "facts"), ("gateway_shipment", "data")} <= wanted


def test_migrations_know_closed_columns_by_the_field_behind() -> None:
    closed = [one for model in apps.get_models() for one in model._meta.concrete_fields if isinstance(one, Closing)]
    for one in closed:
        assert issubclass(import_string(one.deconstruct()[1]), Field), one
    assert {one.deconstruct()[1] for one in closed if isinstance(one, JSONColumn)} == {COLUMN}


def test_what_is_written_lies_and_comes_back_in_its_order(case: Case) -> None:
    case.answers = SAID
    case.save(update_fields=["answers"])
    assert lies(case) == [AS_IT_LIES]
    assert list(Case.objects.get(pk=case.pk).answers.items()) == list(SAID.items())
    assert Case.objects.values_list("answers", flat=True).get(pk=case.pk) == SAID


def test_many_rows_at_once_lie_the_same(case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(answers={})
    assert lies(case) == ["{}"]
    case.answers = SAID
    Case.objects.bulk_update([case], ["answers"])
    assert lies(case) == [AS_IT_LIES]


def test_registering_writes_as_saving_does(case: Case) -> None:
    written = lies(case)
    again = Case.objects.get(pk=case.pk)
    again.answers = dict(again.answers)
    again.save(update_fields=["answers"])
    assert lies(case) == written


@pytest.mark.parametrize("looked", [{"items": []}, {"items__contains": []}, {"items__0": {}}, {"items__has_key": "a"}])
def test_nobody_looks_into_it(world: World, looked: dict[str, Any]) -> None:
    with pytest.raises(FieldError):
        Payment.objects.filter(**looked)


def test_whether_something_stands_there_can_be_asked(case: Case) -> None:
    assert Case.objects.filter(answers__isnull=False).get() == case
