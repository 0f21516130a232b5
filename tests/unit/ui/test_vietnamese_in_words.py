"""Numbers, sums and dates in words, as whole tables."""

from datetime import date, datetime

import pytest

from camaug.ui import vietnamese

NUMBERS = {
    0: "không",
    1: "một",
    4: "bốn",
    5: "năm",
    10: "mười",
    11: "mười một",
    14: "mười bốn",
    15: "mười lăm",
    20: "hai mươi",
    21: "hai mươi mốt",
    24: "hai mươi tư",
    25: "hai mươi lăm",
    31: "ba mươi mốt",
    44: "bốn mươi tư",
    55: "năm mươi lăm",
    99: "chín mươi chín",
    100: "một trăm",
    101: "một trăm linh một",
    104: "một trăm linh bốn",
    105: "một trăm linh năm",
    110: "một trăm mười",
    115: "một trăm mười lăm",
    121: "một trăm hai mươi mốt",
    999: "chín trăm chín mươi chín",
    1_000: "một nghìn",
    1_001: "một nghìn không trăm linh một",
    1_010: "một nghìn không trăm mười",
    1_015: "một nghìn không trăm mười lăm",
    1_100: "một nghìn một trăm",
    2_026: "hai nghìn không trăm hai mươi sáu",
    10_000: "mười nghìn",
    21_005: "hai mươi mốt nghìn không trăm linh năm",
    105_000: "một trăm linh năm nghìn",
    1_000_000: "một triệu",
    1_000_005: "một triệu không trăm linh năm",
    1_005_000: "một triệu không trăm linh năm nghìn",
    1_230_000: "một triệu hai trăm ba mươi nghìn",
    12_345_678: "mười hai triệu ba trăm bốn mươi lăm nghìn sáu trăm bảy mươi tám",
    1_000_000_000: "một tỷ",
    1_000_000_001: "một tỷ không trăm linh một",
    2_050_000_000: "hai tỷ không trăm năm mươi triệu",
    1_500_000_000_000: "một nghìn năm trăm tỷ",
    1_000_000_000_000: "một nghìn tỷ",
    3_000_000_000_000_000: "ba triệu tỷ",
    -25_000: "âm hai mươi lăm nghìn",
}


@pytest.mark.parametrize(("number", "words"), NUMBERS.items())
def test_a_number_is_said_in_words(number: int, words: str) -> None:
    assert vietnamese.number_in_words(number) == words


def test_a_number_too_large_for_words_is_refused() -> None:
    with pytest.raises(ValueError, match="too large"):
        vietnamese.number_in_words(10**21)


@pytest.mark.parametrize(
    ("dong", "words"),
    [
        (0, "Không đồng"),
        (4_000, "Bốn nghìn đồng"),
        (9_000, "Chín nghìn đồng"),
        (100_000, "Một trăm nghìn đồng"),
        (1_230_000, "Một triệu hai trăm ba mươi nghìn đồng"),
    ],
)
def test_a_sum_is_said_as_on_a_receipt(dong: int, words: str) -> None:
    assert vietnamese.money_in_words(dong) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 18), "Ngày mười tám tháng mười một năm hai nghìn không trăm hai mươi sáu"),
        (date(2025, 4, 1), "Ngày mồng một tháng tư năm hai nghìn không trăm hai mươi lăm"),
        (date(1994, 5, 10), "Ngày mồng mười tháng năm năm một nghìn chín trăm chín mươi tư"),
        (date(2024, 1, 21), "Ngày hai mươi mốt tháng một năm hai nghìn không trăm hai mươi tư"),
    ],
)
def test_a_date_is_said_as_on_a_birth_certificate(day: date, words: str) -> None:
    assert vietnamese.date_in_words(day) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 2, 5), "ngày 05 tháng 02 năm 2026"),
        (date(2026, 1, 31), "ngày 31 tháng 01 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 11, 23), "ngày 23 tháng 11 năm 2026"),
    ],
)
def test_an_official_date_has_its_zeros(day: date, words: str) -> None:
    assert vietnamese.long_date(day) == words


def test_an_official_time_says_hours_and_minutes() -> None:
    assert vietnamese.long_time(datetime(2026, 11, 23, 8, 5)) == "08 giờ 05 phút, ngày 23 tháng 11 năm 2026"  # noqa: DTZ001


@pytest.mark.parametrize(("number", "written"), [(0, "0"), (999, "999"), (1_234_567, "1.234.567"), (-4_000, "-4.000")])
def test_thousands_are_set_apart_by_points(number: int, written: str) -> None:
    assert vietnamese.grouped(number) == written
