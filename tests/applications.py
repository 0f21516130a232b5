"""What the cast applies for: answers of every procedure and counter intakes, right as they stand."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from camaug.cases.actions.add_file import add_file
from camaug.cases.actions.answer_draft import answer_draft
from camaug.cases.actions.approve import approve
from camaug.cases.actions.confirm_payment import confirm_payment
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.receive import receive
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.show_draft import show_draft
from camaug.cases.actions.start import start
from camaug.cases.actions.submit import submit
from camaug.cases.intake import Intake, PaperTaken
from camaug.cases.lifecycle import PaymentState
from camaug.cases.models import Case, Outcome
from camaug.catalogue.definition.procedure import Applicant, Definition
from camaug.catalogue.queries import current
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL, now
from camaug.kernel.ids import uuid7
from camaug.people.actions.register_business import register_business
from tests.papers import photo as photo
from tests.representing import prove
from tests.world import AT, COMMUNE, DISTRICT, World

HOME = {
    "province": "96",
    "district": "973",
    "commune": "32245",
    "detail": "Ấp Dinh Củ",
    "text": "Ấp Dinh Củ, xã Tân Ân",
}

BIRTH: dict[str, Any] = {
    "birth_proof": "CERTIFICATE",
    "surrogacy": "NO",
    "requester_name": "Nguyễn Thị Lan",
    "requester_paper": "PERSONAL_NUMBER",
    "requester_number": "096194000123",
    "relation": "MOTHER",
    "child_name": "Hoàng Nguyễn Bảo An",
    "child_birth_date": "2026-11-18",
    "child_sex": "FEMALE",
    "child_ethnicity": "KINH",
    "child_nationality": "VIET_NAM",
    "birth_place": "Bệnh viện Sản - Nhi tỉnh Cà Mau",
    "home_town": HOME,
    "parents_declared": "BOTH",
    "mother": {
        "full_name": "Nguyễn Thị Lan",
        "birth_date": "1994-03-12",
        "ethnicity": "Kinh",
        "nationality": "Việt Nam",
        "personal_number": "096194000123",
    },
    "father": {
        "full_name": "Hoàng Minh Khôi",
        "birth_date": "1992-07-25",
        "ethnicity": "Kinh",
        "nationality": "Việt Nam",
        "personal_number": "096092000456",
    },
    "parents_married": "YES",
    "marriage_number": "15",
    "marriage_date": "2022-05-20",
    "marriage_office": "Ủy ban nhân dân xã Tân Ân",
    "copies_wanted": "YES",
    "copies": 2,
    "waiver_group": "NONE",
}

SHOP: dict[str, Any] = {
    "owner": {
        "full_name": "Lê Văn Được",
        "birth_date": "1988-11-02",
        "sex": "MALE",
        "personal_number": "096088000789",
    },
    "owner_phone": "+84918000789",
    "by_proxy": "NO",
    "business_name": "Tạp hóa Được",
    "seat": HOME,
    "no_trade_at_seat": "TRADES_THERE",
    "seat_phone": "+84918000789",
    "lines": [{"name": "Bán lẻ lương thực, thực phẩm", "code": "4711", "main": True}],
    "capital": 50_000_000,
    "tax_address_differs": "NO",
    "workers": 2,
    "founders": "PERSON",
    "not_barred": True,
    "lawful_seat": True,
    "data_shared": True,
}

COPY: dict[str, Any] = {
    "requester_name": "Đặng Ngọc Ánh",
    "document_name": "Bằng tốt nghiệp đại học",
    "issuer": "VIETNAMESE",
    "original_pages": 3,
    "copies": 4,
}

RECORD: dict[str, Any] = {
    "filed_by": "SELF",
    "subject_name": "Đặng Ngọc Ánh",
    "birth_date": "2000-05-19",
    "sex": "FEMALE",
    "birth_place": "xã Hồ Thị Kỷ, huyện Thới Bình, tỉnh Cà Mau",
    "nationality": "VIET_NAM",
    "ethnicity": "KINH",
    "personal_number": "096300000321",
    "permanent_residence": HOME,
    "lives_elsewhere": "NO",
    "phone": "+84918000321",
    "father": {"full_name": "Đặng Văn Mười", "birth_year": 1970},
    "mother": {"full_name": "Lê Thị Bảy", "birth_date": "1973-02-08"},
    "married": "NO",
    "residences": [
        {"from_month": "05/2014", "to_month": "08/2018", "where": "xã Hồ Thị Kỷ, huyện Thới Bình", "work": "Học sinh"},
        {"from_month": "09/2018", "to_month": "nay", "where": "Ký túc xá, thành phố Cần Thơ", "work": "Sinh viên"},
    ],
    "has_record": "NO",
    "certificate": "NO_1",
    "ban_statement": "NO",
    "purpose": "Xin việc làm",
    "copies": 2,
    "fee_group": "STUDENT",
}

HOUSE: dict[str, Any] = {
    "kind": "HOUSE",
    "owner_kind": "PERSON",
    "owner": {"full_name": "Huỳnh Thanh Tâm", "personal_number": "096085000654", "residence": HOME},
    "phone": "+84918000654",
    "plot": "thửa 215, tờ bản đồ 12",
    "plot_area": 150,
    "site": HOME,
    "land_proof": "DATABASE",
    "neighbours": "YES",
    "heritage": "NO",
    "designer": "Công ty TNHH Tư vấn xây dựng Đất Mũi",
    "designer_code": "CAM-00012345",
    "reviewed": "NO",
    "class": "III",
    "level": "+0,45",
    "setback": "2,5",
    "ground_area": 80,
    "floor_area": 160,
    "floor_area_detail": "tầng trệt 80, tầng hai 80",
    "floors": 2,
    "height": "7,8",
    "months": 8,
}

ALLOWANCE: dict[str, Any] = {
    "group": "DISABLED",
    "person": {
        "full_name": "Trần Thị Năm",
        "birth_date": "1964-09-02",
        "sex": "FEMALE",
        "ethnicity": "Kinh",
        "personal_number": "096164000987",
    },
    "residence": HOME,
    "lives_with": "ở với con gái, ấp Dinh Củ",
    "schooling": "LEFT",
    "insured": "YES",
    "poverty": "NEAR_POOR",
    "benefits": ["NONE"],
    "disability_number": "07/2025",
    "disability_date": "2025-08-12",
    "disability_office": "Ủy ban nhân dân xã Tân Ân",
    "disability_kind": ["MOVING"],
    "disability_level": "SEVERE",
    "works": "NO",
    "self_care": "HELPED",
    "carer": {"full_name": "Lê Thị Út", "personal_number": "096188000111"},
    "marriage": "WIDOWED",
    "by_other": "SELF",
    "pay_way": "POST",
}

LAND: dict[str, Any] = {
    "change": "BOUGHT",
    "whole_plot": "WHOLE",
    "remeasure": "NO",
    "mortgaged": "NO",
    "asset_only": "NO",
    "disputed": "NO",
    "receiver": {"full_name": "Huỳnh Thanh Tâm", "personal_number": "096085000654", "residence": HOME},
    "receiver_phone": "+84918000654",
    "receivers": "ONE",
    "by_proxy": "NO",
    "book_number": "CH 01234",
    "serial": "DK 123456",
    "issued": "2019-06-10",
    "giver": "ông Trần Văn Sáu, bà Lê Thị Mười",
    "plot": "215",
    "sheet": "12",
    "area": "2.450,5",
    "land_use": "NTS",
    "term": "đến tháng 10 năm 2063",
    "site": HOME,
    "contract": "1234/2026",
    "contract_date": "2026-11-09",
    "notary": "Phòng Công chứng số 1 tỉnh Cà Mau",
    "price": 350_000_000,
    "relief": "NONE",
    "new_certificate": "YES",
}

FAMILY: dict[str, Any] = {
    **{name: answer for name, answer in BIRTH.items() if name != "waiver_group"},
    "residence_with": "MOTHER",
    "residence_address": HOME,
    "household_head": "Hoàng Minh Khôi",
    "household_head_number": "096092000456",
    "household_relation": "con",
    "clinic": "Trạm Y tế xã Tân Ân",
}


def real(code: str) -> Definition:
    """What the province says of the procedure on the day of the tests."""
    return current(code, AT.date()).definition


def firm_where_needed(made: Definition, *, head: UUID | None = None, at: datetime = AT) -> UUID | None:
    """A business to apply for what businesses alone may apply for, represented by `head`; None where a person may."""
    if made.admits(Applicant.PERSON):
        return None
    name, code = "Công ty TNHH Đất Mũi", "0100109106"
    made = register_business(name, tax_code=code, by=SYSTEM, at=at).id
    if head:
        prove(made, head, at=at)
    return made


def shop_intake(world: World, **changes: Any) -> Intake:
    """The shopkeeper at the district's counter, with everything he needs."""
    values: dict[str, Any] = {
        "request_key": uuid7(),
        "procedure": "dang-ky-ho-kinh-doanh",
        "receiving_agency": world.agencies[DISTRICT],
        "name": "Lê Văn Được",
        "number": "096088000789",
        "phone": "+84918000789",
        "answers": SHOP,
        "papers": {"giay-de-nghi": PaperTaken(originals=1)},
        "payment_way": "CASH",
    }
    return Intake(**{**values, **changes})


def copy_intake(world: World, **changes: Any) -> Intake:
    """A student who needs four certified copies of her diploma, at the counter of the commune."""
    values: dict[str, Any] = {
        "request_key": uuid7(),
        "procedure": "chung-thuc-ban-sao",
        "receiving_agency": world.agencies[COMMUNE],
        "name": "Đặng Ngọc Ánh",
        "number": "096300000321",
        "answers": COPY,
        "payment_way": "CASH",
    }
    return Intake(**{**values, **changes})


def commune_of(world: World) -> UUID:
    """The commune that the cast lives in."""
    return world.agencies[COMMUNE]


def birth(at: datetime) -> dict[str, Any]:
    """The answers of BIRTH for a child born five days before, as on the day of the tests: whoever reads the real clock
    registers a birth in time, whatever day it is.
    """
    return {**BIRTH, "child_birth_date": (at.astimezone(LOCAL) - timedelta(days=5)).date().isoformat()}


def born_lately(case: Case) -> Case:
    """That case with a child born five days ago by the real clock, which the pages read."""
    case.answers = birth(now())
    Case.objects.filter(pk=case.pk).update(answers=case.answers)
    return case


def send_birth(world: World, *, at: datetime = AT) -> Case:
    """The mother's application as sent from her phone to her commune."""
    mother = world.citizen("mother")
    case = start("dang-ky-khai-sinh", by=mother, at=at)
    save(case.id, Changes(answers=birth(at), receiving_agency=world.agencies[COMMUNE]), by=mother, at=at)
    add_file(case.id, "giay-chung-sinh", content=photo(), file_name="giay-chung-sinh.jpg", by=mother, at=at)
    return submit(case.id, by=mother, at=at)


def agree_to_draft(world: World, case: Case, *, at: datetime = AT) -> Case:
    """The mother was shown the draft of the certificate and agrees."""
    show_draft(case.id, by=world.officer("specialist", at=at), at=at)
    return answer_draft(case.id, agrees=True, by=world.citizen("mother", at=at), at=at)


def carry(world: World, case: Case, *, to: str, at: datetime = AT, paid: bool = True, agreed: bool = True) -> Case:
    """The mother's case carried by the commune's officers up to a step: EXAMINE, APPROVE, PUBLISH or RETURN. `paid`:
    the copies are paid once the case is worked on. `agreed`: she agreed to the draft as soon as it was.
    """

    def received() -> Case:
        there = receive(case.id, by=world.officer("clerk"), at=at)
        return agree_to_draft(world, there, at=at) if agreed and there.channel == "ONLINE" else there

    path: list[tuple[str, Callable[[], Case]]] = [
        ("EXAMINE", received),
        ("APPROVE", lambda: propose(case.id, Outcome.GRANTED, by=world.officer("specialist"), at=at)),
        ("PUBLISH", lambda: approve(case.id, by=world.officer("chairman"), at=at)),
        ("RETURN", lambda: publish_result(case.id, by=world.officer("registrar"), at=at)),
    ]
    moved = case
    for step, move in path:
        if step == "APPROVE" and paid and case.payments.filter(state=PaymentState.OWED).exists():
            confirm_payment(case.id, way="CASH", by=world.officer("clerk", at=at), at=at)
        moved = move()
        if step == to:
            return moved
    raise KeyError(to)
