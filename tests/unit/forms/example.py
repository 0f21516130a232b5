"""A small form with a question of every type, and a small country to live in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from camaug.catalogue.definition.eform import EForm
from camaug.catalogue.forms.places import Spot

TODAY = date(2026, 11, 23)
DAY_OF_PLACES = date(2004, 1, 1)

FORM = EForm.model_validate(
    {
        "verify": True,
        "title": "Tờ khai đăng ký mở quán",
        "title_en": "Declaration to open a stall",
        "form_number": "Mẫu số 01",
        "addressee": "Ủy ban nhân dân xã",
        "declaration": "Tôi cam đoan những nội dung khai trên đây là đúng sự thật.",
        "sections": [
            {
                "id": "owner",
                "title": "Người đăng ký",
                "title_en": "Who registers",
                "pages": [
                    {
                        "id": "name",
                        "title": "Bạn tên gì?",
                        "fields": [
                            {
                                "id": "full_name",
                                "label": "Họ, chữ đệm, tên",
                                "label_en": "Full name",
                                "type": "NAME",
                                "required": True,
                                "prefill": "APPLICANT_NAME",
                            },
                            {
                                "id": "birth_date",
                                "label": "Ngày sinh",
                                "type": "DATE",
                                "required": True,
                                "past": True,
                                "words": True,
                                "prefill": "APPLICANT_BIRTH_DATE",
                            },
                        ],
                    },
                    {
                        "id": "number",
                        "title": "Số của bạn",
                        "fields": [
                            {
                                "id": "number",
                                "label": "Số định danh cá nhân",
                                "type": "PERSONAL_NUMBER",
                                "prefill": "APPLICANT_NUMBER",
                            },
                            {"id": "tax_code", "label": "Mã số thuế", "type": "TAX_CODE"},
                            {
                                "id": "phone",
                                "label": "Số điện thoại",
                                "type": "PHONE",
                                "required": True,
                                "prefill": "APPLICANT_PHONE",
                            },
                            {
                                "id": "email",
                                "label": "Thư điện tử",
                                "type": "EMAIL",
                                "prefill": "APPLICANT_EMAIL",
                            },
                        ],
                    },
                    {
                        "id": "home",
                        "title": "Bạn ở đâu?",
                        "when": {"field": "number", "filled": False},
                        "fields": [
                            {
                                "id": "home",
                                "label": "Nơi cư trú",
                                "type": "ADDRESS",
                                "required": True,
                                "prefill": "APPLICANT_ADDRESS",
                            },
                        ],
                    },
                ],
            },
            {
                "id": "stall",
                "title": "Quán",
                "pages": [
                    {
                        "id": "stall",
                        "title": "Về quán của bạn",
                        "fields": [
                            {
                                "id": "kind",
                                "label": "Loại",
                                "type": "CHOICE",
                                "required": True,
                                "options": [
                                    {"id": "FIXED", "label": "Cố định"},
                                    {"id": "CART", "label": "Xe đẩy", "label_en": "Cart"},
                                ],
                            },
                            {
                                "id": "wheels",
                                "label": "Số bánh xe",
                                "type": "NUMBER",
                                "required": True,
                                "min": 2,
                                "max": 4,
                                "when": {"field": "kind", "is": "CART"},
                            },
                            {
                                "id": "days",
                                "label": "Ngày bán",
                                "type": "CHOICES",
                                "options": [{"id": "SAT", "label": "Thứ Bảy"}, {"id": "SUN", "label": "Chủ Nhật"}],
                            },
                            {"id": "since", "label": "Từ ngày", "type": "DATE", "future": True, "prefill": "TODAY"},
                            {"id": "note", "label": "Ghi chú", "type": "LONG_TEXT", "max_length": 50},
                        ],
                    },
                    {
                        "id": "capital",
                        "title": "Vốn",
                        "fields": [
                            {
                                "id": "capital",
                                "label": "Vốn kinh doanh",
                                "type": "MONEY",
                                "required": True,
                                "words": True,
                                "checks": [
                                    {
                                        "when": {
                                            "all": [
                                                {"field": "kind", "is": "CART"},
                                                {"field": "capital", "over": 100000000},
                                            ]
                                        },
                                        "sentence": "Xe đẩy có vốn không quá 100 triệu đồng.",
                                        "sentence_en": "A cart has at most 100 million.",
                                    }
                                ],
                            },
                            {"id": "helped", "label": "Có người giúp không?", "type": "YES_NO", "required": True},
                        ],
                    },
                    {
                        "id": "helper",
                        "title": "Người giúp",
                        "when": {"field": "helped", "is": "YES"},
                        "fields": [
                            {
                                "id": "helper",
                                "label": "Người giúp",
                                "type": "PERSON",
                                "required": True,
                                "parts": [
                                    "full_name",
                                    "birth_date",
                                    "birth_year",
                                    "sex",
                                    "personal_number",
                                    "nationality",
                                    "ethnicity",
                                    "residence",
                                ],
                                "required_parts": ["full_name", "birth_year"],
                            },
                        ],
                    },
                    {
                        "id": "lines",
                        "title": "Bán gì?",
                        "fields": [
                            {
                                "id": "lines",
                                "label": "Ngành, nghề kinh doanh",
                                "type": "GROUP",
                                "required": True,
                                "at_least": 1,
                                "at_most": 3,
                                "exactly_one": "main",
                                "fields": [
                                    {"id": "name", "label": "Tên ngành", "type": "TEXT", "required": True},
                                    {"id": "food", "label": "Đồ ăn?", "type": "YES_NO", "required": True},
                                    {
                                        "id": "licence",
                                        "label": "Số giấy an toàn thực phẩm",
                                        "type": "TEXT",
                                        "required": True,
                                        "when": {"field": "food", "is": "YES"},
                                    },
                                    {"id": "main", "label": "Ngành chính", "type": "AGREE"},
                                ],
                            }
                        ],
                    },
                    {
                        "id": "promise",
                        "title": "Cam kết",
                        "fields": [{"id": "promise", "label": "Tôi cam kết", "type": "AGREE", "required": True}],
                    },
                ],
            },
        ],
    }
)
FIELDS = {field.id: field for field in FORM.fields()}

COMPLETE: dict[str, Any] = {
    "full_name": "Nguyễn Thị Đước",
    "birth_date": "1990-03-02",
    "phone": "+84918000123",
    "home": {
        "province": "96",
        "district": "964",
        "commune": "31999",
        "detail": "Số 12, khóm 3",
        "text": "Số 12, khóm 3, Phường 9, Thành phố Cà Mau, Tỉnh Cà Mau",
    },
    "kind": "CART",
    "wheels": 3,
    "days": ["SAT", "SUN"],
    "since": "2026-12-01",
    "note": "Bán buổi sáng.\nNghỉ ngày mưa.",
    "capital": 50_000_000,
    "helped": "YES",
    "helper": {"full_name": "Trần Văn Mắm", "birth_year": 1992, "nationality": "Việt Nam"},
    "lines": [
        {"name": "Bán bánh xèo", "food": "YES", "licence": "12/ATTP", "main": True},
        {"name": "Bán nón lá", "food": "NO"},
    ],
    "promise": True,
}


@dataclass(frozen=True)
class SmallCountry:
    """Two provinces, three districts, four communes."""

    rows: tuple[tuple[str, str, str, str], ...] = (
        ("95", "", "PROVINCE", "Tỉnh Bạc Liêu"),
        ("96", "", "PROVINCE", "Tỉnh Cà Mau"),
        ("954", "95", "DISTRICT", "Thành phố Bạc Liêu"),
        ("964", "96", "DISTRICT", "Thành phố Cà Mau"),
        ("966", "96", "DISTRICT", "Huyện U Minh"),
        ("31813", "954", "COMMUNE", "Phường 2"),
        ("31999", "964", "COMMUNE", "Phường 9"),
        ("32022", "964", "COMMUNE", "Phường 2"),
        ("32044", "966", "COMMUNE", "Thị trấn U Minh"),
    )

    def children(self, code: str) -> Sequence[Spot]:
        return tuple(self._spot(row) for row in self.rows if row[1] == code)

    def chain(self, code: str) -> Sequence[Spot]:
        row = next((row for row in self.rows if row[0] == code), None)
        return (*self.chain(row[1]), self._spot(row)) if row else ()

    def search(self, words: str) -> Sequence[Spot]:
        from camaug.kernel.text import fold

        wanted = fold(words).replace(",", " ").split()
        communes = [self._spot(row) for row in self.rows if row[2] == "COMMUNE"]
        return [spot for spot in communes if all(word in fold(spot.full_name) for word in wanted)]

    def _spot(self, row: tuple[str, str, str, str]) -> Spot:
        names = [row[3]]
        parent = row[1]
        while parent:
            above = next(one for one in self.rows if one[0] == parent)
            names.append(above[3])
            parent = above[1]
        return Spot(row[0], row[3], ", ".join(names), row[2])


PLACES = SmallCountry()
