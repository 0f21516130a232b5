"""What the cast applies for: answers and counter intakes of the three procedures, right as they stand."""

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID

from PIL import Image

from camaug.cases.actions.add_file import add_file
from camaug.cases.actions.approve import approve
from camaug.cases.actions.propose import propose
from camaug.cases.actions.publish_result import publish_result
from camaug.cases.actions.receive import receive
from camaug.cases.actions.save import Changes, save
from camaug.cases.actions.start import start
from camaug.cases.actions.submit import submit
from camaug.cases.intake import Intake, PaperTaken
from camaug.cases.models import Case, Outcome
from camaug.kernel.ids import uuid7
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


def photo(paper: str = "white") -> bytes:
    """A real picture, as a phone sends it, of paper of that colour."""
    content = BytesIO()
    Image.new("RGB", (640, 480), paper).save(content, "JPEG")
    return content.getvalue()


def send_birth(world: World, *, at: datetime = AT) -> Case:
    """The mother's application as sent from her phone to her commune."""
    mother = world.citizen("mother")
    case = start("dang-ky-khai-sinh", by=mother, at=at)
    save(case.id, Changes(answers=BIRTH, receiving_agency=world.agencies[COMMUNE]), by=mother, at=at)
    add_file(case.id, "giay-chung-sinh", content=photo(), file_name="giay-chung-sinh.jpg", by=mother, at=at)
    return submit(case.id, by=mother, at=at)


def carry(world: World, case: Case, *, to: str, at: datetime = AT) -> Case:
    """The mother's case carried by the commune's officers up to a step: EXAMINE, APPROVE, PUBLISH or RETURN."""
    path: list[tuple[str, Callable[[], Case]]] = [
        ("EXAMINE", lambda: receive(case.id, by=world.officer("clerk"), at=at)),
        ("APPROVE", lambda: propose(case.id, Outcome.GRANTED, by=world.officer("specialist"), at=at)),
        ("PUBLISH", lambda: approve(case.id, by=world.officer("chairman"), at=at)),
        ("RETURN", lambda: publish_result(case.id, by=world.officer("registrar"), at=at)),
    ]
    moved = case
    for step, move in path:
        moved = move()
        if step == to:
            return moved
    raise KeyError(to)
