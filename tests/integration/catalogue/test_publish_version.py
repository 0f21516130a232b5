from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from camaug.catalogue.actions.publish_version import (
    DefinitionFaulty,
    VersionIsFixed,
    VersionOutOfOrder,
    publish_version,
)
from camaug.catalogue.definition.procedure import Definition
from camaug.catalogue.faults import faults_of
from camaug.catalogue.models import ProcedureVersion
from camaug.catalogue.queries import current, definition, version, versions
from camaug.kernel.actors import SYSTEM
from camaug.kernel.errors import NotFound
from tests.integration.catalogue.conftest import NOW
from tests.unit.catalogue.samples import KNOWN, changed, real

pytestmark = pytest.mark.usefixtures("vocabulary")
CODE = "dang-ky-ho-kinh-doanh"
FIRST = date(2025, 7, 1)


def publish(text: Definition) -> ProcedureVersion:
    return publish_version(text, known=KNOWN, by=SYSTEM, at=NOW)


def dated(number: int, valid_from: date, valid_until: date | None = None, **changes: str) -> Definition:
    until = valid_until.isoformat() if valid_until else None
    return changed(real(CODE), version=number, valid_from=valid_from.isoformat(), valid_until=until, **changes)


def test_each_day_has_the_version_that_holds_on_it() -> None:
    for number, day in ((1, FIRST), (2, date(2026, 11, 1)), (3, date(2027, 3, 1))):
        publish(dated(number, day, name=f"Bản {number}"))
    found = {
        day: current(CODE, day).number
        for start in (FIRST, date(2026, 11, 1), date(2027, 3, 1))
        for day in (start - timedelta(days=1), start, start + timedelta(days=1))
        if day >= FIRST
    }
    assert list(found.values()) == [1, 1, 1, 2, 2, 2, 3, 3]
    with pytest.raises(NotFound):
        current(CODE, FIRST - timedelta(days=1))


def test_a_case_keeps_the_version_of_its_day() -> None:
    kept = publish(dated(1, FIRST, name="Theo luật cũ")).id
    assert definition(kept).name == "Theo luật cũ"
    publish(dated(2, date(2026, 11, 1), name="Theo luật mới"))
    assert definition(kept).name == version(kept).definition.name == "Theo luật cũ"
    assert current(CODE, date(2026, 11, 23)).definition.name == "Theo luật mới"


def test_the_same_text_twice_is_one_version() -> None:
    assert publish(dated(1, FIRST)).id == publish(dated(1, FIRST)).id
    publish(dated(2, date(2027, 1, 1)))
    assert publish(dated(1, FIRST)).valid_until == date(2027, 1, 1)


def spoiled(part: str) -> dict[str, object]:
    """A part of the text with a fault in it."""
    plain = real(CODE).model_dump(mode="json", by_alias=True)
    steps = plain["process"]["steps"]
    if part == "process":
        steps[2]["role"] = steps[1]["role"]
    else:
        answers = {"business_name": "Tạp hóa Được"}
        expect = {"route": [step["id"] for step in steps], "due": None}
        plain["scenarios"] = [
            {
                "id": "sai",
                "name": "Sai",
                "at": "2026-10-05T09:00",
                "channel": "POST",
                "answers": answers,
                "expect": expect,
            }
        ]
    return {part: plain[part]}


@pytest.mark.parametrize("part", ["process", "scenarios"])
def test_what_does_not_hold_together_is_not_published(part: str) -> None:
    broken = changed(dated(1, FIRST), **spoiled(part))
    with pytest.raises(DefinitionFaulty) as refusal:
        publish(broken)
    assert refusal.value.faults == faults_of(broken, KNOWN)
    assert str(refusal.value).startswith(f"“{CODE}” chưa công bố được. {refusal.value.faults[0].place}: ")
    assert versions(CODE) == ()


def test_another_text_under_the_same_number_is_refused() -> None:
    publish(dated(1, FIRST))
    publish(dated(2, date(2027, 1, 1)))
    with pytest.raises(VersionIsFixed) as refusal:
        publish(dated(1, FIRST, name="Khác"))
    assert refusal.value.facts["next"] == 3
    assert current(CODE, FIRST).definition.name == real(CODE).name


@pytest.mark.parametrize(
    ("number", "day"), [(1, date(2028, 1, 1)), (3, FIRST), (3, date(2026, 1, 1)), (3, date(2024, 1, 1))]
)
def test_versions_follow_each_other(number: int, day: date) -> None:
    publish(dated(2, date(2026, 1, 1)))
    with pytest.raises(VersionOutOfOrder):
        publish(dated(number, day))
    assert [view.number for view in versions(CODE)] == [2]


def test_a_version_that_has_ended_leaves_a_gap() -> None:
    publish(dated(1, FIRST, date(2026, 1, 1)))
    publish(dated(2, date(2026, 6, 1)))
    assert [view.valid_until for view in versions(CODE)] == [date(2026, 1, 1), None]
    with pytest.raises(NotFound):
        current(CODE, date(2026, 3, 1))


def test_the_database_refuses_two_versions_on_one_day() -> None:
    row = publish(dated(1, FIRST))
    row.pk, row.number, row._state.adding = None, 2, True
    with pytest.raises(IntegrityError, match="procedure_has_one_version_a_day"), transaction.atomic():
        ProcedureVersion.objects.bulk_create([row])
