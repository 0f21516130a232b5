from io import BytesIO
from typing import Any

from pdfminer.high_level import extract_pages, extract_text
from pdfminer.layout import LTChar, LTTextContainer, LTTextLine

from camaug.catalogue.forms.declaration import declaration_pdf
from tests.unit.forms.example import COMPLETE, FORM, TODAY


def _pdf(**change: Any) -> bytes:
    return declaration_pdf(
        FORM,
        COMPLETE | change,
        addressee="Ủy ban nhân dân Phường 9, thành phố Cà Mau",
        place="Cà Mau",
        on=TODAY,
        signer="Nguyễn Thị Đước",
    )


def _text(pdf: bytes) -> str:
    return " ".join(extract_text(BytesIO(pdf)).split())


def test_the_declaration_has_all_its_parts_in_order() -> None:
    text = _text(_pdf())
    wanted = [
        "Mẫu số 01",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "TỜ KHAI ĐĂNG KÝ MỞ QUÁN",
        "Kính gửi: Ủy ban nhân dân Phường 9, thành phố Cà Mau",
        "Người đăng ký",
        "Họ, chữ đệm, tên: NGUYỄN THỊ ĐƯỚC",
        "Ngày sinh: 02/03/1990; ghi bằng chữ: Ngày mồng hai tháng ba",
        "Vốn kinh doanh: 50.000.000 đồng; ghi bằng chữ: Năm mươi triệu đồng",
        "Có người giúp không? Có",
        "Người giúp: TRẦN VĂN MẮM",
        "Năm sinh: 1992",
        "STT",
        "12/ATTP",
        "Tôi cam đoan những nội dung khai trên đây là đúng sự thật.",
        "Cà Mau, ngày 23 tháng 11 năm 2026",
        "NGƯỜI KHAI",
        "Nguyễn Thị Đước",
    ]
    positions = [text.find(part) for part in wanted]
    assert -1 not in positions, [part for part, at in zip(wanted, positions, strict=True) if at < 0]
    assert positions == sorted(positions)


def _letters(pdf: bytes) -> list[LTChar]:
    lines = [
        line for page in extract_pages(BytesIO(pdf)) for box in page if isinstance(box, LTTextContainer) for line in box
    ]
    return [char for line in lines if isinstance(line, LTTextLine) for char in line if isinstance(char, LTChar)]


def test_every_letter_is_tinos_and_stands_inside_the_margins_of_the_decree() -> None:
    letters = _letters(_pdf(note="ẮẰẲẴẶ ấầẩẫậ ỐỒỔỖỘ ữựừử ỹỵỷ đĐ"))
    assert letters
    assert {letter.fontname.split("+")[-1].split("-")[0] for letter in letters} == {"Tinos"}
    millimetre = 72 / 25.4
    assert min(letter.x0 for letter in letters) >= 29.5 * millimetre
    assert max(letter.x1 for letter in letters) <= (210 - 15) * millimetre


def test_an_answer_left_open_is_a_dotted_line_to_write_on() -> None:
    assert "Mã số thuế: ..........." in _text(_pdf())


def test_stored_text_is_text_on_paper() -> None:
    assert "<b>{{ 7 }}</b> & <script>" in _text(_pdf(note="<b>{{ 7 }}</b> & <script>"))
