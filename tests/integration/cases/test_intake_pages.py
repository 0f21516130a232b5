"""The counter's pages as forms are posted to them, without a script."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from camaug.access.models import Account
from camaug.cases.lifecycle import PaperState, State
from camaug.cases.models import Case
from camaug.people.models import Business, Person
from camaug.people.queries import holders
from tests.sessions import enter
from tests.world import AT, COMMUNE, OTHER_COMMUNE, World

pytestmark = pytest.mark.django_db

SHOP_URL = "/desk/intake/for/dang-ky-ho-kinh-doanh/"
COPY_URL = "/desk/intake/for/chung-thuc-ban-sao/"
WINE_URL = "/desk/intake/for/cap-giay-phep-ban-le-ruou/"
CARD = "096088000789||Lê Văn Được|02111988|Nam|Khóm 3, Rạch Gốc|01012022"
NEW_CARD = "096090001234|380000000|Trần Văn Tư|05061990|Nam|Ấp Đường Kéo|01012022|more|and more"

SHOP: dict[str, Any] = {
    "owner.full_name": "Lê Văn Được",
    "owner.birth_date": "02/11/1988",
    "owner.sex": "MALE",
    "owner.personal_number": "096088000789",
    "owner_phone": "0918 000 789",
    "by_proxy": "NO",
    "business_name": "Tạp hóa Được",
    "seat.place": "Xã Tân Ân, huyện Ngọc Hiển, tỉnh Cà Mau",
    "seat.detail": "Ấp Dinh Củ",
    "no_trade_at_seat": "TRADES_THERE",
    "seat_phone": "0918000789",
    "lines.0.name": "Bán lẻ lương thực, thực phẩm",
    "lines.0.code": "4711",
    "lines.0.main": "true",
    "capital": "50.000.000",
    "tax_address_differs": "NO",
    "workers": "2",
    "founders": "PERSON",
    "not_barred": "true",
    "lawful_seat": "true",
    "data_shared": "true",
    "applicant-phone": "0918000789",
    "applicant-address": "Khóm 3",
    "paper-giay-de-nghi": "yes",
    "paper-giay-de-nghi-originals": "1",
    "paper-giay-de-nghi-copies": "0",
    "delivery-way": "COUNTER",
    "payment-way": "CASH",
}
COPY: dict[str, Any] = {
    "applicant-name": "Đặng Ngọc Ánh",
    "requester_name": "Đặng Ngọc Ánh",
    "document_name": "Bằng tốt nghiệp đại học",
    "issuer": "VIETNAMESE",
    "original_pages": "3",
    "copies": "4",
    "paper-ban-chinh": "yes",
    "paper-ban-chinh-originals": "1",
    "payment-way": "CASH",
}


def sign_in(world: World, key: str) -> Client:
    client = Client()
    enter(client, Account.objects.get(pk=world.officers[key]))
    return client


@pytest.fixture
def district(world: World) -> Client:
    return sign_in(world, "district_clerk")


@pytest.fixture
def commune(world: World) -> Client:
    return sign_in(world, "clerk")


def shop(**changes: Any) -> dict[str, Any]:
    return {**SHOP, "request-key": str(uuid4()), **changes}


def copies(world: World, **changes: Any) -> dict[str, Any]:
    leaders = holders("LEADER", world.agencies[COMMUNE], AT)
    signer = next(str(one.id) for one in leaders if one.officer_name == "Phạm Văn Hùng")
    return {**COPY, "request-key": str(uuid4()), "signer": signer, **changes}


def shopkeeper() -> Person:
    return Person.objects.get(personal_number="096088000789")


STRANGER = "0193c0de-0000-7000-8000-000000000000"


def test_a_scanned_card_finds_its_holder_and_stays_out_of_the_address(district: Client) -> None:
    answer = district.post("/desk/intake/", {"q": CARD})
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"/desk/intake/?person={shopkeeper().id}"
    page = district.get(answer.headers["Location"]).content.decode()
    assert "Lê Văn Được" in page
    assert f"{SHOP_URL}?person={shopkeeper().id}" in page


def test_an_unknown_card_fills_in_the_form_for_somebody_new_and_registers_them_once(district: Client) -> None:
    page = district.post("/desk/intake/", {"q": NEW_CARD}).content.decode()
    assert all(f'value="{text}"' in page for text in ("Trần Văn Tư", "096090001234", "05/06/1990", "Ấp Đường Kéo"))
    person = {"name": "Trần Văn Tư", "number": "096090001234", "born": "05061990", "sex": "MALE", "phone": "0944123456"}
    first = district.post("/desk/intake/person/", person)
    again = district.post("/desk/intake/person/", person)
    known = Person.objects.get(personal_number="096090001234")
    assert first.headers["Location"] == again.headers["Location"] == f"/desk/intake/?person={known.id}"
    assert (known.phone, str(known.birth_date)) == ("+84944123456", "1990-06-05")


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("name", "Trần 4", "bằng chữ"),
        ("number", "123", "12 chữ số"),
        ("number", "381234567", "chứng minh nhân dân"),
        ("sex", "FEMALE", "Số định danh"),
        ("born", "31/02/1990", "Lịch không có ngày"),
        ("born", "hôm qua", "ngày, tháng, năm"),
        ("phone", "12", "không phải số điện thoại"),
    ],
)
def test_somebody_new_who_is_mistyped_is_not_entered_and_not_lost(
    district: Client, field: str, text: str, sentence: str
) -> None:
    person = {"name": "Trần Văn Tư", "number": "096090001234", "born": "05061990", "sex": "MALE", "phone": "0944123456"}
    answer = district.post("/desk/intake/person/", {**person, field: text})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert all(f'value="{value}"' in page for value in ({**person, field: text}).values())
    assert not Person.objects.filter(personal_number="096090001234").exists()


FIRM = {
    "firm_name": "Công ty TNHH Thủy sản Năm Căn",
    "firm_tax_code": "2000000229",
    "firm_phone": "0290 3877 123",
    "firm_email": "vanthu@namcan.example.vn",
    "firm_address": "Khóm 2, thị trấn Năm Căn",
}


def test_a_tax_code_that_nobody_has_opens_the_form_for_a_business_which_is_entered_once(district: Client) -> None:
    page = district.post("/desk/intake/", {"q": FIRM["firm_tax_code"]}).content.decode()
    assert f'value="{FIRM["firm_tax_code"]}"' in page
    first = district.post("/desk/intake/business/", FIRM)
    again = district.post("/desk/intake/business/", FIRM)
    known = Business.objects.get(tax_code=FIRM["firm_tax_code"])
    assert first.headers["Location"] == again.headers["Location"] == f"/desk/intake/?business={known.id}"
    page = district.get(first.headers["Location"]).content.decode()
    assert FIRM["firm_name"] in page
    form = f"{WINE_URL}?business={known.id}"
    assert form in page
    assert SHOP_URL not in page, "people alone may found a household business"
    assert FIRM["firm_name"] in district.get(form).content.decode()
    assert district.post("/desk/intake/", {"q": FIRM["firm_tax_code"]}).headers["Location"].endswith(str(known.id))


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        ("firm_name", "", "Nhập tên"),
        ("firm_tax_code", "", "Nhập mã số thuế"),
        ("firm_tax_code", "2000000223", "không phải mã số thuế"),
        ("firm_phone", "12", "không phải số điện thoại"),
    ],
)
def test_a_business_that_is_mistyped_is_not_entered_and_not_lost(
    district: Client, field: str, text: str, sentence: str
) -> None:
    answer = district.post("/desk/intake/business/", {**FIRM, field: text})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert sentence in page
    assert all(f'value="{value}"' in page for value in ({**FIRM, field: text}).values() if value)
    assert not Business.objects.filter(name=FIRM["firm_name"]).exists()


def test_people_are_found_by_name_number_and_telephone(district: Client) -> None:
    by_name = district.post("/desk/intake/", {"q": "duoc"}).content.decode()
    assert f"?person={shopkeeper().id}" in by_name
    for words in ("096088000789", "0918 000 789"):
        assert district.post("/desk/intake/", {"q": words}).headers["Location"].endswith(str(shopkeeper().id))
    assert "Chưa có ai khớp" in district.post("/desk/intake/", {"q": "Nobody Such"}).content.decode()


def test_a_counter_offers_what_its_agency_receives(district: Client, commune: Client) -> None:
    assert SHOP_URL in district.get("/desk/intake/").content.decode()
    assert COPY_URL not in district.get("/desk/intake/").content.decode()
    assert COPY_URL in commune.get("/desk/intake/procedures/?q=sao y").content.decode()
    assert "Không có thủ tục nào phù hợp" in commune.get("/desk/intake/procedures/?q=phi thuyền").content.decode()


def test_a_case_is_taken_in_with_its_fee_and_its_receipt_is_printed(district: Client) -> None:
    form = district.get(f"{SHOP_URL}?person={shopkeeper().id}").content.decode()
    assert 'value="02/11/1988"' in form
    answer = district.post(f"{SHOP_URL}?person={shopkeeper().id}", shop())
    assert answer.status_code == 302, re.findall(r'<a href="#.*?</a>', answer.content.decode())
    case = Case.objects.get()
    assert (case.state, case.applicant_id, case.applicant_phone) == (State.IN_PROCESS, shopkeeper().id, "+84918000789")
    assert (case.answers["capital"], case.answers["seat"]["commune"]) == (50_000_000, "32245")
    assert (case.payments.get().state, case.payments.get().amount) == ("PAID", 50_000)
    assert case.papers.get(paper="giay-de-nghi").state == PaperState.CHECKED
    done = district.get(answer.headers["Location"]).content.decode()
    assert str(case.code) in done
    pdf = district.get(f"/desk/intake/done/{case.code}/receipt/")
    assert (pdf.status_code, pdf.headers["Content-Type"]) == (200, "application/pdf")
    assert pdf.content.startswith(b"%PDF-")


def test_the_same_form_sent_twice_is_one_case(district: Client) -> None:
    sent = shop()
    first, again = (district.post(f"{SHOP_URL}?person={shopkeeper().id}", sent) for _time in range(2))
    assert first.headers["Location"] == again.headers["Location"]
    assert Case.objects.count() == 1


def test_bad_input_comes_back_whole_with_a_sentence_for_each_fault(district: Client) -> None:
    wrong = shop(**{"capital": "nhiều lắm", "applicant-phone": "12", "payment-way": "", "founders": ""})
    wrong |= {"authorised-name": "Lê Thị Sáu", "paper-giay-de-nghi-originals": "0", "helping-agency": "Nơi nào đó"}
    answer = district.post(f"{SHOP_URL}?person={shopkeeper().id}", wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    linked = set(re.findall(r'<a href="#([^"]+)">', page.split("govuk-error-summary__list")[1].split("</ul>")[0]))
    assert linked == {
        "capital", "applicant-phone", "payment-way", "founders", "paper-giay-de-nghi", "helping-agency",
    }  # fmt: skip
    assert all(f'id="{place}"' in page for place in linked)
    kept = ("nhiều lắm", "Tạp hóa Được", "Lê Thị Sáu", "Nơi nào đó", "Xã Tân Ân, huyện Ngọc Hiển, tỉnh Cà Mau")
    assert [text for text in kept if f'value="{text}"' not in page] == []
    assert wrong["request-key"] in page
    assert not Case.objects.exists()


def test_a_button_inside_the_form_changes_it_and_accuses_nobody(district: Client) -> None:
    page = district.post(SHOP_URL, {"add": "lines", "business_name": "Tạp hóa Được", "lines.0.name": "Bán tôm"})
    assert page.status_code == 200
    assert "govuk-error-summary" not in page.content.decode()
    assert 'name="lines.1.name"' in page.content.decode()


def test_the_fee_follows_what_is_typed(commune: Client) -> None:
    fee = commune.post(f"{COPY_URL}fee/", {"original_pages": "3", "copies": "4"}).content.decode()
    assert "20.000" in fee


def test_nobody_takes_cases_in_at_another_counter(world: World, district: Client, commune: Client) -> None:
    for url in ("/desk/intake/", SHOP_URL):
        forged = f"{url}?agency={world.agencies[OTHER_COMMUNE]}"
        assert district.get(forged).status_code == 403
        assert district.post(forged, shop()).status_code == 403
    assert commune.post(SHOP_URL, shop()).status_code == 404
    assert not Case.objects.exists()
    assert sign_in(world, "district_specialist").get("/desk/intake/").status_code == 404


def test_somebody_who_is_not_in_the_register_is_not_found(district: Client) -> None:
    assert district.get(f"{SHOP_URL}?person={uuid4()}").status_code == 404
    assert district.post(f"{SHOP_URL}?person={uuid4()}", shop()).status_code == 404


def test_another_agencys_case_shows_nothing(world: World, district: Client) -> None:
    district.post(f"{SHOP_URL}?person={shopkeeper().id}", shop())
    code = Case.objects.get().code
    stranger = sign_in(world, "other_clerk")
    for page in ("", "receipt/"):
        assert stranger.get(f"/desk/intake/done/{code}/{page}").status_code == 404


def test_a_certified_copy_is_handed_out_at_once(world: World, commune: Client) -> None:
    sent = copies(world, requester_name="")
    first, again = (commune.post(f"{COPY_URL}service/", sent) for _time in range(2))
    case = Case.objects.get()
    assert first.headers["Location"] == again.headers["Location"] == f"/desk/intake/done/{case.code}/"
    assert (case.state, case.payments.get().amount) == (State.HANDED_OUT, 20_000)
    assert case.answers["requester_name"] == "Đặng Ngọc Ánh"
    done = commune.get(first.headers["Location"]).content.decode()
    assert "Phạm Văn Hùng" in done
    assert f"/desk/cases/{case.code}/results/{case.results.get().id}/" in done


def test_who_signs_on_the_spot_has_shown_lately_who_he_is(world: World) -> None:
    clerk = Client()
    enter(clerk, Account.objects.get(pk=world.officers["clerk"]), ago=timedelta(minutes=31))
    asked = clerk.post(f"{COPY_URL}service/", copies(world))
    assert (asked.status_code, asked.context["heading"]) == (403, "Xác nhận lại danh tính")
    assert not Case.objects.exists()


@pytest.mark.parametrize(("field", "text"), [("signer", ""), ("signer", STRANGER), ("payment-way", "LATER")])
def test_a_copy_without_signer_or_money_is_not_handed_out(world: World, commune: Client, field: str, text: str) -> None:
    answer = commune.post(f"{COPY_URL}service/", copies(world, **{field: text}))
    assert answer.status_code == 422
    assert "Bằng tốt nghiệp đại học" in answer.content.decode()
    assert not Case.objects.exists()


def test_a_slow_procedure_is_not_served(district: Client) -> None:
    answer = district.post(f"{SHOP_URL}service/?person={shopkeeper().id}", shop(signer=str(uuid4())))
    assert answer.status_code == 422
    assert not Case.objects.exists()


def test_a_number_typed_with_another_persons_name_is_questioned(commune: Client, world: World) -> None:
    answer = commune.post(f"{COPY_URL}service/", copies(world, **{"applicant-number": "096088000789"}))
    assert answer.status_code == 422
    assert 'href="#applicant-number"' in answer.content.decode()
    own = copies(world, **{"applicant-number": "096300000321"})
    assert commune.post(f"{COPY_URL}service/", own).status_code == 302
    assert Case.objects.get().applicant_id == Person.objects.get(personal_number="096300000321").id
