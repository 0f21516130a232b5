from datetime import date

import pytest

from camaug.ui.reading import read_date, read_money


def typed(day: str, month: str, year: str) -> dict[str, str]:
    return {"born-day": day, "born-month": month, "born-year": year}


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (("18", "11", "2026"), date(2026, 11, 18)),
        (("5", "2", "1990"), date(1990, 2, 5)),
        ((" 29 ", "02", "2024"), date(2024, 2, 29)),
    ],
)
def test_three_boxes_make_a_date(parts: tuple[str, str, str], expected: date) -> None:
    read = read_date(typed(*parts), "born")
    assert (read.date, read.error) == (expected, "")


@pytest.mark.parametrize(
    "parts",
    [
        ("29", "2", "2023"),
        ("31", "4", "2026"),
        ("5", "13", "1990"),
        ("5", "2", "90"),
        ("năm", "2", "1990"),
        ("5", "", "1990"),
        ("٥", "2", "1990"),
    ],
)
def test_what_is_no_date_has_a_sentence_and_keeps_what_was_typed(parts: tuple[str, str, str]) -> None:
    read = read_date(typed(*parts), "born")
    assert read.date is None
    assert read.error
    assert (read.day, read.month, read.year) == parts


def test_empty_boxes_are_neither_date_nor_mistake() -> None:
    read = read_date({}, "born")
    assert not read
    assert (read.date, read.error) == (None, "")


@pytest.mark.parametrize(
    ("text", "dong"),
    [
        ("1.234.567", 1_234_567),
        ("1234567", 1_234_567),
        ("1.234.567 đ", 1_234_567),
        ("50 000 000", 50_000_000),
        ("50.000 đồng", 50_000),
        ("0", 0),
        ("", None),
        ("-5", None),
        ("1,5 triệu", None),
        ("1.5", None),
        ("12.34.567", None),
        ("9" * 16, None),
    ],
)
def test_a_sum_is_read_as_people_write_it(text: str, dong: int | None) -> None:
    assert read_money(text) == dong
