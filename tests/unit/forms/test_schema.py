from typing import Any

import pytest
from jsonschema import Draft202012Validator

from camaug.catalogue.forms.answers import check
from camaug.catalogue.forms.schema import json_schema
from tests.unit.forms.example import COMPLETE, FORM, TODAY

SCHEMA = json_schema(FORM)


def _fits(answers: dict[str, Any]) -> bool:
    return bool(Draft202012Validator(SCHEMA).is_valid(answers))


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def _without(*names: str) -> dict[str, Any]:
    return {name: value for name, value in COMPLETE.items() if name not in names}


CASES: list[tuple[str, dict[str, Any]]] = [
    ("complete", COMPLETE),
    ("empty", {}),
    *[(f"without {name}", _without(name)) for name in COMPLETE],
    ("a number instead of a home", _without("home") | {"number": "096190001234"}),
    ("a fixed stall without wheels", _without("wheels") | {"kind": "FIXED"}),
    ("no helper", _without("helper") | {"helped": "NO"}),
    ("a helper without a year", COMPLETE | {"helper": {"full_name": "Trần Văn Mắm"}}),
    ("a nameless helper", COMPLETE | {"helper": {"birth_year": 1992}}),
    ("too many wheels", COMPLETE | {"wheels": 5}),
    ("wheels in words", COMPLETE | {"wheels": "three"}),
    ("wheels as text", COMPLETE | {"wheels": "3"}),
    ("a cart with too much capital", COMPLETE | {"capital": 100_000_001}),
    ("a fixed stall with as much", _without("wheels") | {"kind": "FIXED", "capital": 100_000_001}),
    ("a day as people write it", COMPLETE | {"birth_date": "2/3/1990"}),
    ("a month too many", COMPLETE | {"birth_date": "1990-13-01"}),
    ("a phone as people write it", COMPLETE | {"phone": "0918000123"}),
    ("a name with a digit", COMPLETE | {"full_name": "Đước 2"}),
    ("an unknown kind", COMPLETE | {"kind": "SHIP"}),
    ("a day chosen twice", COMPLETE | {"days": ["SAT", "SAT"]}),
    ("a short personal number", COMPLETE | {"number": "123"}),
    ("no promise", COMPLETE | {"promise": False}),
    ("a long note", COMPLETE | {"note": "x" * 51}),
    ("a home without a commune", COMPLETE | {"home": {"province": "96"}}),
    ("no line", COMPLETE | {"lines": []}),
    ("no main line", COMPLETE | {"lines": [{"name": "Nón", "food": "NO"}]}),
    ("two main lines", COMPLETE | {"lines": [{"name": "Nón", "food": "NO", "main": True}] * 2}),
    (
        "four lines",
        COMPLETE | {"lines": [{"name": "A", "food": "NO", **({"main": True} if n == 0 else {})} for n in range(4)]},
    ),
    ("a food line without a licence", COMPLETE | {"lines": [{"name": "Bánh", "food": "YES", "main": True}]}),
]


@pytest.mark.parametrize(("_what", "answers"), CASES, ids=[name for name, _answers in CASES])
def test_the_schema_agrees_with_the_check(_what: str, answers: dict[str, Any]) -> None:
    assert _fits(answers) is (check(FORM, answers, on=TODAY) == {})


def test_the_schema_refuses_names_it_does_not_know() -> None:
    assert not _fits(COMPLETE | {"unknown": 1})
