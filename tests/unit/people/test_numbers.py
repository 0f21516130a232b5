from datetime import date

import pytest

from camaug.people.numbers import (
    PROVINCE_CODES,
    NotACard,
    NotAPersonalNumber,
    NotAPhone,
    NotATaxCode,
    OldIdentityCardNumber,
    PersonalNumber,
    TaxCode,
    display_phone,
    parse_card,
    parse_phone,
)

NUMBERS = [
    ("096194000123", "096", "FEMALE", 1994),
    ("096 092 000 456", "096", "MALE", 1992),
    ("096300000321", "096", "FEMALE", 2000),
    ("001218000001", "001", "MALE", 2018),
    ("133185000007", "133", "FEMALE", 1985),
]


@pytest.mark.parametrize(("text", "birth_code", "sex", "year"), NUMBERS)
def test_a_personal_number_tells_place_sex_and_year(text: str, birth_code: str, sex: str, year: int) -> None:
    number = PersonalNumber.parse(text)
    assert (number.birth_code, number.sex, number.birth_year) == (birth_code, sex, year)


@pytest.mark.parametrize("digit", range(10))
def test_the_fourth_digit_gives_century_and_sex(digit: int) -> None:
    number = PersonalNumber.parse(f"096{digit}05000123")
    assert (number.birth_year, number.sex) == (1905 + digit // 2 * 100, "FEMALE" if digit % 2 else "MALE")


def test_numbers_of_all_63_former_provinces_hold_whatever_provinces_there_are_now() -> None:
    assert len(PROVINCE_CODES) == 63
    assert all(PersonalNumber.parse(f"{code}094000123").birth_code == code for code in PROVINCE_CODES)


@pytest.mark.parametrize("text", ["", "12345678901", "1234567890123", "09619400012x", "003194000123", "999194000123"])
def test_what_is_no_personal_number_is_refused(text: str) -> None:
    with pytest.raises(NotAPersonalNumber):
        PersonalNumber.parse(text)


def test_a_nine_digit_number_is_refused_with_its_own_sentence() -> None:
    with pytest.raises(OldIdentityCardNumber):
        PersonalNumber.parse("381 234 567")


CODES = ["0100109106", "0101248141", "0300588569", "0106869738", "0100112437", "0100686174"]


@pytest.mark.parametrize("code", CODES)
def test_well_known_tax_codes_pass_their_checksum(code: str) -> None:
    assert TaxCode.parse(code) == TaxCode(code)


@pytest.mark.parametrize("code", CODES)
def test_a_tax_code_with_a_changed_check_digit_is_refused(code: str) -> None:
    with pytest.raises(NotATaxCode):
        TaxCode.parse(code[:9] + str((int(code[9]) + 1) % 10))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("0100109106-001", "0100109106-001"), ("0100109106001", "0100109106-001"), ("096088000789", "096088000789")],
)
def test_branches_and_personal_numbers_are_tax_codes(typed: str, kept: str) -> None:
    assert TaxCode.parse(typed).text == kept


def test_a_check_digit_of_ten_written_as_nought_is_kept_but_doubtful() -> None:
    assert TaxCode.parse("0100100030") == TaxCode("0100100030", doubtful=True)


@pytest.mark.parametrize("text", ["", "123", "abcdefghij", "999088000789", "0100109106-000"])
def test_what_is_no_tax_code_is_refused(text: str) -> None:
    with pytest.raises(NotATaxCode):
        TaxCode.parse(text)


PHONES = [
    ("0918000123", "+84918000123", "0918 000 123"),
    ("0918.000.123", "+84918000123", "0918 000 123"),
    ("+84 918 000 123", "+84918000123", "0918 000 123"),
    ("84918000123", "+84918000123", "0918 000 123"),
    ("02903 831 234", "+842903831234", "0290 3831 234"),
]


@pytest.mark.parametrize(("typed", "kept", "shown"), PHONES)
def test_phones_are_kept_in_e164_and_shown_as_people_write_them(typed: str, kept: str, shown: str) -> None:
    assert (parse_phone(typed), display_phone(kept)) == (kept, shown)


@pytest.mark.parametrize("text", ["", "12", "0118000123", "không có", "09180001234567"])
def test_what_is_no_phone_is_refused(text: str) -> None:
    with pytest.raises(NotAPhone):
        parse_phone(text)


def test_a_cards_qr_text_gives_who_it_belongs_to() -> None:
    card = parse_card(
        "096194000123|381234567|Nguyễn Thị  Lan|12031994|Nữ|Ấp Dinh Củ, Tân Ân, Ngọc Hiển, Cà Mau|05062021\n"
    )
    assert (card.number.digits, card.old_number, card.full_name) == ("096194000123", "381234567", "Nguyễn Thị Lan")
    assert (card.birth_date, card.sex, card.issued_date) == (date(1994, 3, 12), "FEMALE", date(2021, 6, 5))
    assert card.address == "Ấp Dinh Củ, Tân Ân, Ngọc Hiển, Cà Mau"


def test_a_newer_card_says_more_which_is_passed_over() -> None:
    card = parse_card("096092000456||Hoàng Minh Khôi|25071992|Nam|Cà Mau|01072024||||")
    assert (card.old_number, card.sex) == ("", "MALE")


@pytest.mark.parametrize(
    "text",
    ["", "096194000123", "096194000123||Lan|31021994|Nữ|x|05062021", "096194000123|||12031994|Nữ|x|y", "|" * 2000],
)
def test_what_is_no_card_is_refused(text: str) -> None:
    with pytest.raises(NotACard):
        parse_card(text)
