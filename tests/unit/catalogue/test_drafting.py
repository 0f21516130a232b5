"""The pure parts of the editor: conditions as rows, wordings side by side, what checks say."""

import re
from typing import Any

import pytest
from django.utils import translation

from camaug.catalogue.definition.slips import SENTENCES, slip
from camaug.catalogue.drafting.conditions import condition_of, rows_of
from camaug.catalogue.drafting.sentences import Mark, runs

ROWS: list[dict[str, Any]] = [
    {"field": "kind", "is": "A"},
    {"field": "kind", "in": ["A", "B"]},
    {"field": "kind", "filled": True},
    {"field": "kind", "filled": False},
    {"field": "copies", "over": 0},
    {"field": "born", "more_days_ago_than": 60},
    {"not": {"field": "kind", "is": "A"}},
    {"not": {"field": "kind", "in": ["A", "B"]}},
    {"all": [{"field": "a", "is": "1"}, {"not": {"field": "b", "is": "2"}}]},
    {"any": [{"field": "a", "is": "1"}, {"field": "b", "filled": True}]},
]


@pytest.mark.parametrize("condition", ROWS, ids=str)
def test_a_condition_becomes_rows_and_the_same_condition_again(condition: dict[str, Any]) -> None:
    rows = rows_of(condition)
    assert rows
    assert condition_of(rows) == condition


@pytest.mark.parametrize(
    "condition",
    [{"all": [{"any": [{"field": "a", "is": "1"}]}]}, {"not": {"all": []}}, {"field": "a", "is": "1", "filled": True}],
    ids=str,
)
def test_a_condition_that_rows_cannot_say_is_left_to_yaml(condition: dict[str, Any]) -> None:
    assert rows_of(condition) is None


def test_no_condition_is_no_row() -> None:
    empty = rows_of(None)
    assert empty
    assert condition_of(empty) is None


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("Có sau 5 ngày.", "Có sau 3 ngày.", "Có sau [-5-][+3+] ngày."),
        ("Nộp tại xã.", "Nộp tại xã hoặc qua mạng.", "Nộp tại [-xã.-][+xã hoặc qua mạng.+]"),
        ("Một hai ba", "Bốn năm sáu", "[-Một hai ba-][+Bốn năm sáu+]"),
        ("", "Mới", "[+Mới+]"),
    ],
)
def test_what_went_and_what_came_is_marked_within_the_sentence(before: str, after: str, told: str) -> None:
    frames = {Mark.SAME: "{}", Mark.GONE: "[-{}-]", Mark.NEW: "[+{}+]"}
    assert "".join(frames[run.mark].format(run.text) for run in runs(before, after)) == told
    assert "".join(run.text for run in runs(before, after) if run.mark != Mark.NEW) == before
    assert "".join(run.text for run in runs(before, after) if run.mark != Mark.GONE) == after


@pytest.mark.parametrize("code", SENTENCES)
def test_every_fault_has_its_sentence_in_both_languages(code: str) -> None:
    found = slip(code, **dict.fromkeys(re.findall(r"{(\w+)}", SENTENCES[code]), "“x”"))
    assert "{" not in found.english
    with translation.override("vi"):
        assert str(found) != found.english
        assert ("“x”" in str(found)) == ("“x”" in found.english)


def test_a_fault_within_a_fault_speaks_the_same_language() -> None:
    found = slip("wrong_route", way="a → b", why=slip("no_step", name="c"))
    assert found.english == "expected the route a → b, but there is no step “c”"
    with translation.override("vi"):
        assert "there" not in str(found)
