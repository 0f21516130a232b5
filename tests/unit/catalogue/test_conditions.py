from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from camaug.catalogue.definition.conditions import Condition, as_of, fields_of

ADAPTER: TypeAdapter[Any] = TypeAdapter(Condition)
ANSWERS = {
    "married": "YES",
    "copies": 2,
    "kinds": ["A", "B"],
    "mother": {"full_name": "Nguyễn Thị Lan"},
    "father": {"full_name": ""},
    "born": "2026-09-01",
}


@pytest.mark.parametrize(
    ("condition", "holds"),
    [
        ({"field": "married", "is": "YES"}, True),
        ({"field": "married", "is": "NO"}, False),
        ({"field": "absent", "is": "YES"}, False),
        ({"field": "married", "in": ["NO", "YES"]}, True),
        ({"field": "married", "in": ["NO"]}, False),
        ({"field": "kinds", "is": "B"}, True),
        ({"field": "kinds", "in": ["C", "A"]}, True),
        ({"field": "kinds", "is": "C"}, False),
        ({"field": "mother.full_name", "filled": True}, True),
        ({"field": "father.full_name", "filled": True}, False),
        ({"field": "father.full_name", "filled": False}, True),
        ({"field": "absent.deep.down", "filled": False}, True),
        ({"field": "copies", "over": 1}, True),
        ({"field": "copies", "over": 2}, False),
        ({"field": "married", "over": 0}, False),
        ({"field": "absent", "over": -5}, False),
        ({"not": {"field": "married", "is": "NO"}}, True),
        ({"all": [{"field": "married", "is": "YES"}, {"field": "copies", "over": 1}]}, True),
        ({"all": [{"field": "married", "is": "YES"}, {"field": "copies", "over": 9}]}, False),
        ({"any": [{"field": "married", "is": "NO"}, {"field": "copies", "over": 1}]}, True),
        ({"any": [{"field": "married", "is": "NO"}, {"not": {"field": "copies", "over": 1}}]}, False),
        ({"all": []}, True),
        ({"any": []}, False),
    ],
)
def test_a_condition_holds_or_not(condition: dict[str, Any], holds: bool) -> None:
    assert ADAPTER.validate_python(condition).holds(ANSWERS) is holds


@pytest.mark.parametrize(
    ("on", "late"),
    [
        (date(2026, 9, 1), False),
        (date(2026, 10, 30), False),
        (date(2026, 10, 31), False),  # the 60th day after the birth
        (date(2026, 11, 1), True),
        (date(2027, 9, 1), True),
    ],
)
def test_days_are_counted_to_the_day_of_asking(on: date, late: bool) -> None:
    condition = ADAPTER.validate_python({"field": "born", "more_days_ago_than": 60})
    assert condition.holds(as_of(ANSWERS, on)) is late


@pytest.mark.parametrize("answers", [ANSWERS, {"born": "2020-01-01"}, {}, {"born": "soon"}])
def test_without_a_day_or_a_date_no_days_have_passed(answers: dict[str, Any]) -> None:
    condition = ADAPTER.validate_python({"field": "born", "more_days_ago_than": 0})
    assert condition.holds(answers) is False


def test_a_condition_survives_being_stored() -> None:
    condition = ADAPTER.validate_python({"all": [{"not": {"field": "a", "is": "X"}}, {"any": [{"field": "b.c"}]}]})
    stored = ADAPTER.dump_python(condition, mode="json", by_alias=True)
    assert ADAPTER.validate_python(stored) == condition


def test_the_fields_of_a_condition_are_known() -> None:
    condition = ADAPTER.validate_python({"all": [{"not": {"field": "a", "is": "X"}}, {"any": [{"field": "b.c"}]}]})
    assert list(fields_of(condition)) == ["a", "b.c"]
    assert list(fields_of(None)) == []


def test_a_slip_is_told_of_the_kind_that_was_meant() -> None:
    with pytest.raises(ValidationError) as slip:
        ADAPTER.validate_python({"all": [{"field": "a", "equals": "X"}]})
    assert [error["type"] for error in slip.value.errors()] == ["extra_forbidden"]
