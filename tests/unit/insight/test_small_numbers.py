"""A number that could point at a person stands in no table of one agency, and is told by no difference."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from camaug.cases.queries import Figures, total
from camaug.insight import sheet
from camaug.insight.line import Line
from camaug.insight.small import FEWEST, OTHERS, grouped, nested, rating_is_shown


def line(key: str, cases: int, *, group: str = "") -> Line:
    return Line(key, key, Figures(received_direct=cases), group=group)


def told(lines: tuple[Line, ...]) -> dict[str, int]:
    return {one.key: one.figures.all for one in lines}


@pytest.mark.parametrize(
    ("cases", "shown"),
    [
        ({"a": 9, "b": 5}, {"a": 9, "b": 5}),
        ({"a": 9, "b": 3, "c": 2}, {"a": 9, OTHERS: 5}),
        ({"a": 30, "b": 9, "c": 2}, {"a": 30, OTHERS: 11}),
        ({"a": 9, "b": 2}, {}),
        ({"a": 4}, {}),
        ({"a": 3, "b": 3}, {}),
        ({"a": 9, "b": 0}, {"a": 9, OTHERS: 0}),
        ({}, {}),
    ],
)
def test_few_cases_join_the_others(cases: dict[str, int], shown: dict[str, int]) -> None:
    assert told(grouped([line(key, number) for key, number in cases.items()], "Khác")) == shown


@given(st.lists(st.integers(0, 40), max_size=12))
def test_no_row_is_small_and_none_is_lost(numbers: list[int]) -> None:
    lines = [line(str(n), number) for n, number in enumerate(numbers)]
    shown = grouped(lines, "Khác")
    assert not shown or total(one.figures for one in shown) == total(one.figures for one in lines)
    assert not [one for one in shown if 0 < one.figures.all < FEWEST]


@given(st.lists(st.tuples(st.sampled_from("xyz"), st.integers(0, 20)), max_size=14))
def test_the_procedures_of_a_field_add_up_to_it_or_are_not_shown(numbers: list[tuple[str, int]]) -> None:
    procedures = [line(str(n), number, group=field) for n, (field, number) in enumerate(numbers)]
    by_field = {f: [one for one in procedures if one.group == f] for f in "xyz"}
    fields = grouped([Line(f, f, total(one.figures for one in some)) for f, some in by_field.items() if some], "Khác")
    found = nested(fields, procedures, "Khác")
    for field in fields:
        inside = [one for one in found if one.group == field.label]
        assert not inside or total(one.figures for one in inside) == field.figures
        assert not [one for one in inside if 0 < one.figures.all < FEWEST]


def test_fewer_than_five_ratings_are_said_in_words() -> None:
    few, enough = Figures(satisfied=3, not_satisfied=1), Figures(satisfied=4, not_satisfied=1)
    assert (rating_is_shown(few), rating_is_shown(enough)) == (False, True)
    table = sheet.ratings("Đánh giá", "Cơ quan", [Line("a", "A", few), Line("b", "B", enough)])
    cells = [[said for _, said in row] for _, row in table.rows()]
    assert cells[0][1:] == ["–"] * 4
    assert cells[1] == ["5", "80\u00a0%", "0", "4", "1"]
    assert [record[1:] for record in table.records()][1] == [table.few, "", "", "", ""]
