"""Asking and answering through the pages of the desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from camaug.cases.models import Case
from tests.applications import carry, photo, send_birth
from tests.desks import desk_of, move, page_of
from tests.world import OTHER_COMMUNE, World

OTHER_NAME = "Ủy ban nhân dân xã Hồ Thị Kỷ"


@pytest.fixture
def examined(world: World) -> Case:
    return carry(world, send_birth(world), to="EXAMINE")


def test_the_form_offers_what_the_process_foresees(world: World, examined: Case) -> None:
    html = desk_of(world, "specialist").get(page_of(examined, "consultation/")).content.decode()
    assert "Xác minh tình trạng hôn nhân của cha, mẹ" in html
    assert "trả lời trong 24 giờ làm việc" in html
    assert "Cha, mẹ của trẻ có đăng ký kết hôn tại địa phương không" in html


def test_a_question_goes_from_desk_to_desk_and_back(world: World, examined: Case) -> None:
    specialist, other = desk_of(world, "specialist"), desk_of(world, "other_clerk")
    assert other.get(page_of(examined)).status_code == 404
    sent = move(
        specialist,
        examined,
        "consultation/",
        consultation="other",
        question="Có đúng không?",
        agency=OTHER_NAME,
        hours="16",
    )
    assert sent.status_code == 302
    shown = other.get(page_of(examined, "answer/")).content.decode()
    assert "Có đúng không?" in shown
    file = SimpleUploadedFile("tra-loi.jpg", photo(), "image/jpeg")
    assert move(other, examined, "answer/", verdict="AGREES", answer="Đúng như khai.", file=file).status_code == 302
    back = specialist.get(page_of(examined)).content.decode()
    assert "Đúng như khai." in back
    assert "tra-loi.jpg" in back


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"question": "", "agency": OTHER_NAME, "hours": "8"}, "Viết nội dung cần cơ quan khác trả lời."),
        ({"question": "Có không?", "agency": "Sở Không Có", "hours": "8"}, "Chọn cơ quan cần hỏi ý kiến."),
        (
            {"question": "Có không?", "agency": OTHER_NAME, "hours": "nhiều"},
            "Nhập số giờ làm việc để trả lời: từ 1 đến 240.",
        ),
    ],
)
def test_what_is_wrong_comes_back_with_what_was_typed(
    world: World, examined: Case, fields: dict[str, str], sentence: str
) -> None:
    answer = move(desk_of(world, "specialist"), examined, "consultation/", consultation="other", **fields)
    assert answer.status_code == 422
    html = answer.content.decode()
    assert sentence in html
    assert fields["agency"] in html


def test_a_question_is_withdrawn_with_a_reason(world: World, examined: Case) -> None:
    specialist = desk_of(world, "specialist")
    asked = {"consultation": "other", "question": "Có không?", "agency": OTHER_NAME, "hours": "8"}
    move(specialist, examined, "consultation/", **asked)
    assert move(specialist, examined, "question-withdrawal/", reason="").status_code == 422
    assert move(specialist, examined, "question-withdrawal/", reason="Đã rõ.").status_code == 302
    assert examined.consultations.get().state == "WITHDRAWN"
    assert world.agencies[OTHER_COMMUNE] == examined.consultations.get().agency_id
