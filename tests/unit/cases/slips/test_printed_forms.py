import re
import unicodedata
from datetime import date, datetime
from io import BytesIO

import pytest
import segno
from django.test import override_settings
from django.utils import translation
from openpyxl import load_workbook

from camaug.cases.printing import follow_url
from camaug.cases.slips import forms as f
from camaug.cases.slips.offices import dated_at
from camaug.cases.slips.pdf import Copy, slip_pdf
from camaug.cases.slips.register import COLUMNS, register_pdf, register_sheet
from camaug.cases.templatetags.papers import headed, limit_words
from camaug.kernel.tables.streaming import xlsx_parts
from camaug.ui.qr import qr
from tests.unit.cases.papers import fonts_of, pages_of, text_of, words_outside
from tests.unit.cases.slips import golden

A5, A4_WIDE = (148, 210), (297, 210)
NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"

WORDS = {
    f.Form.RECEIPT: [
        "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
        "08 giờ 05 phút, ngày 05 tháng 11 năm 2026",
        "17 giờ 00 phút, ngày 05 tháng 11 năm 2026",
        "16.000 đồng",
        "mười sáu nghìn đồng",
        "BL-0000125",
        "01 (bộ)",
        "trong ngày làm việc",
        "Cơ sở dữ liệu hộ tịch điện tử",
        "0918 123 456",
        "261105-0007",
    ],
    f.Form.SUPPLEMENT: [
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "Số: 261105-0007/HDHS",
        "0290 386 1234",
        "NGƯỜI HƯỚNG DẪN",
    ],
    f.Form.REFUSAL: ["PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ", "số 214/2026", "NGƯỜI NỘP HỒ SƠ"],
    f.Form.APOLOGY: [
        "XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT HỒ SƠ",
        "17 giờ 00 phút, ngày 10 tháng 11 năm 2026",
    ],
    f.Form.STOP_NOTICE: ["THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ", "hoàn trả 16.000 đồng", "10 giờ 30 phút"],
    f.Form.CONTROL: [
        "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
        "Trước hạn",
        "Quá hạn",
        "phường 5, thành phố Cà Mau",
    ],
}


def row(ordinal: int, **other: object) -> f.RegisterRow:
    said: dict[str, object] = {
        "ordinal": ordinal,
        "code": f"H12.09.07.12-261105-{ordinal:04d}",
        "procedure": "Thủ tục đăng ký khai sinh",
        "sets": 1,
        "applicant": golden.SENDER.name,
        "address": golden.SENDER.address,
        "phone": "0918 123 456",
        "lead": golden.OFFICE.name,
        "received_at": golden.RECEIVED,
        "due_at": golden.RECEIVED,
        "returned_at": None,
        "delivery_way": "COUNTER",
    }
    return f.RegisterRow(**{**said, **other})  # type: ignore[arg-type]


HEAD = f.RegisterHead(
    office=golden.OFFICE, from_date=date(2026, 11, 1), until_date=date(2026, 12, 1), printed_at=golden.RECEIVED
)


@pytest.mark.parametrize("form", list(WORDS))
def test_a_form_says_what_the_law_wants_on_one_sheet_of_a5_in_one_typeface(form: f.Form) -> None:
    pdf = slip_pdf(form, golden.USUAL[form])
    text = text_of(pdf)
    flat = re.sub(r"\s+", " ", text)
    for words in [NATION, "Độc lập - Tự do - Hạnh phúc", golden.CODE, "ngày 05 tháng 11 năm 2026"]:
        assert words in flat
    letters = set(re.findall(r"\w+", " ".join(WORDS[form])))
    assert letters <= set(re.findall(r"\w+", flat)), letters - set(re.findall(r"\w+", flat))
    assert text == unicodedata.normalize("NFC", text)
    assert pages_of(pdf) == (1, A5)
    assert {name.split("-")[0] for name in fonts_of(pdf)} == {"Tinos"}


@pytest.mark.parametrize("form", list(WORDS))
def test_the_longest_texts_stay_inside_the_paper(form: f.Form) -> None:
    pdf = slip_pdf(form, golden.stretched(form))
    assert words_outside(pdf, margin_mm=11) == []
    pages, size = pages_of(pdf)
    assert pages > 1
    assert size == A5
    assert {name.split("-")[0] for name in fonts_of(pdf)} == {"Tinos"}


@pytest.mark.parametrize("form", list(WORDS))
def test_facts_come_back_from_the_database_as_they_went_in(form: f.Form) -> None:
    facts = golden.USUAL[form]
    assert f.from_json(form, facts.to_json()) == facts
    assert slip_pdf(form, facts.to_json()) == slip_pdf(form, facts)


def test_the_heads_of_a_long_table_are_repeated() -> None:
    text = text_of(slip_pdf(f.Form.RECEIPT, golden.stretched(f.Form.RECEIPT)))
    assert text.count("Tên giấy tờ") >= 3


def test_both_copies_of_a_receipt_are_marked_and_numbered_apart() -> None:
    pdf = slip_pdf(f.Form.RECEIPT, golden.RECEIPT, copies=list(Copy))
    assert pages_of(pdf)[0] == 2
    assert "(Liên: Lưu)" in text_of(pdf)
    assert "(Liên: Giao người nộp)" in text_of(pdf)


@pytest.mark.parametrize("form", list(WORDS))
def test_the_seal_stands_in_the_margin_and_costs_no_page(form: f.Form) -> None:
    seal = {"size": 123456, "root": "3f2a9c41" * 8, "signed_at": "2026-11-05T08:00:00+07:00", "witness": ""}
    pdf = slip_pdf(form, golden.USUAL[form], seal=seal)
    assert pages_of(pdf) == (1, A5)
    assert words_outside(pdf, margin_mm=11) == []
    assert "123.456 dòng, lúc 08:00, 05/11/2026, mã 3f2a 9c41 3f2a 9c41." in text_of(pdf)


def test_a_form_is_vietnamese_whoever_prints_it() -> None:
    with translation.override("en"):
        assert slip_pdf(f.Form.RECEIPT, golden.RECEIPT) == slip_pdf(f.Form.RECEIPT, golden.RECEIPT)
        assert "ngày 05 tháng 11" in text_of(slip_pdf(f.Form.RECEIPT, golden.RECEIPT))


@pytest.mark.parametrize(("demo", "found"), [(True, 1), (False, 0)])
def test_only_the_demonstration_says_that_it_is_one(demo: bool, found: int) -> None:
    with override_settings(DEMO=demo):
        text = text_of(slip_pdf(f.Form.RECEIPT, golden.RECEIPT))
    assert text.count("Bản trình diễn – không có giá trị pháp lý") == found
    assert text.count("Mã định danh tạm") == found


def test_the_qr_code_leads_to_the_case() -> None:
    with override_settings(PUBLIC_URL="https://dichvucong.example.vn"):
        url = follow_url(golden.CODE)
    assert url == f"https://dichvucong.example.vn/follow/?code={golden.CODE}"
    expected = segno.make(url, error="m", micro=False)
    assert qr(url) == expected.svg_inline(border=0, omitsize=True)


def test_a_paper_loads_nothing_even_where_a_name_is_markup() -> None:
    tricky = golden.replace(golden.SENDER, name='<img src="file:///etc/passwd"><b>An</b>')
    text = text_of(slip_pdf(f.Form.REFUSAL, golden.replace(golden.REFUSAL, sender=tricky)))
    assert '<img src="file:///etc/passwd">' in text


def test_the_register_is_a4_across_with_its_head_on_every_page() -> None:
    pdf = register_pdf(HEAD, (row(n) for n in range(1, 41)))
    pages, size = pages_of(pdf)
    text = text_of(pdf)
    assert size == A4_WIDE
    assert text.count("Cơ quan chủ trì") == pages > 1
    assert text.count("SỔ THEO DÕI HỒ SƠ") == 1
    assert "đến hết ngày 30 tháng 11 năm 2026" in text
    assert words_outside(pdf, margin_mm=12) == []
    assert {name.split("-")[0] for name in fonts_of(pdf)} == {"Tinos"}


def test_an_empty_register_says_so() -> None:
    assert "Không có hồ sơ" in text_of(register_pdf(HEAD, ()))


def test_a_register_printed_in_parts_counts_its_pages_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("camaug.cases.slips.register.ROWS_PRINTED", 5)
    pdf = register_pdf(HEAD, (row(n) for n in range(1, 13)))
    assert pages_of(pdf)[0] == 3
    assert re.search(r"\s3\s", text_of(pdf).split("0010")[1]) or " 3 " in text_of(pdf)


def test_the_workbook_holds_the_same_rows_and_no_formula() -> None:
    rows = [row(1), row(2, applicant='=HYPERLINK("http://example.vn")', returned_at=golden.RECEIVED)]
    sheet = load_workbook(BytesIO(b"".join(xlsx_parts(register_sheet(HEAD, iter(rows)))))).active
    assert sheet is not None
    lines = list(sheet.iter_rows(values_only=True))
    assert lines[1][0] == golden.OFFICE.name
    assert list(lines[3]) == [title for title, _width in COLUMNS]
    assert [line[1] for line in lines[4:]] == [one.code for one in rows]
    assert sheet["E6"].data_type == "s"
    assert str(lines[5][9]) == "2026-11-05 08:05:00"


@pytest.mark.parametrize(
    ("amount", "unit", "words"),
    [
        (0, "WORKING_DAYS", "trong ngày làm việc"),
        (3, "WORKING_DAYS", "03 ngày làm việc"),
        (24, "WORKING_HOURS", "24 giờ làm việc"),
        (15, "CALENDAR_DAYS", "15 ngày"),
        (6, "MONTHS", "06 tháng"),
        (None, "WORKING_DAYS", "theo quy định (chưa có văn bản để xác nhận)"),
    ],
)
def test_limits_are_said_as_the_law_says_them(amount: int | None, unit: str, words: str) -> None:
    assert limit_words(amount, unit) == words


@pytest.mark.parametrize(
    ("unit", "place"),
    [("Xã Tân Lộc", "Tân Lộc"), ("Phường 5", "Phường 5"), ("Thành phố Cà Mau", "Cà Mau"), ("Tỉnh Cà Mau", "Cà Mau")],
)
def test_papers_are_dated_at_the_unit_s_own_name(unit: str, place: str) -> None:
    assert dated_at(unit) == place


def test_a_committee_stands_in_two_lines() -> None:
    assert headed("Phòng Tài chính - Kế hoạch") == "Phòng Tài chính - Kế hoạch"
    assert headed("Ủy ban nhân dân huyện Thới Bình") == "Ủy ban nhân dân<br>huyện Thới Bình"
    assert headed("<b>") == "&lt;b&gt;"


def test_february_and_single_days_are_dated_with_a_zero() -> None:
    facts = golden.replace(golden.REFUSAL, issued_at=datetime(2027, 2, 3, 9, 0, tzinfo=golden.LOCAL))
    assert "Tân Lộc, ngày 03 tháng 02 năm 2027" in text_of(slip_pdf(f.Form.REFUSAL, facts))
