"""The forms and results of real cases: what they say, and that it stays said."""

from datetime import date, datetime, timedelta
from io import BytesIO
from uuid import UUID

import pytest
from openpyxl import load_workbook

from camaug.cases.actions.approve import approve
from camaug.cases.actions.deny import deny
from camaug.cases.actions.hand_out import Receiver, hand_out
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.receive import receive
from camaug.cases.actions.refuse import refuse
from camaug.cases.actions.register import register
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.actions.serve import serve
from camaug.cases.models import Case, Outcome, Stop
from camaug.cases.results import sayings
from camaug.cases.results.sheets import DENIAL, result_pdf, sheet_of
from camaug.cases.slips import forms as f
from camaug.cases.slips.control import control_facts
from camaug.cases.slips.facts import apology_facts, stop_notice_facts
from camaug.cases.slips.pdf import slip_pdf
from camaug.cases.slips.register import register_head, register_pdf, register_rows, register_sheet
from camaug.kernel.clock import LOCAL
from camaug.kernel.tables.streaming import xlsx_parts
from camaug.people.queries import holders
from camaug.worktime.models import StopGround
from tests.applications import carry, commune_of, copy_intake, send_birth, shop_intake
from tests.unit.cases.papers import text_of
from tests.world import AT, COMMUNE, World

pytestmark = pytest.mark.django_db
MONTH = date(2026, 11, 1), date(2026, 12, 1)


def form_of(case: Case, form: f.Form) -> f.Facts:
    return f.from_json(form, case.slips.get(form=form).facts)


def test_the_receipt_says_what_was_handed_in_and_promised(world: World) -> None:
    case = receive(send_birth(world).id, by=world.officer("clerk"), at=AT)
    said = form_of(case, f.Form.RECEIPT)
    assert isinstance(said, f.ReceiptFacts)
    assert (said.code, said.sender.name, said.officer) == (case.code, case.applicant_name, "Trần Thị Minh")
    assert (said.received_at, said.due_at) == (AT, case.due_at)
    assert (said.limit, said.limit_unit) == (0, "WORKING_DAYS")
    assert ("Giấy chứng sinh", 1, 1) in [(paper.name, paper.files, paper.pages) for paper in said.papers]
    assert said.fee_total == 16_000
    text = text_of(slip_pdf(f.Form.RECEIPT, case.slips.get(form=1).facts))
    assert str(case.code) in text
    assert "Tân Ân, ngày 23 tháng 11 năm 2026" in text


def test_what_a_slip_says_outlives_the_case(world: World) -> None:
    case = receive(send_birth(world).id, by=world.officer("clerk"), at=AT)
    before = slip_pdf(f.Form.RECEIPT, case.slips.get(form=1).facts)
    Case.objects.filter(pk=case.pk).update(applicant_name="Người Khác", applicant_address="nơi khác")
    assert slip_pdf(f.Form.RECEIPT, case.slips.get(form=1).facts) == before


def test_a_request_lists_everything_and_a_refusal_its_reason(world: World) -> None:
    asked = send_birth(world)
    items = [Item("giay-chung-sinh", "Giấy chứng sinh", "Ảnh mờ"), Item("", "Nơi sinh", "Ghi đủ địa chỉ")]
    request_supplement(asked.id, items, reason="Chưa rõ", by=world.officer("clerk"), at=AT)
    said = form_of(asked, f.Form.SUPPLEMENT)
    assert isinstance(said, f.SupplementFacts)
    assert [(item.name, item.reason) for item in said.items] == [(item.name, item.reason) for item in items]
    assert said.number.endswith("/HDHS")
    refused = send_birth(world)
    refuse(refused.id, reason="Trẻ đã có giấy khai sinh.", by=world.officer("clerk"), at=AT)
    assert "Trẻ đã có giấy khai sinh." in text_of(slip_pdf(3, refused.slips.get(form=3).facts))


def test_apology_and_stop_are_said_from_the_case(world: World) -> None:
    case = receive(send_birth(world).id, by=world.officer("clerk"), at=AT)
    later = AT + timedelta(days=2)
    clerk = world.officer("clerk")
    apology = apology_facts(case, reason="Chờ xác minh", new_due_at=later, by=clerk, at=AT)
    assert "25 tháng 11 năm 2026" in text_of(slip_pdf(f.Form.APOLOGY, apology))
    notice = stop_notice_facts(case, ground="Người nộp đề nghị rút hồ sơ", refund=None, by=clerk, at=AT)
    assert "chưa thu" in text_of(slip_pdf(f.Form.STOP_NOTICE, notice))
    with pytest.raises(ValueError, match="nothing was promised"):
        apology_facts(send_birth(world), reason="", new_due_at=later, by=clerk, at=AT)


def test_the_control_sheet_follows_the_case_from_hand_to_hand(world: World) -> None:
    case = carry(world, send_birth(world), to="RETURN", at=AT + timedelta(hours=1))
    hand_out(case.id, Receiver("Nguyễn Thị Lan", "096194000123"), by=world.officer("clerk"), at=AT + timedelta(hours=2))
    sheet = control_facts(Case.objects.get(pk=case.pk), by=world.officer("clerk"), at=AT + timedelta(hours=3))
    givers = [row.from_person for row in sheet.rows]
    assert givers[0] == case.applicant_name
    assert givers[-1] == "Trần Thị Minh"
    assert "Lê Anh Tuấn" in givers
    assert "Phạm Văn Hùng" in givers
    assert [row.outcome for row in sheet.rows if row.from_person == "Lê Anh Tuấn"] == ["EARLY"]
    assert sheet.rows[-1].to_person == case.applicant_name
    assert all(row.to_person for row in sheet.rows)
    assert "PHIẾU KIỂM SOÁT" in text_of(slip_pdf(f.Form.CONTROL, sheet))


def test_a_stop_is_called_as_the_law_called_it_on_the_local_day_on_which_it_began(world: World) -> None:
    case, day = receive(send_birth(world).id, by=world.officer("clerk"), at=AT), date(2026, 11, 24)
    ground = {"code": "TRIAL", "effect": "RESUME", "source": "luật"}
    StopGround.objects.create(name="Tên cũ", valid_from=date(2026, 1, 1), valid_until=day, **ground)
    StopGround.objects.create(name="Tên mới", valid_from=day, **ground)
    night = datetime(2026, 11, 24, 0, 30, tzinfo=LOCAL)  # in UTC it is still the 23rd
    Stop.objects.create(case=case, ground="TRIAL", effect="RESUME", from_at=night, until_at=night + timedelta(hours=9))
    sheet = control_facts(case, by=world.officer("clerk"), at=AT + timedelta(days=3))
    assert [remark.endswith(": Tên mới.") for remark in sheet.remarks] == [True]


def test_a_step_that_took_too_long_is_late_on_the_control_sheet(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    propose(case.id, Outcome.GRANTED, by=world.officer("specialist"), at=AT + timedelta(days=3))
    sheet = control_facts(Case.objects.get(pk=case.pk), by=world.officer("clerk"), at=AT + timedelta(days=3))
    assert sheet.rows[-1].outcome == "LATE"


def test_the_register_lists_the_agency_s_cases_of_the_period_in_order(world: World) -> None:
    first = receive(send_birth(world).id, by=world.officer("clerk"), at=AT)
    second = send_birth(world, at=AT + timedelta(minutes=5))
    rows = list(register_rows(commune_of(world), *MONTH))
    assert [(row.ordinal, row.code) for row in rows] == [(1, first.code), (2, second.code)]
    assert (rows[0].received_at, rows[0].due_at, rows[1].received_at) == (AT, first.due_at, None)
    assert rows[1].note == "Chờ tiếp nhận"
    assert list(register_rows(commune_of(world), date(2026, 12, 1), date(2027, 1, 1))) == []
    assert list(register_rows(UUID(int=1), *MONTH)) == []


def test_the_register_is_printed_and_given_as_a_workbook(world: World) -> None:
    case = send_birth(world)
    head = register_head(world.agencies[COMMUNE], *MONTH, at=AT)
    pdf = register_pdf(head, register_rows(world.agencies[COMMUNE], *MONTH))
    assert "Nguyễn Thị Lan" in text_of(pdf)
    parts = xlsx_parts(register_sheet(head, register_rows(world.agencies[COMMUNE], *MONTH)))
    sheet = load_workbook(BytesIO(b"".join(parts))).active
    assert sheet is not None
    assert sheet["B5"].value == case.code


def test_the_birth_certificate_says_the_answers_in_words(world: World) -> None:
    case = carry(world, send_birth(world), to="RETURN")
    result = case.results.get()
    said = sayings.from_json(sheet_of(case, result.result), result.facts)
    assert isinstance(said, sayings.BirthCertificate)
    assert (said.name, said.sex, said.ethnicity) == ("HOÀNG NGUYỄN BẢO AN", "Nữ", "Kinh")
    assert (said.nationality, said.birth_date, said.personal_number) == ("Việt Nam", date(2026, 11, 18), "")
    assert said.mother is not None
    assert (said.mother.name, said.mother.birth) == ("NGUYỄN THỊ LAN", "12/03/1994")
    assert said.home_town == "Ấp Dinh Củ, xã Tân Ân"
    assert (said.signer, said.signer_lines) == ("Phạm Văn Hùng", ("CHỦ TỊCH",))
    assert said.registered_at.startswith("Ủy ban nhân dân xã Tân Ân, huyện")
    pdf = result_pdf("giay-khai-sinh", result.facts)
    text = text_of(pdf)
    assert "ngày mười tám tháng mười một năm hai nghìn không trăm hai mươi sáu" in text


def test_a_denial_is_a_letter_with_its_reasons(world: World) -> None:
    case = carry(world, send_birth(world), to="EXAMINE")
    propose(case.id, Outcome.DENIED, by=world.officer("specialist"), at=AT, note="Đã đăng ký nơi khác")
    deny(case.id, reason="Trẻ đã được đăng ký tại xã khác.", by=world.officer("chairman"), at=AT)
    case = publish_result(case.id, by=world.officer("registrar"), at=AT)
    result = case.results.get()
    assert sheet_of(case, result.result) == DENIAL
    text = text_of(result_pdf(DENIAL, result.facts))
    assert "Trẻ đã được đăng ký tại xã khác." in text
    assert AT.astimezone(LOCAL).strftime("%d") in text


def test_the_business_certificate_says_owner_lines_and_capital(world: World) -> None:
    case = register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    propose(case.id, Outcome.GRANTED, by=world.officer("district_specialist"), at=AT)
    approve(case.id, by=world.officer("district_head"), at=AT)
    case = publish_result(case.id, by=world.officer("district_registrar"), at=AT)
    result = case.results.get()
    said = sayings.from_json(sheet_of(case, result.result), result.facts)
    assert isinstance(said, sayings.BusinessCertificate)
    assert (said.name, said.owner, said.capital) == ("TẠP HÓA ĐƯỢC", "LÊ VĂN ĐƯỢC", 50_000_000)
    assert said.lines == (sayings.Line(name="Bán lẻ lương thực, thực phẩm", code="4711", main=True),)
    assert (said.owner_sex, said.founders) == ("Nam", "Cá nhân")
    assert said.office.superior.startswith("Ủy ban nhân dân huyện")
    assert "HỘ KINH DOANH TẠP HÓA ĐƯỢC" in text_of(result_pdf("giay-chung-nhan-ho-kinh-doanh", result.facts))
    receipt = form_of(case, f.Form.RECEIPT)
    assert isinstance(receipt, f.ReceiptFacts)
    assert (receipt.limit, receipt.receipt_numbers, receipt.paid) == (3, ("00001/2026",), case.payments.get().amount)


def test_a_certified_copy_bears_its_number_and_the_original_s_name(world: World) -> None:
    signer = holders("LEADER", world.agencies[COMMUNE], AT)[0].id
    case = serve(copy_intake(world), signed_by=signer, by=world.officer("clerk"), at=AT)
    said = sayings.from_json("ban-sao-chung-thuc", case.results.get().facts)
    assert isinstance(said, sayings.CertifiedCopy)
    assert (said.document, said.pages, said.copies) == ("Bằng tốt nghiệp đại học", 3, 4)
    assert said.number == "01"
