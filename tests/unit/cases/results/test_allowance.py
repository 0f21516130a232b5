"""The coefficients of NĐ 20/2021/NĐ-CP Đ6, by group, degree of disability and age."""

from datetime import date

import pytest

from camaug.cases.results.allowance import CLAUSES, RATES, age_on, coefficient


@pytest.mark.parametrize(
    ("group", "degree", "rates"),
    [
        ("CHILD_ALONE", "", {0: "2.5", 3: "2.5", 4: "1.5", 15: "1.5", 16: None}),
        ("PUPIL", "", {15: None, 16: "1.5", 22: "1.5", 23: None}),
        ("HIV_CHILD", "", {3: "2.5", 4: "2.0", 15: "2.0", 16: None}),
        ("SINGLE_PARENT", "", {20: "1.0", 45: "1.0"}),
        ("ELDERLY", "", {59: None, 60: "1.5", 79: "1.5", 80: "2.0", 101: "2.0"}),
        ("DISABLED", "VERY_SEVERE", {5: "2.5", 16: "2.0", 59: "2.0", 60: "2.5"}),
        ("DISABLED", "SEVERE", {5: "2.0", 16: "1.5", 59: "1.5", 60: "2.0"}),
        ("DISABLED", "LIGHT", {5: None, 30: None, 70: None}),
        ("SMALL_CHILD", "", {0: "1.5", 2: "1.5", 3: None}),
        ("HIV_ADULT", "", {15: None, 16: "1.5", 70: "1.5"}),
    ],
)
def test_the_coefficient(group: str, degree: str, rates: dict[int, str | None]) -> None:
    found = {age: coefficient(group, degree, age) for age in rates}
    assert {age: str(rate) if rate else None for age, rate in found.items()} == rates


def test_every_group_has_its_clause_and_its_rates() -> None:
    assert {row[0] for row in RATES} == set(CLAUSES)
    assert sorted(CLAUSES.values()) == list(range(1, 9))


@pytest.mark.parametrize(
    ("born", "age"), [(date(1964, 9, 2), 62), (date(1964, 11, 5), 62), (date(1964, 11, 6), 61), (date(2026, 11, 5), 0)]
)
def test_an_age_is_counted_in_whole_years(born: date, age: int) -> None:
    assert age_on(born, date(2026, 11, 5)) == age
