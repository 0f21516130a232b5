import json
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from camaug.catalogue.definition.eform import FieldType, FormField
from camaug.catalogue.forms.answers import check, prune, read
from camaug.catalogue.forms.reading import Data
from tests.unit.forms.example import FIELDS, FORM, PLACES, TODAY

GOOD = [
    ("full_name", {"full_name": "  Nguye\u0302\u0303n   Thị  Đước "}, "Nguyễn Thị Đước"),
    ("full_name", {"full_name": "Y' Nhơn O’Brien-Lê Jr."}, "Y' Nhơn O’Brien-Lê Jr."),
    ("birth_date", {"birth_date.day": "2", "birth_date.month": "3", "birth_date.year": "1990"}, "1990-03-02"),
    ("birth_date", {"birth_date-day": "2", "birth_date-month": "3", "birth_date-year": "1990"}, "1990-03-02"),
    ("birth_date", {"birth_date": "2/3/1990"}, "1990-03-02"),
    ("birth_date", {"birth_date": "02-03-1990"}, "1990-03-02"),
    ("birth_date", {"birth_date": "02031990"}, "1990-03-02"),
    ("birth_date", {"birth_date": "1990-03-02"}, "1990-03-02"),
    ("number", {"number": "096 190 001234"}, "096190001234"),
    ("tax_code", {"tax_code": "0100109106"}, "0100109106"),
    ("phone", {"phone": "0918 000 123"}, "+84918000123"),
    ("email", {"email": " Duoc@example.vn "}, "Duoc@example.vn"),
    ("kind", {"kind": "CART"}, "CART"),
    ("wheels", {"wheels": "3"}, 3),
    ("days", {"days": ["SUN", "SAT"]}, ["SAT", "SUN"]),
    ("note", {"note": " một\r\n\r\n hai  ba "}, "một\n\nhai ba"),
    ("capital", {"capital": "1.234.567"}, 1234567),
    ("capital", {"capital": "1,234,567 đ"}, 1234567),
    ("capital", {"capital": "1 234 567 đồng"}, 1234567),
    ("capital", {"capital": "50000000 VND"}, 50000000),
    ("capital", {"capital": "0"}, 0),
    ("helped", {"helped": "NO"}, "NO"),
    ("promise", {"promise": "true"}, True),
    ("note", {"note": "dán\u200b từ nơi khác\ufeff"}, "dán từ nơi khác"),
]

BAD = [
    ("full_name", "Đước 2", "Write the name in letters only, as on the identity card."),
    ("full_name", "---", "Write the name in letters only, as on the identity card."),
    ("full_name", "Đước\x00", "This holds characters that cannot be read. Type it again."),
    ("full_name", "a" * 121, "Write at most 120 characters; this has 121."),
    ("birth_date", "32/1/1990", "The calendar has no such day. Check day, month and year."),
    ("birth_date", "29/2/1900", "The calendar has no such day. Check day, month and year."),
    ("birth_date", "1/1/0007", "The calendar has no such day. Check day, month and year."),
    ("birth_date", "hôm qua", "Write day, month and year in digits, for example 27/3/2007."),
    ("birth_date", "٢/٣/١٩٩٠", "Write day, month and year in digits, for example 27/3/2007."),
    ("number", "123", "A personal number has 12 digits, as printed on the identity card. Check “123”."),
    ("tax_code", "0100109107", "“0100109107” is not a tax code. Check the digits."),
    ("phone", "12", "“12” is not a telephone number. Enter it as in 0918 000 123."),
    ("email", "duoc@", "Write the e-mail address as in ten@example.vn."),
    ("email", "a b@example.vn", "Write the e-mail address as in ten@example.vn."),
    ("kind", "SHIP", "Choose one of the answers given."),
    ("wheels", "ba", "Write a whole number in digits, for example 3."),
    ("wheels", "2,5", "Write a whole number in digits, for example 3."),
    ("wheels", "1", "The number must be 2 or more."),
    ("wheels", "5", "The number must be 4 or less."),
    ("wheels", "9" * 5000, "Write at most 300 characters; this has 5000."),
    ("capital", "12.34.567", "Write the amount in đồng, in digits only, for example 1.500.000."),
    ("capital", "-5", "Write the amount in đồng, in digits only, for example 1.500.000."),
    ("capital", "NaN", "Write the amount in đồng, in digits only, for example 1.500.000."),
    ("capital", "9" * 16, "The number must be 999.999.999.999.999 or less."),
    ("note", "x" * 51, "Write at most 50 characters; this has 51."),
    ("note", "\ud800", "This holds characters that cannot be read. Type it again."),
    ("promise", "yes", "Choose one of the answers given."),
]


@pytest.fixture(autouse=True)
def english() -> Any:
    with override("en"):
        yield


@pytest.mark.parametrize(("name", "data", "value"), GOOD)
def test_good_input_becomes_the_value(name: str, data: Data, value: object) -> None:
    reading = read([FIELDS[name]], data)
    assert reading.errors == {}
    assert reading.answers == {name: value}


@pytest.mark.parametrize(("name", "text", "sentence"), BAD)
def test_bad_input_keeps_what_was_typed_and_says_one_sentence(name: str, text: str, sentence: str) -> None:
    reading = read([FIELDS[name]], {name: text})
    assert reading.errors == {name: sentence}
    kept = reading.answers.get(name, "")
    assert kept == "".join(c for c in text[:5000] if c not in "\x00\ud800")


@pytest.mark.parametrize("type_", [t for t in FieldType if t not in (FieldType.GROUP, FieldType.PERSON)])
def test_nothing_sent_is_nothing_answered(type_: FieldType) -> None:
    options = [{"id": "A", "label": "A"}] if type_ in (FieldType.CHOICE, FieldType.CHOICES) else []
    field = FormField.model_validate({"id": "one", "label": "One", "type": type_, "options": options})
    reading = read([field], {"one": [" ", ""], "one.day": "", "one.province": ""}, previous={"one": "x", "two": "y"})
    assert (reading.answers, reading.errors) == ({"two": "y"}, {})


def test_a_half_written_date_is_kept_as_it_was_typed() -> None:
    reading = read([FIELDS["birth_date"]], {"birth_date.day": "31", "birth_date.month": "", "birth_date.year": "1990"})
    assert reading.answers == {"birth_date": "31//1990"}
    assert list(reading.errors) == ["birth_date"]


def test_an_address_is_chosen_from_lists() -> None:
    sent = {"home.province": "96", "home.district": "964", "home.commune": "31999", "home.detail": "Số 12"}
    reading = read([FIELDS["home"]], sent, places=PLACES)
    assert reading.answers["home"] == {
        "province": "96",
        "district": "964",
        "commune": "31999",
        "detail": "Số 12",
        "text": "Số 12, Phường 9, Thành phố Cà Mau, Tỉnh Cà Mau",
    }


def test_another_province_drops_the_district_and_commune_of_the_former() -> None:
    sent = {"home.province": "95", "home.district": "964", "home.commune": "31999", "choose:home": "1"}
    reading = read([FIELDS["home"]], sent, places=PLACES)
    assert reading.stay
    assert reading.errors == {}
    assert reading.answers["home"] == {"province": "95", "text": "Tỉnh Bạc Liêu"}


@pytest.mark.parametrize(
    ("words", "commune", "sentence"),
    [
        ("phuong 9", "31999", ""),
        ("Phường 2, Thành phố Cà Mau, Tỉnh Cà Mau", "32022", ""),
        ("u minh", "32044", ""),
        ("phuong 2", None, "Several communes fit"),
        ("không có", None, "No commune was found"),
    ],
)
def test_a_commune_is_found_by_typed_words(words: str, commune: str | None, sentence: str) -> None:
    reading = read([FIELDS["home"]], {"home.place": words}, places=PLACES)
    assert reading.answers["home"].get("commune") == commune
    assert reading.errors.get("home", "").startswith(sentence)
    assert commune or reading.answers["home"]["place"] == words


def test_a_person_is_read_part_by_part() -> None:
    sent = {
        "helper.full_name": "Trần Văn Mắm",
        "helper.birth_date.day": "1",
        "helper.birth_date.month": "2",
        "helper.birth_date.year": "1992",
        "helper.personal_number": "12",
        "helper.residence.province": "96",
        "helper.nationality": "Việt Nam",
    }
    reading = read([FIELDS["helper"]], sent, places=PLACES, previous={"helped": "YES"})
    assert list(reading.errors) == ["helper.personal_number"]
    assert reading.answers["helper"] == {
        "full_name": "Trần Văn Mắm",
        "birth_date": "1992-02-01",
        "personal_number": "12",
        "nationality": "Việt Nam",
        "residence": {"province": "96", "text": "Tỉnh Cà Mau"},
    }


def test_a_person_of_whom_only_the_nationality_stands_there_is_nobody() -> None:
    optional = FIELDS["helper"].model_copy(update={"required": False})
    assert read([optional], {"helper.nationality": "Việt Nam", "helper.full_name": ""}).answers == {}


def test_rows_are_read_in_order_and_empty_ones_left_out() -> None:
    sent = {"lines.7.name": "Nón", "lines.0.name": "Bánh", "lines.3.name": "  ", "lines.0.main": "true"}
    assert read([FIELDS["lines"]], sent).answers == {"lines": [{"name": "Bánh", "main": True}, {"name": "Nón"}]}


def test_a_button_adds_and_removes_rows_and_asks_to_stay() -> None:
    sent = {"lines.0.name": "Bánh", "lines.1.name": "Nón"}
    added = read([FIELDS["lines"]], {**sent, "add:lines": "1"})
    assert (added.stay, added.answers["lines"]) == (True, [{"name": "Bánh"}, {"name": "Nón"}, {}])
    removed = read([FIELDS["lines"]], {**sent, "remove:lines.0": "1"})
    assert (removed.stay, removed.answers["lines"]) == (True, [{"name": "Nón"}])
    first = read([FIELDS["lines"]], {**sent, "remove": "lines-1"})
    assert (first.stay, first.answers["lines"]) == (True, [{"name": "Nón"}])
    assert len(read([FIELDS["lines"]], {**sent, "add": "lines"}).answers["lines"]) == 3
    full = {**sent, "lines.2.name": "Áo", "add:lines": "1"}
    assert len(read([FIELDS["lines"]], full).answers["lines"]) == 3


@pytest.mark.parametrize("index", ["200", "999999999999999999999", "1000"])
def test_absurd_rows_are_refused_with_a_sentence(index: str) -> None:
    reading = read([FIELDS["lines"]], {f"lines.{index}.name": "x", "lines.0.name": "Bánh"})
    assert reading.errors == {"lines": "There can be at most 200 rows."}
    assert reading.answers["lines"] == [{"name": "Bánh"}]


def test_a_question_that_was_not_on_the_page_keeps_its_answer() -> None:
    stall = next(page for page in FORM.pages() if page.id == "stall")
    previous = {"kind": "FIXED", "wheels": 3, "days": ["SAT"]}
    assert read(stall.fields, {"kind": "FIXED"}, previous=previous).answers == {"kind": "FIXED", "wheels": 3}


NESTED = [
    "home.province",
    "home.place",
    "home.detail",
    "lines.0.name",
    "lines.0",
    "lines.x.name",
    "lines.00.name",
    "helper.sex",
    "add:lines",
    "remove:lines.0",
    "birth_date.day",
    "birth_date.year",
    "helper.residence.commune",
]
KEYS = st.sampled_from([*FIELDS, *NESTED]) | st.text(max_size=12)
TEXTS = st.text(st.characters(), max_size=40) | st.sampled_from(["NaN", "1e999999999", "0x1", "\x00", "٣", "²", "-0"])


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(KEYS, st.lists(TEXTS, max_size=3) | TEXTS, max_size=12))
def test_whatever_is_sent_is_read_checked_and_storable(sent: dict[str, Any]) -> None:
    reading = read(FORM.fields(), sent, places=PLACES)
    assert all(reading.errors.values())
    wrong = check(FORM, reading.answers, on=TODAY, places=PLACES)
    assert all(wrong.values())
    stored = json.dumps(reading.answers, ensure_ascii=False).encode()
    assert b"\\u0000" not in stored
    assert json.loads(stored) == reading.answers


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=10),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["name", "full_name", "text", "main"]), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=400, deadline=None)
@given(st.dictionaries(st.sampled_from([*FIELDS, "unknown"]), JSON))
def test_any_json_is_checked_with_sentences(answers: dict[str, Any]) -> None:
    assert all(check(FORM, answers, on=TODAY, places=PLACES).values())
    prune(FORM, answers, places=PLACES)
