import re
import unicodedata

import pytest
from django.test import override_settings

from camaug.cases.results.sayings import from_json
from camaug.cases.results.sheets import result_pdf, signer_lines
from tests.unit.cases.papers import fonts_of, pages_of, text_of, words_outside
from tests.unit.cases.results import golden, golden_civil

USUAL = golden.USUAL | golden_civil.USUAL
STRETCHED = golden.STRETCHED | golden_civil.STRETCHED
A4, A5_WIDE = (210, 297), (210, 148)
WORDS = {
    "giay-khai-sinh": [
        "GIẤY KHAI SINH",
        "215/2026",
        "LÊ HUỲNH MINH AN",
        "25/10/2026",
        "ngày hai mươi lăm tháng mười năm hai nghìn không trăm hai mươi sáu",
        "cấp sau",
        "HUỲNH THỊ MỘNG THƯỜNG",
        "Năm sinh: 1988",
        "NGƯỜI KÝ GIẤY KHAI SINH",
        "KT. CHỦ TỊCH",
        "Trần Minh Khởi",
    ],
    "giay-chung-nhan-ho-kinh-doanh": [
        "HỘ KINH DOANH TẠP HÓA MINH HẢI",
        "50.000.000 đồng",
        "năm mươi triệu đồng",
        "4711",
        "03/02/1988",
        "TRƯỞNG PHÒNG",
    ],
    "ban-sao-chung-thuc": [
        "CHỨNG THỰC BẢN SAO ĐÚNG VỚI BẢN CHÍNH",
        "1204",
        "01/2026",
        "SCT/BS",
        "Ngày 05 tháng 11 năm 2026",
    ],
    "phieu-ly-lich-tu-phap": [
        "PHIẾU LÝ LỊCH TƯ PHÁP SỐ 1",
        "412/STP-LLTP",
        "ĐẶNG NGỌC ÁNH",
        "Không có án tích",
        "hợp tác xã: Không bị cấm",
        "GIÁM ĐỐC",
    ],
    "giay-phep-xay-dung": [
        "GIẤY PHÉP XÂY DỰNG",
        "HUYỆN NGỌC HIỂN",
        "31/GPXD",
        "HUỲNH THANH TÂM",
        "thửa 215",
        "53,3%",
        "1,07 lần",
        "Cấp III",
        "7,8",
        "12 tháng",
    ],
    "quyet-dinh-tro-cap": [
        "QUYẾT ĐỊNH",
        "118/QĐ-UBND",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN NGỌC HIỂN",
        "TRẦN THỊ NĂM",
        "khoản 6 Điều 5",
        "hệ số 2,0",
        "1.000.000 đồng",
        "một triệu đồng",
        "Nơi nhận",
    ],
    "giay-chung-nhan-dat": [
        "GIẤY CHỨNG NHẬN",
        "HUỲNH THANH TÂM",
        "CN 00057",
        "Thửa đất số: 215",
        "2.450,5",
        "nhận chuyển nhượng quyền sử dụng đất từ ông Trần Văn Sáu",
        "DK 123456",
        "GIÁM ĐỐC",
    ],
    "thong-bao-cu-tru": [
        "THÔNG BÁO",
        "kết quả giải quyết đăng ký cư trú",
        "CÔNG AN XÃ TÂN ÂN",
        "LÊ HUỲNH MINH AN",
        "25/10/2026",
        "Quan hệ với chủ hộ: con",
        "TRƯỞNG CÔNG AN",
    ],
    "the-bao-hiem-y-te": [
        "thẻ bảo hiểm y tế điện tử",
        "77/TB-BHXH",
        "LÊ HUỲNH MINH AN",
        "ghi sau",
        "72 tháng tuổi",
        "Trạm Y tế xã Tân Ân",
    ],
    "giay-phep": [
        "GIẤY XÁC NHẬN",
        "0123/GXN-CCTS",
        "NGUYỄN VĂN ĐỞM",
        "Tôm thẻ chân trắng",
        "8.651234, 105.041712",
        "CHI CỤC TRƯỞNG",
        "Ủy ban nhân dân cấp xã nơi có cơ sở nuôi",
    ],
    "quyet-dinh": [
        "QUYẾT ĐỊNH",
        "41/QĐ-UBND",
        "CHỦ TỊCH ỦY BAN NHÂN DÂN HUYỆN NGỌC HIỂN",
        "Điều 1. Cho phép thành lập Trường Mầm non tư thục Hoa Đước",
        "bằng chữ: hai tỷ đồng",
        "Điều 3. Quyết định này có hiệu lực",
        "KT. CHỦ TỊCH",
    ],
    "trich-luc": [
        "TRÍCH LỤC KHAI TỬ",
        "08/TLKT",
        "HUỲNH VĂN TÁM",
        "Dân tộc: Kinh",
        "ghi bằng chữ: ngày mười hai tháng mười",
        "NGƯỜI KÝ TRÍCH LỤC",
        "PHÓ CHỦ TỊCH",
    ],
    "loi-chung": ["LỜI CHỨNG CHỨNG THỰC CHỮ KÝ", "Tôi Trần Minh Khởi", "SCT/CK", "NGƯỜI THỰC HIỆN CHỨNG THỰC"],
    "giay-chung-nhan-ket-hon": [
        "GIẤY CHỨNG NHẬN KẾT HÔN",
        "15/2026",
        "tên vợ: NGUYỄN THỊ LAN",
        "tên chồng: HOÀNG MINH KHÔI",
        "25/07/1992",
        "Nơi đăng ký kết hôn",
        "NGƯỜI KÝ GIẤY CHỨNG NHẬN KẾT HÔN",
    ],
    "cong-van": [
        "V/v chấp thuận tổ chức biểu diễn nghệ thuật",
        "Kính gửi: Công ty TNHH Sự kiện Đất Mũi",
        "20/12/2026",
        "PHÓ GIÁM ĐỐC",
    ],
    "van-ban-tu-choi": ["THÔNG BÁO", "03/TB", "quyền khiếu nại", "214/2026", "Nơi nhận"],
}


def words_in(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


@pytest.mark.parametrize("sheet", list(USUAL))
def test_a_result_says_its_facts_on_one_sheet_in_one_typeface(sheet: str) -> None:
    pdf = result_pdf(sheet, USUAL[sheet])
    text = text_of(pdf)
    assert words_in(" ".join(WORDS[sheet])) <= words_in(text)
    assert text == unicodedata.normalize("NFC", text)
    assert pages_of(pdf) == (1, A5_WIDE if sheet == "ban-sao-chung-thuc" else A4)
    assert {name.split("-")[0] for name in fonts_of(pdf)} == {"Tinos"}


@pytest.mark.parametrize("sheet", list(STRETCHED))
def test_the_longest_texts_stay_inside_the_sheet(sheet: str) -> None:
    assert words_outside(result_pdf(sheet, STRETCHED[sheet]), margin_mm=13) == []


@pytest.mark.parametrize("sheet", list(USUAL))
def test_what_was_published_can_be_printed_again_alike(sheet: str) -> None:
    said = USUAL[sheet]
    assert from_json(sheet, said.to_json()) == said
    assert result_pdf(sheet, said.to_json()) == result_pdf(sheet, said)


@pytest.mark.parametrize("sheet", list(USUAL))
def test_outside_the_demonstration_no_result_carries_its_mark(sheet: str) -> None:
    assert "không có giá trị pháp lý" in text_of(result_pdf(sheet, USUAL[sheet]))
    with override_settings(DEMO=False):
        assert "không có giá trị pháp lý" not in text_of(result_pdf(sheet, USUAL[sheet]))


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Chủ tịch", ("CHỦ TỊCH",)),
        ("Phó Chủ tịch", ("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")),
        ("Phó Trưởng phòng", ("KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG")),
    ],
)
def test_a_deputy_signs_in_the_head_s_stead(title: str, lines: tuple[str, ...]) -> None:
    assert signer_lines(title) == lines
