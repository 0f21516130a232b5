"""Officers see copies of identity papers that say what they are for; the applicant sees the own paper as it is."""

from io import BytesIO

import pytest
from django.test import Client
from PIL import Image
from pypdf import PdfReader

from camaug.access.models import Account
from camaug.cases.actions.add_file import NotAPicture, add_file
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.models import Case, CaseFile
from camaug.kernel.files.store import open_blob
from tests.applications import send_birth
from tests.desks import desk_of, page_of
from tests.sessions import enter
from tests.unit.kernel.files import samples
from tests.world import AT, World

IDENTITY, OTHER = "giay-to-tuy-than", "giay-chung-sinh"


@pytest.fixture
def case(world: World) -> Case:
    case = send_birth(world)
    request_supplement(case.id, [Item(IDENTITY, "Giấy", "Thiếu")], reason="", by=world.officer("clerk"), at=AT)
    return case


def give(world: World, case: Case, content: bytes, name: str, paper: str = IDENTITY) -> CaseFile:
    return add_file(case.id, paper, content=content, file_name=name, by=world.citizen("mother"), at=AT)


def kept(file: CaseFile) -> bytes:
    with open_blob(file.blob) as content:
        return bytes(content.read())


@pytest.mark.parametrize("how", ["", "?download"])
def test_a_pdf_of_an_identity_paper_says_the_case_the_purpose_and_who_looks(world: World, case: Case, how: str) -> None:
    file = give(world, case, samples.pdf(2), "can-cuoc.pdf")
    response = desk_of(world, "clerk").get(page_of(case, f"files/{file.id}/{how}"))
    assert response.status_code == 200
    assert response["Content-Disposition"].startswith("attachment" if how else "inline")
    for page in PdfReader(BytesIO(response.content)).pages:
        text = page.extract_text()
        assert f"Bản sao nộp hồ sơ {case.code}" in text
        assert "Chỉ dùng cho hồ sơ này: Thủ tục đăng ký khai sinh" in text
        assert "Ủy ban nhân dân xã Tân Ân, xem ngày" in text
    assert kept(file) == samples.pdf(2)


@pytest.mark.parametrize("how", ["", "?download", "?small"])
def test_a_picture_of_an_identity_paper_is_marked_whole_and_small(world: World, case: Case, how: str) -> None:
    plain = samples.photograph((1600, 1000))
    file = give(world, case, plain, "can-cuoc.jpg")
    before = kept(file)
    response = desk_of(world, "clerk").get(page_of(case, f"files/{file.id}/{how}"))
    assert response["Content-Type"] == "image/jpeg"
    marked = Image.open(BytesIO(response.content)).convert("L")
    light = marked.crop((marked.width // 2, 0, marked.width, marked.height)).histogram()
    assert sum(light[:170]) > 0.01 * sum(light)  # the plain half was all of one shade, 200
    assert kept(file) == before


def test_the_applicant_and_other_papers_are_not_marked(world: World, case: Case) -> None:
    own = give(world, case, samples.pdf(1), "can-cuoc.pdf")
    client = Client()
    enter(client, Account.objects.get(pk=world.citizens["mother"]))
    served = client.get(f"/my-cases/{case.id}/files/{own.id}/")
    assert b"".join(served.streaming_content) == samples.pdf(1)  # type: ignore[attr-defined]
    other = give(world, case, samples.pdf(3), "giay.pdf", OTHER)
    served = desk_of(world, "clerk").get(page_of(case, f"files/{other.id}/"))
    assert b"".join(served.streaming_content) == samples.pdf(3)  # type: ignore[attr-defined]


def test_an_identity_paper_is_a_picture_or_a_pdf(world: World, case: Case) -> None:
    with pytest.raises(NotAPicture, match=r"can-cuoc\.docx"):
        give(world, case, samples.office("word/document.xml"), "can-cuoc.docx")
