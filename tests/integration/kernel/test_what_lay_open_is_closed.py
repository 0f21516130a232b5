"""`camaug keys rotate` closes what lies open since it was written before its column was closed, broken off or not."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import JSONField, Model

from camaug.cases.actions.apologise import apologise
from camaug.cases.models import Case
from camaug.gateway.actions.ship import ship
from camaug.gateway.models import Shipment
from camaug.kernel.closed import ClosedWhole
from camaug.kernel.encryption import is_encrypted
from camaug.kernel.models import EventRecord
from camaug.kernel.rotation import Encrypted, every_column, rotate
from tests.belongings import belongings, message_to
from tests.integration.cases.test_apologise import NEW, THURSDAY
from tests.integration.kernel.test_keys_are_rotated import Killed, killed_after, silent
from tests.world import World

COLUMNS = (
    "cases.Extension.reason",
    "cases.Note.text",
    "cases.Result.ended_note",
    "cases.Supplement.answer",
    "cases.Supplement.items",
    "cases.Supplement.reason",
    "gateway.Shipment.data",
    "notify.Message.body",
    "notify.Message.sms",
    "notify.Message.title",
)


@pytest.fixture
def kept(world: World) -> dict[str, Case]:
    """Rows with something in each of the columns."""
    cases = {one.key: one.case for one in belongings(world)}
    apologise(
        cases["shop"].id, new_date=NEW.date(), reason="Lỗi hệ thống", by=world.officer("district_head"), at=THURSDAY
    )
    for account in ("mother", "shopkeeper"):
        message_to(world.citizens[account])
    result = cases["finished"].results.get()
    result.ended_note = "Ghi nhầm tên"
    result.save()
    for request in cases["asked"].supplements.all():
        request.answer = "Đã gửi lại"
        request.save()
    cases["finished"].notes.create(text="Đã xem", at=THURSDAY)
    ship(EventRecord.objects.filter(name="cases.CaseSubmitted"))
    for shipment in Shipment.objects.all():
        shipment.data = {"TenHoSo": "Đăng ký khai sinh"}
        shipment.save()
    return cases


def of(name: str) -> tuple[type[Model], str, Encrypted]:
    model, _dot, column = name.rpartition(".")
    (found,) = (one for one in every_column() if (one.model, one.column) == (model, column))
    return apps.get_model(model), column, found


def said(model: type[Model], column: str) -> dict[Any, Any]:
    return {row.pk: getattr(row, column) for row in model._default_manager.order_by("pk")}


def lay_open(model: type[Model], column: str) -> int:
    """As rows were before; how many have something to say."""
    spelled = isinstance(model._meta.get_field(column), JSONField)
    values = {key: value for key, value in said(model, column).items() if value}
    with connection.cursor() as cursor:
        for key, value in values.items():
            kept = json.dumps(value) if spelled else value
            cursor.execute(f"UPDATE {model._meta.db_table} SET {column} = %s WHERE id = %s", [kept, key])
    return len(values)


def closed(model: type[Model], column: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column}::text FROM {model._meta.db_table} WHERE {column} IS NOT NULL")
        return sum(is_encrypted(text.strip('"')) for (text,) in cursor.fetchall())


@pytest.mark.parametrize("name", COLUMNS)
def test_it_is_closed_and_says_the_same(kept: dict[str, Case], name: str) -> None:
    model, column, one = of(name)
    before, number = said(model, column), lay_open(model, column)
    assert number
    assert (closed(model, column), said(model, column)) == (0, before)
    with pytest.raises(Killed):
        rotate(one, progress=killed_after(1), batch=1)
    rotate(one, progress=silent, batch=1)
    assert (closed(model, column), said(model, column)) == (number, before)
    assert rotate(one, progress=silent).renewed == 0


def test_every_column_that_is_closed_is_known_to_rotation() -> None:
    closing = {
        f"{model._meta.label}.{field.attname}"
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, ClosedWhole)
    }
    assert closing <= {f"{one.model}.{one.column}" for one in every_column()}
    assert closing >= {*COLUMNS}
