from datetime import timedelta

import pytest
from django.test import Client

from camaug.cases.actions.refuse import refuse
from camaug.cases.actions.request_supplement import Item, request_supplement
from camaug.cases.lifecycle import State
from camaug.cases.models import Case
from camaug.kernel.models import Blob
from tests.applications import born_lately, carry, send_birth
from tests.integration.cases.portal.conftest import SignedIn
from tests.integration.cases.portal.journey import begin, photo
from tests.world import AT, World

pytestmark = pytest.mark.django_db
PAPER, HOUR = "giay-chung-sinh", timedelta(hours=1)


@pytest.fixture
def mother(signed_in: SignedIn) -> Client:
    return signed_in("mother")


@pytest.fixture
def asked(world: World) -> Case:
    """The mother's case, for which a sharper photo and another name are asked."""
    case = born_lately(send_birth(world))
    items = [Item(PAPER, "Giấy chứng sinh", "Ảnh mờ"), Item("", "Tên của bé", "Khác với giấy chứng sinh")]
    return request_supplement(case.id, items, reason="Chụp lại cho rõ", by=world.officer("clerk"), at=AT + HOUR)


def test_what_waits_for_the_citizen_stands_first(mother: Client, asked: Case) -> None:
    begin(mother)
    shown = mother.get("/my-cases/").content.decode()
    assert shown.index("Đang chờ bạn") < shown.index("Chưa nộp")
    assert f"/my-cases/{asked.id}/" in shown


def test_an_empty_list_says_what_to_do(signed_in: SignedIn) -> None:
    assert "Bạn chưa có hồ sơ nào" in signed_in("student").get("/my-cases/").content.decode()


def test_the_page_of_a_case_says_where_it_is_and_what_is_asked(mother: Client, asked: Case) -> None:
    shown = mother.get(f"/my-cases/{asked.id}/").content.decode()
    assert "Ảnh mờ" in shown
    assert f"/my-cases/{asked.id}/supplement/" in shown
    assert "Đang ở đây" in shown


def test_a_supplement_takes_files_corrections_and_a_word(mother: Client, asked: Case) -> None:
    page = f"/my-cases/{asked.id}/supplement/"
    revision = {"seen": str(asked.revision)}
    assert mother.post(page, {**revision, "answer": ""}).status_code == 422
    assert mother.post(page, {**revision, PAPER: photo("ro.jpg", colour="grey"), "upload": "yes"}).status_code == 302
    assert "ro.jpg" in mother.get(page).content.decode()
    correction = mother.post(f"{page}pages/ten-con/", {"child_name": "Hoàng Bảo Ngọc"})
    assert correction["Location"] == page
    asked.refresh_from_db()
    assert asked.answers["child_name"] == "Hoàng Nguyễn Bảo An"
    assert "Hoàng Bảo Ngọc" in mother.get(page).content.decode()
    sent = mother.post(page, {**revision, "answer": "Tôi đã chụp lại"})
    assert sent["Location"] == f"/my-cases/{asked.id}/"
    asked.refresh_from_db()
    assert (asked.state, asked.answers["child_name"]) == (State.SUPPLEMENTED, "Hoàng Bảo Ngọc")
    again = mother.post(page, {**revision, "answer": "Tôi đã chụp lại"})
    assert again["Location"] == f"/my-cases/{asked.id}/"
    assert asked.supplements.count() == 1


def test_a_wrong_correction_is_kept_said_and_not_sent(mother: Client, asked: Case) -> None:
    page = f"/my-cases/{asked.id}/supplement/"
    assert mother.post(f"{page}pages/ten-con/", {"child_name": "Bé 123"}).status_code == 422
    sent = mother.post(page, {"seen": str(asked.revision), "answer": "Gửi"})
    assert sent.status_code == 422
    asked.refresh_from_db()
    assert asked.state == State.SUPPLEMENT_REQUESTED


def test_a_file_of_the_first_sending_is_not_taken_out(mother: Client, asked: Case) -> None:
    old = asked.files.get()
    assert mother.post(f"/my-cases/{asked.id}/supplement/", {"remove": str(old.id)}).status_code == 422
    assert asked.files.get().removed_at is None


def test_nothing_is_supplemented_where_nothing_was_asked(world: World, mother: Client) -> None:
    case = send_birth(world)
    assert mother.get(f"/my-cases/{case.id}/supplement/")["Location"] == f"/my-cases/{case.id}/"


def test_papers_of_the_case_come_as_attachments_and_are_printed_once(world: World, mother: Client) -> None:
    case = carry(world, send_birth(world), to="RETURN")
    slip, result = case.slips.get(form=1), case.results.get()
    addresses = [f"/my-cases/{case.id}/slips/{slip.id}/", f"/my-cases/{case.id}/results/{result.id}/"]
    first = [b"".join(mother.get(address).streaming_content) for address in addresses]
    blobs = Blob.objects.count()
    for address, content in zip(addresses, first, strict=True):
        served = mother.get(address)
        assert content.startswith(b"%PDF")
        assert b"".join(served.streaming_content) == content
        assert served["Content-Disposition"].startswith("attachment")
        assert "sandbox" in served["Content-Security-Policy"]
    assert Blob.objects.count() == blobs
    assert mother.get(f"/my-cases/{case.id}/declaration/").content.startswith(b"%PDF")


def test_a_certificate_that_is_ready_is_offered(world: World, mother: Client) -> None:
    case = carry(world, send_birth(world), to="RETURN")
    assert f"/results/{case.results.get().id}/" in mother.get(f"/my-cases/{case.id}/").content.decode()


def test_a_refusal_says_why(world: World, mother: Client) -> None:
    case = refuse(send_birth(world).id, reason="Không thuộc thẩm quyền", by=world.officer("clerk"), at=AT)
    shown = mother.get(f"/my-cases/{case.id}/").content.decode()
    assert shown.index("Không thuộc thẩm quyền") < shown.index("Đã làm những gì")
