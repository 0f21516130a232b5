from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.utils.translation import override

from camaug.catalogue.definition import conditions
from camaug.catalogue.definition.eform import EForm
from camaug.catalogue.forms.answers import check, prune, visible
from tests.unit.forms.example import COMPLETE, FORM, PLACES, TODAY


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


def test_a_complete_form_is_right() -> None:
    assert check(FORM, COMPLETE, on=TODAY, places=PLACES) == {}


def test_an_empty_form_misses_what_is_required() -> None:
    assert check(FORM, {}, on=TODAY) == {
        "full_name": "Fill in this answer.",
        "birth_date": "Write the day, month and year.",
        "phone": "Fill in this answer.",
        "home": "Choose province, district and commune.",
        "kind": "Choose an answer.",
        "capital": "Fill in this answer.",
        "helped": "Choose an answer.",
        "lines": "Fill in at least 1.",
        "promise": "Tick this box to go on.",
    }


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"birth_date": "2026-11-24"}, "birth_date", "This day must not be in the future."),
    ({"birth_date": "2/3/1990"}, "birth_date", "Write this answer as 1990-03-02."),
    ({"birth_date": 1990}, "birth_date", "Write day, month and year in digits, for example 27/3/2007."),
    ({"since": "2026-11-22"}, "since", "This day must not be in the past."),
    ({"phone": "0918000123"}, "phone", "Write this answer as +84918000123."),
    ({"wheels": "3"}, "wheels", "Write this answer as 3."),
    ({"wheels": True}, "wheels", "Write a whole number in digits, for example 3."),
    ({"wheels": 2.5}, "wheels", "Fill in this answer."),
    ({"wheels": None}, "wheels", "Fill in this answer."),
    ({"days": ["SAT", "SAT"]}, "days", "Choose among the answers given."),
    ({"days": ["MON"]}, "days", "Choose among the answers given."),
    ({"days": "SAT"}, "days", "Choose among the answers given."),
    ({"home": {"province": "96"}}, "home", "Choose the district."),
    ({"home": {"province": "96", "district": "964"}}, "home", "Choose the commune."),
    ({"home": {"detail": "Số 12"}}, "home", "Choose the province."),
    (
        {"home": {"province": "96", "district": "966", "commune": "31999"}},
        "home",
        "The commune does not lie in this district. Choose again.",
    ),
    ({"home": {"commune": "12345"}}, "home", "The commune does not lie in this district. Choose again."),
    ({"home": "Cà Mau"}, "home", "Choose province, district and commune."),
    ({"helper": {"nationality": "Lào"}}, "helper.full_name", "Fill in this answer."),
    ({"helper": {"full_name": "Trần Văn Mắm"}}, "helper.birth_year", "Fill in this answer."),
    (
        {"helper": {"full_name": "Trần Văn Mắm", "birth_year": 1992, "birth_date": "2030-01-01"}},
        "helper.birth_date",
        "This day must not be in the future.",
    ),
    ({"lines": []}, "lines", "Fill in at least 1."),
    ({"lines": ["x"]}, "lines", "Fill in the rows."),
    ({"lines": [{"name": "Nón", "food": "NO"}]}, "lines", "Mark exactly one row: Ngành chính."),
    ({"lines": [{"name": "Nón", "food": "NO", "main": True}] * 2}, "lines", "Mark exactly one row: Ngành chính."),
    (
        {"lines": [{"name": "A", "food": "NO", "main": n == 0} for n in range(4)]},
        "lines",
        "There can be at most 3 rows.",
    ),
    ({"lines": [{"food": "NO", "main": True}]}, "lines.0.name", "Fill in this answer."),
    ({"lines": [{"name": "Bánh", "food": "YES", "main": True}]}, "lines.0.licence", "Fill in this answer."),
    ({"capital": 100_000_001}, "capital", "A cart has at most 100 million."),
    ({"promise": False}, "promise", "Choose one of the answers given."),
]


@pytest.mark.parametrize(("change", "path", "sentence"), WRONG)
def test_what_is_wrong_is_said_at_its_place(change: dict[str, Any], path: str, sentence: str) -> None:
    errors = check(FORM, COMPLETE | change, on=TODAY, places=PLACES)
    assert errors.get(path) == sentence
    assert {p.split(".")[0] for p in errors} == {path.split(".")[0]}


def test_sentences_of_the_definition_are_vietnamese_for_vietnamese_readers() -> None:
    with override("vi"):
        errors = check(FORM, COMPLETE | {"capital": 200_000_000}, on=TODAY)
    assert errors == {"capital": "Xe đẩy có vốn không quá 100 triệu đồng."}


def test_hidden_questions_are_neither_asked_nor_checked_nor_sent() -> None:
    answers = COMPLETE | {
        "kind": "FIXED",
        "helped": "NO",
        "wheels": 99,
        "number": "096190001234",
        "home": {"commune": "?"},
    }
    assert [page.id for page in visible(FORM, answers)] == ["name", "number", "stall", "capital", "lines", "promise"]
    assert check(FORM, answers, on=TODAY, places=PLACES) == {}
    assert not {"home", "wheels", "helper", "unknown"} & set(prune(FORM, answers | {"unknown": 1}))


def test_what_depends_on_a_hidden_answer_is_hidden_too() -> None:
    fields = [
        {"id": "b", "label": "b", "type": "TEXT", "when": {"field": "a", "is": "YES"}},
        {"id": "c", "label": "c", "type": "TEXT", "when": {"field": "b", "filled": True}},
        {"id": "a", "label": "a", "type": "YES_NO"},
    ]
    form = EForm.model_validate(
        {
            "verify": True,
            "title": "t",
            "sections": [{"id": "s", "title": "s", "pages": [{"id": "p", "title": "p", "fields": fields}]}],
        }
    )
    assert prune(form, {"a": "YES", "b": "x", "c": "y"}) == {"a": "YES", "b": "x", "c": "y"}
    assert prune(form, {"a": "NO", "b": "x", "c": "y"}) == {"a": "NO"}


def test_pruning_writes_addresses_out_and_drops_empty_rows() -> None:
    answers = COMPLETE | {"home": {"province": "96", "district": "964", "commune": "31999"}}
    answers["lines"] = [*COMPLETE["lines"], {}, {"licence": "hidden since food is not answered"}]
    pruned = prune(FORM, answers, places=PLACES)
    assert pruned["home"]["text"] == "Phường 9, Thành phố Cà Mau, Tỉnh Cà Mau"
    assert pruned["lines"] == COMPLETE["lines"]


@pytest.mark.parametrize("typed", ["NaN", "sNaN", "Infinity", "", None, [], {"x": 1}])
def test_no_answer_breaks_a_comparison(typed: object) -> None:
    assert conditions.Test.model_validate({"field": "n", "over": 5}).holds({"n": typed}) is (typed == "Infinity")


def test_a_day_is_judged_by_the_day_given() -> None:
    assert check(FORM, COMPLETE | {"birth_date": "2026-11-24"}, on=date(2026, 11, 24), places=PLACES) == {}
