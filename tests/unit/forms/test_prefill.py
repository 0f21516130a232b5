from datetime import date

import pytest

from camaug.catalogue.definition.eform import EForm, Prefill
from camaug.catalogue.forms.answers import check
from camaug.catalogue.forms.prefill import PersonFacts, prefilled
from tests.unit.forms.example import FORM, PLACES, TODAY

LAN = PersonFacts(
    full_name="Nguyễn Thị Lan",
    birth_date=date(1994, 5, 1),
    sex="FEMALE",
    personal_number="096194000123",
    phone="+84918000123",
    email="lan@example.vn",
    nationality="Việt Nam",
    ethnicity="Kinh",
    place="31999",
    address="Số 1, khóm 2",
)
HOME = {
    "province": "96",
    "district": "964",
    "commune": "31999",
    "detail": "Số 1, khóm 2",
    "text": "Số 1, khóm 2, Phường 9, Thành phố Cà Mau, Tỉnh Cà Mau",
}


def test_what_the_register_knows_need_not_be_typed() -> None:
    answers = prefilled(FORM, LAN, TODAY, places=PLACES)
    assert answers == {
        "full_name": "Nguyễn Thị Lan",
        "birth_date": "1994-05-01",
        "number": "096194000123",
        "phone": "+84918000123",
        "email": "lan@example.vn",
        "home": HOME,
        "since": "2026-11-23",
    }
    assert not set(answers) & set(check(FORM, answers, on=TODAY, places=PLACES))


def test_of_a_stranger_only_the_day_is_known() -> None:
    assert prefilled(FORM, None, TODAY) == {"since": "2026-11-23"}


def test_a_whole_person_is_filled_in_part_by_part() -> None:
    pages = [
        page.model_copy(
            update={"fields": tuple(f.model_copy(update={"prefill": Prefill.APPLICANT}) for f in page.fields)}
        )
        for section in FORM.sections
        for page in section.pages
        if page.id == "helper"
    ]
    form = FORM.model_copy(update={"sections": (FORM.sections[0].model_copy(update={"pages": tuple(pages)}),)})
    assert prefilled(form, LAN, TODAY, places=PLACES) == {
        "helper": {
            "full_name": "Nguyễn Thị Lan",
            "birth_date": "1994-05-01",
            "birth_year": 1994,
            "sex": "FEMALE",
            "personal_number": "096194000123",
            "nationality": "Việt Nam",
            "ethnicity": "Kinh",
            "residence": HOME,
        }
    }


FIRM = PersonFacts(
    full_name="Công ty TNHH Hải sản Đất Mũi",
    phone="+84918000135",
    place="31999",
    address="Số 1, khóm 2",
    business=True,
    tax_code="2000456780",
    representative="Phan Văn Sóng",
)


def asking(prefill: Prefill, type_: str = "TEXT") -> EForm:
    """A form that asks one thing."""
    field = {"id": "one", "label": "Một", "type": type_, "prefill": prefill}
    page = {"id": "one", "title": "Một", "fields": [field]}
    section = {"id": "one", "title": "Một", "pages": [page]}
    return EForm.model_validate({"title": "Một", "verify": True, "sections": [section]})


@pytest.mark.parametrize(
    ("prefill", "of_a_firm", "of_a_person"),
    [
        (Prefill.BUSINESS_NAME, "Công ty TNHH Hải sản Đất Mũi", None),
        (Prefill.BUSINESS_CODE, "2000456780", None),
        (Prefill.REPRESENTATIVE_NAME, "Phan Văn Sóng", "Nguyễn Thị Lan"),
        (Prefill.APPLICANT_NAME, "Công ty TNHH Hải sản Đất Mũi", "Nguyễn Thị Lan"),
    ],
)
def test_of_a_business_its_own_record_is_filled_in(prefill: Prefill, of_a_firm: str, of_a_person: str | None) -> None:
    form = asking(prefill)
    assert prefilled(form, FIRM, TODAY).get("one") == of_a_firm
    assert prefilled(form, LAN, TODAY).get("one") == of_a_person


def test_the_seat_of_a_business_is_nobody_s_home() -> None:
    form = asking(Prefill.BUSINESS_ADDRESS, "ADDRESS")
    assert prefilled(form, FIRM, TODAY, places=PLACES) == {"one": HOME}
    assert prefilled(form, LAN, TODAY, places=PLACES) == {}
