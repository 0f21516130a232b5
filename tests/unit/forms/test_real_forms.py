"""The forms of the profile's own procedures, walked, checked, shown and printed."""

import json
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override
from jsonschema import Draft202012Validator
from pdfminer.high_level import extract_text

from camaug.catalogue.definition.eform import EForm
from camaug.catalogue.forms.answers import check, prune, visible
from camaug.catalogue.forms.declaration import declaration_pdf
from camaug.catalogue.forms.render import compact_view, page_view
from camaug.catalogue.forms.schema import json_schema
from tests import applications
from tests.unit.catalogue.samples import catalogue
from tests.unit.forms.example import PLACES

FORMS: dict[str, EForm] = {definition.code: definition.form for definition in catalogue().definitions.values()}
DAY = date(2026, 11, 23)


@pytest.mark.parametrize("code", FORMS)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_page_is_shown_empty_and_wrong(code: str, language: str) -> None:
    form = FORMS[code]
    with override(language):
        errors = check(form, {}, on=DAY)
        for page in form.pages():
            view = page_view(page, {}, errors, language=language, places=PLACES)
            assert render_to_string("catalogue/forms/page.html", {"page": view})
        whole = compact_view(form, {}, errors, language=language, places=PLACES)
        assert render_to_string("catalogue/forms/compact.html", {"form": whole})


@pytest.mark.parametrize("code", FORMS)
def test_every_schema_is_a_schema_and_json(code: str) -> None:
    schema = json_schema(FORMS[code])
    Draft202012Validator.check_schema(schema)
    assert json.loads(json.dumps(schema)) == schema


HOME = {
    "province": "96",
    "district": "964",
    "commune": "31999",
    "detail": "Số 12, khóm 3",
    "text": "Số 12, khóm 3, Phường 9, Thành phố Cà Mau, Tỉnh Cà Mau",
}

BIRTH: dict[str, Any] = {
    "birth_proof": "CERTIFICATE",
    "surrogacy": "NO",
    "requester_name": "Nguyễn Thị Lan",
    "requester_birth_date": "1994-05-01",
    "requester_paper": "PERSONAL_NUMBER",
    "requester_number": "096194000123",
    "relation": "MOTHER",
    "child_name": "Hoàng Nguyễn Bảo An",
    "child_birth_date": "2026-11-05",
    "child_sex": "FEMALE",
    "child_ethnicity": "KINH",
    "child_nationality": "VIET_NAM",
    "birth_place": "Bệnh viện Sản - Nhi Cà Mau, phường 6, thành phố Cà Mau",
    "home_town": HOME,
    "parents_declared": "BOTH",
    "mother": {
        "full_name": "Nguyễn Thị Lan",
        "birth_date": "1994-05-01",
        "ethnicity": "Kinh",
        "nationality": "Việt Nam",
        "personal_number": "096194000123",
    },
    "father": {
        "full_name": "Hoàng Minh Khôi",
        "birth_year": 1992,
        "ethnicity": "Khmer",
        "nationality": "Việt Nam",
        "residence": HOME,
    },
    "parents_married": "YES",
    "marriage_number": "12/2024",
    "marriage_office": "Ủy ban nhân dân Phường 9, thành phố Cà Mau",
    "copies_wanted": "YES",
    "copies": 3,
}
BUSINESS: dict[str, Any] = {
    "owner": {
        "full_name": "Lê Văn Được",
        "birth_date": "1988-02-17",
        "sex": "MALE",
        "personal_number": "096088004567",
    },
    "owner_phone": "+84918000456",
    "by_proxy": "NO",
    "business_name": "Tạp hóa Được Mùa 79",
    "seat": HOME,
    "no_trade_at_seat": "TRADES_THERE",
    "seat_phone": "+84918000456",
    "lines": [
        {"name": "Bán lẻ lương thực, thực phẩm trong cửa hàng", "code": "4711", "main": True},
        {"name": "Dịch vụ ăn uống khác", "code": "5629"},
    ],
    "capital": 120_000_000,
    "tax_address_differs": "NO",
    "workers": 3,
    "founders": "FAMILY",
    "members": [
        {"member": {"full_name": "Lê Văn Được", "birth_date": "1988-02-17", "personal_number": "096088004567"}},
        {"member": {"full_name": "Trần Thị Lụa", "birth_date": "1990-08-09", "personal_number": "096190004568"}},
    ],
    "not_barred": True,
    "lawful_seat": True,
    "data_shared": True,
}
COPY: dict[str, Any] = {
    "requester_name": "Đặng Ngọc Ánh",
    "document_name": "Bằng tốt nghiệp trung học phổ thông",
    "issuer": "VIETNAMESE",
    "original_pages": 2,
    "copies": 5,
}
FILLED: dict[str, dict[str, Any]] = {
    "dang-ky-khai-sinh": BIRTH,
    "dang-ky-ho-kinh-doanh": BUSINESS,
    "chung-thuc-ban-sao": COPY,
}


def at_home(value: Any) -> Any:
    """The cast's answers as of somebody who lives in the small country of these tests."""
    if value == applications.HOME:
        return HOME
    if isinstance(value, dict):
        return {key: at_home(part) for key, part in value.items()}
    return value


FILLED |= {
    "cap-phieu-ly-lich-tu-phap": at_home(applications.RECORD),
    "cap-giay-phep-xay-dung": at_home(applications.HOUSE),
    "tro-cap-xa-hoi-hang-thang": at_home(applications.ALLOWANCE),
    "dang-ky-bien-dong-dat-dai": at_home(applications.LAND),
    "khai-sinh-thuong-tru-bao-hiem-y-te": at_home(applications.FAMILY),
}


@pytest.mark.parametrize("code", FILLED)
def test_a_form_filled_in_as_people_do_is_right_everywhere(code: str) -> None:
    form, answers = FORMS[code], FILLED[code]
    assert check(form, answers, on=DAY, places=PLACES) == {}
    assert prune(form, answers, on=DAY, places=PLACES) == answers
    assert [error.message for error in Draft202012Validator(json_schema(form)).iter_errors(answers)] == []


@pytest.mark.parametrize(
    ("code", "sentences"),
    [
        (
            "dang-ky-khai-sinh",
            [
                "TỜ KHAI ĐĂNG KÝ KHAI SINH",
                "Họ, chữ đệm, tên người yêu cầu: NGUYỄN THỊ LAN",
                "Ngày, tháng, năm sinh: 05/11/2026; ghi bằng chữ: Ngày mồng năm tháng mười một năm hai nghìn không trăm",
                "Họ, chữ đệm, tên người cha: HOÀNG MINH KHÔI",
                "Số lượng bản sao: 3",
                "Tôi cam đoan nội dung đề nghị đăng ký khai sinh",
            ],
        ),
        (
            "dang-ky-ho-kinh-doanh",
            [
                "TẠP HÓA ĐƯỢC MÙA 79",
                "CHỦ HỘ KINH DOANH",
                "ghi bằng chữ: Một trăm hai mươi triệu đồng",
                "TRẦN THỊ LỤA",
                "4711",
            ],
        ),
        (
            "cap-phieu-ly-lich-tu-phap",
            [
                "Tên tôi là: ĐẶNG NGỌC ÁNH",
                "Ký túc xá, thành phố Cần Thơ",
                "Mục đích yêu cầu cấp Phiếu lý lịch tư pháp: Xin",
            ],
        ),
    ],
)
def test_the_official_form_is_printed(code: str, sentences: list[str]) -> None:
    pdf = declaration_pdf(FORMS[code], FILLED[code], addressee="Ủy ban nhân dân Phường 9", place="Cà Mau", on=DAY)
    text = " ".join(extract_text(BytesIO(pdf)).split())
    assert [sentence for sentence in sentences if sentence not in text] == []


def test_a_late_birth_is_asked_for_its_exemption_on_the_day_of_asking() -> None:
    form = FORMS["dang-ky-khai-sinh"]
    late = BIRTH | {"child_birth_date": "2026-09-01"}
    asked = {page.id for page in visible(form, late, on=DAY)} - {page.id for page in visible(form, BIRTH, on=DAY)}
    assert asked == {"mien-le-phi"}
    assert list(check(form, late, on=DAY)) == ["waiver_group"]
    assert list(check(form, late, on=date(2026, 10, 30))) == []
    assert "waiver_group" in prune(form, late | {"waiver_group": "POOR"})


def test_a_paper_not_legalised_is_refused_where_it_is_asked() -> None:
    answers = COPY | {"issuer": "FOREIGN", "consular": "NOT_LEGALISED"}
    with override("vi"):
        errors = check(FORMS["chung-thuc-ban-sao"], answers, on=DAY)
    assert errors == {"consular": "Giấy tờ này chưa chứng thực được. Hãy làm hợp pháp hóa lãnh sự trước."}
