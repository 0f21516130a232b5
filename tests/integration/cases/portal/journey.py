"""The mother's application, page by page, as a browser without scripts sends it."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from camaug.cases.models import Case
from camaug.kernel.clock import now

BIRTH = "dang-ky-khai-sinh"
PERSON = {"birth_date-day": "12", "birth_date-month": "3", "birth_date-year": "1994"}
PERSON |= {"ethnicity": "Kinh", "nationality": "Việt Nam"}
BORN = now() - timedelta(days=5)
"""The pages go by the real clock: the child is always registered in time."""
HOME = {"province": "96", "district": "973", "commune": "32245", "detail": "Ấp Dinh Củ"}


def _of(name: str, parts: dict[str, str]) -> dict[str, str]:
    return {f"{name}.{part}": value for part, value in parts.items()}


PAGES: dict[str, dict[str, Any]] = {
    "giay-to-ve-viec-sinh": {"birth_proof": "CERTIFICATE"},
    "mang-thai-ho": {"surrogacy": "NO"},
    "ho-ten-nguoi-yeu-cau": {"requester_name": "Nguyễn Thị Lan"},
    "giay-to-nguoi-yeu-cau": {"requester_paper": "PERSONAL_NUMBER", "requester_number": "096194000123"},
    "quan-he": {"relation": "MOTHER"},
    "ten-con": {"child_name": "Hoàng Nguyễn Bảo An"},
    "ngay-sinh": {f"child_birth_date-{part}": str(getattr(BORN, part)) for part in ("day", "month", "year")},
    "gioi-tinh": {"child_sex": "FEMALE"},
    "dan-toc-quoc-tich": {"child_ethnicity": "KINH", "child_nationality": "VIET_NAM"},
    "noi-sinh": {"birth_place": "Bệnh viện Sản - Nhi tỉnh Cà Mau"},
    "que-quan": _of("home_town", HOME),
    "khai-cha-me": {"parents_declared": "BOTH"},
    "me": _of("mother", {"full_name": "Nguyễn Thị Lan", "personal_number": "096194000123", **PERSON}),
    "cha": _of("father", {"full_name": "Hoàng Minh Khôi", "personal_number": "096092000456", **PERSON}),
    "ket-hon": {"parents_married": "YES"},
    "giay-ket-hon": {"marriage_number": "15", "marriage_office": "Ủy ban nhân dân xã Tân Ân"},
    "xin-ban-sao": {"copies_wanted": "YES", "copies": "2"},
}
"""What the mother types on each page."""


def photo(name: str = "giay-chung-sinh.jpg", *, colour: str = "white") -> SimpleUploadedFile:
    """A picture as a phone takes it, only smaller."""
    content = BytesIO()
    Image.new("RGB", (300, 400), colour).save(content, "JPEG")
    return SimpleUploadedFile(name, content.getvalue(), content_type="image/jpeg")


def begin(client: Client) -> Case:
    """Press “Begin”; the draft."""
    shown = client.get(f"/apply/{BIRTH}/").content.decode()
    found = re.search(r'name="request_key" value="([^"]+)"', shown)
    assert found
    client.post(f"/apply/{BIRTH}/", {"request_key": found[1]})
    return Case.objects.get(request_key=found[1])


def answer_pages(client: Client, case: Case) -> HttpResponse:
    """Answer page after page as each leads to the next; the last answer."""
    response = HttpResponse()
    place = "giay-to-ve-viec-sinh"
    for _round in range(60):
        response = client.post(f"/applications/{case.id}/pages/{place}/", PAGES[place])
        assert response.status_code == 302, (place, response.content.decode())
        if "/pages/" not in response["Location"]:
            return response
        place = response["Location"].split("#")[0].rstrip("/").rsplit("/", 1)[-1]
    raise AssertionError("the pages do not end")


def fill(client: Client, case: Case, *, office: object) -> None:
    """Everything up to the check of the answers."""
    answer_pages(client, case)
    draft = f"/applications/{case.id}"
    client.post(f"{draft}/office/", {"office": str(office)})
    client.post(f"{draft}/papers/", {"giay-chung-sinh": photo()})
    client.post(f"{draft}/delivery/", {"way": "COUNTER", "phone": "0918000123", "email": ""})


def sent(client: Client, *, office: object) -> Case:
    """An application from its beginning to its code."""
    case = begin(client)
    fill(client, case, office=office)
    client.post(f"/applications/{case.id}/check/")
    case.refresh_from_db()
    return case
