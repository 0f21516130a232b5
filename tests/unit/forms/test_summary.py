from camaug.catalogue.forms.summary import SummaryRow, summary
from tests.unit.forms.example import COMPLETE, FORM


def _rows(*, language: str = "vi", printed: bool = False, **change: object) -> dict[str, SummaryRow]:
    sections = summary(FORM, COMPLETE | change, language=language, printed=printed)
    return {row.path: row for section in sections for row in section.rows}


def test_answers_read_as_people_write_them() -> None:
    assert {path: row.text for path, row in _rows().items()} == {
        "full_name": "Nguyễn Thị Đước",
        "birth_date": "02/03/1990",
        "number": "",
        "tax_code": "",
        "phone": "0918 000 123",
        "email": "",
        "home": "Số 12, khóm 3, Phường 9, Thành phố Cà Mau, Tỉnh Cà Mau",
        "kind": "Xe đẩy",
        "wheels": "3",
        "days": "Thứ Bảy, Chủ Nhật",
        "since": "01/12/2026",
        "note": "Bán buổi sáng.\nNghỉ ngày mưa.",
        "capital": "50.000.000\u00a0đồng",
        "helped": "Có",
        "helper.full_name": "Trần Văn Mắm",
        "helper.birth_year": "1992",
        "helper.sex": "",
        "helper.personal_number": "",
        "helper.nationality": "Việt Nam",
        "helper.ethnicity": "",
        "helper.residence": "",
        "lines": "1. Bán bánh xèo; Đồ ăn?: Có; Số giấy an toàn thực phẩm: 12/ATTP; Ngành chính: Đồng ý\n"
        "2. Bán nón lá; Đồ ăn?: Không",
        "promise": "Đồng ý",
    }


def test_the_parts_of_a_person_stand_under_the_name_and_know_their_page() -> None:
    rows = _rows()
    assert (rows["helper.full_name"].label, rows["helper.full_name"].part) == ("Người giúp", False)
    assert (rows["helper.birth_year"].label, rows["helper.birth_year"].part) == ("Năm sinh", True)
    assert rows["helper.birth_year"].page_id == "helper"


def test_rows_are_a_table_too() -> None:
    table = _rows(printed=True)["lines"].table
    assert table is not None
    assert table.head == ("Tên ngành", "Đồ ăn?", "Số giấy an toàn thực phẩm", "Ngành chính")
    assert table.rows == (("Bán bánh xèo", "Có", "12/ATTP", "X"), ("Bán nón lá", "Không", "", ""))


def test_names_are_printed_in_capitals_and_only_there() -> None:
    assert _rows(printed=True)["helper.full_name"].text == "TRẦN VĂN MẮM"
    assert _rows(printed=True)["full_name"].text == "NGUYỄN THỊ ĐƯỚC"


def test_days_and_sums_are_said_in_words_where_the_form_asks_for_it() -> None:
    rows = _rows()
    assert rows["birth_date"].words == "Ngày mồng hai tháng ba năm một nghìn chín trăm chín mươi"
    assert rows["capital"].words == "Năm mươi triệu đồng"
    assert rows["since"].words == ""


def test_english_readers_get_the_english_of_the_definition_where_there_is_one() -> None:
    rows = _rows(language="en")
    assert (rows["full_name"].label, rows["kind"].text) == ("Full name", "Cart")
    assert (rows["phone"].label, rows["helped"].text) == ("Số điện thoại", "Yes")


def test_what_was_not_understood_stands_as_it_was_typed() -> None:
    rows = _rows(
        birth_date="32/1/1990", capital="nhiều", home={"place": "phường chín"}, lines="x", helper={"full_name": 5}
    )
    assert rows["birth_date"].text == "32/1/1990"
    assert rows["birth_date"].words == ""
    assert rows["capital"].text == "nhiều"
    assert rows["home"].text == "phường chín"
    assert rows["lines"].text == ""


def test_questions_that_are_not_asked_are_not_told() -> None:
    rows = _rows(kind="FIXED", helped="NO")
    assert not {"wheels", "helper.full_name"} & set(rows)
