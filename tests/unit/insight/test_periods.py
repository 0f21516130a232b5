from datetime import date

import pytest

from camaug.insight.period import months_up_to, offered, period_from

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("key", "first", "until"),
    [
        ("2026-11", date(2026, 11, 1), date(2026, 12, 1)),
        ("2025-12", date(2025, 12, 1), date(2026, 1, 1)),
        ("2026-q4", date(2026, 10, 1), date(2027, 1, 1)),
        ("2026-q1", date(2026, 1, 1), date(2026, 4, 1)),
        ("2026", date(2026, 1, 1), date(2027, 1, 1)),
        *(
            (key, date(2026, 11, 1), date(2026, 12, 1))
            for key in ("", "2026-13", "2026-q5", "2027", "2026-12", "x", "２０２６")
        ),
    ],
)
def test_a_key_names_whole_months_that_have_begun(key: str, first: date, until: date) -> None:
    period = period_from(key, TODAY)
    assert (period.first, period.until) == (first, until)
    assert period_from(period.key, TODAY) == period


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [("2026-01", "2025-12", "2026-02"), ("2026-q1", "2025-q4", "2026-q2"), ("2025", "2024", "2026")],
)
def test_periods_follow_each_other(key: str, before: str, after: str) -> None:
    period = period_from(key, TODAY)
    assert (period.before().key, period.after().key) == (before, after)


def test_what_is_offered_goes_back_to_the_oldest_figure() -> None:
    found = {len(periods): [one.key for one in periods] for _name, periods in offered(TODAY, date(2026, 8, 1))}
    assert found == {4: ["2026-11", "2026-10", "2026-09", "2026-08"], 2: ["2026-q4", "2026-q3"], 1: ["2026"]}


def test_a_trend_ends_with_the_period() -> None:
    assert [one.key for one in months_up_to(period_from("2026-q1", TODAY), 4)] == [
        "2025-12",
        "2026-01",
        "2026-02",
        "2026-03",
    ]
