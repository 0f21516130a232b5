import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from camaug.cases.models import Case
from camaug.kernel.files import limits
from tests.integration.cases.portal.conftest import SignedIn
from tests.integration.cases.portal.journey import answer_pages, begin, photo
from tests.world import COMMUNE, DISTRICT, OTHER_COMMUNE, World

pytestmark = pytest.mark.django_db
PAPER = "giay-chung-sinh"


@pytest.fixture
def mother(signed_in: SignedIn) -> Client:
    return signed_in("mother")


@pytest.fixture
def draft(mother: Client) -> Case:
    case = begin(mother)
    answer_pages(mother, case)
    return case


def test_the_office_where_one_lives_is_offered(world: World, mother: Client, draft: Case) -> None:
    assert str(world.agencies[COMMUNE]) in mother.get(f"/applications/{draft.id}/office/").content.decode()


def test_only_an_office_that_receives_the_procedure_is_taken(world: World, mother: Client, draft: Case) -> None:
    page = f"/applications/{draft.id}/office/"
    for wrong in ("", "x", str(world.agencies[DISTRICT]), str(draft.id)):
        assert mother.post(page, {"office": wrong}).status_code == 422
    assert mother.post(page, {"office": str(world.agencies[OTHER_COMMUNE])}).status_code == 302
    draft.refresh_from_db()
    assert draft.receiving_agency_id == world.agencies[OTHER_COMMUNE]


def test_one_wrong_file_does_not_cost_the_others(mother: Client, draft: Case) -> None:
    broken = SimpleUploadedFile("giay.pdf", b"not a pdf at all")
    response = mother.post(f"/applications/{draft.id}/papers/", {PAPER: [photo(), broken]})
    assert response.status_code == 422
    assert "giay.pdf" in response.content.decode()
    assert [file.file_name for file in draft.files.all()] == ["giay-chung-sinh.jpg"]


def test_a_file_that_is_too_large_is_refused_with_the_limit(
    mother: Client, draft: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    large = SimpleUploadedFile("to.jpg", b"\xff" * (limits.LIMITS.bytes + 1))
    response = mother.post(f"/applications/{draft.id}/papers/", {PAPER: large})
    assert response.status_code == 422
    assert f"{settings.FILES_MAX_MEGABYTES} MB" in response.content.decode()


def test_a_missing_paper_is_asked_for_and_the_limits_are_said_beforehand(mother: Client, draft: Case) -> None:
    page = f"/applications/{draft.id}/papers/"
    assert f"{settings.FILES_MAX_MEGABYTES} MB" in mother.get(page).content.decode()
    assert mother.post(page, {}).status_code == 422
    assert mother.post(page, {PAPER: photo()}).status_code == 302
    assert mother.post(page, {}).status_code == 302


def test_the_same_photo_sent_again_stands_there_once(mother: Client, draft: Case) -> None:
    page = f"/applications/{draft.id}/papers/"
    for _time in range(2):
        mother.post(page, {PAPER: photo(), "upload": "yes"})
    assert draft.files.count() == 1


def test_a_file_can_be_seen_and_taken_out_again(mother: Client, draft: Case) -> None:
    page = f"/applications/{draft.id}/papers/"
    mother.post(page, {PAPER: photo(), "upload": "yes"})
    file = draft.files.get()
    address = f"/my-cases/{draft.id}/files/{file.id}/"
    assert address in mother.get(page).content.decode()
    served = mother.get(address)
    assert served["Content-Type"] == "image/jpeg"
    assert "sandbox" in served["Content-Security-Policy"]
    assert served["X-Content-Type-Options"] == "nosniff"
    assert mother.post(page, {"remove": str(file.id)}).status_code == 302
    assert mother.get(address).status_code == 404
    assert mother.post(page, {"remove": "x"}).status_code == 404


def test_delivery_asks_for_what_it_needs_and_keeps_what_is_right(mother: Client, draft: Case) -> None:
    page = f"/applications/{draft.id}/delivery/"
    post = {"way": "POST", "address": "", "phone": "12", "email": "lan"}
    response = mother.post(page, post)
    assert response.status_code == 422
    shown = response.content.decode()
    assert 'value="12"' in shown
    assert 'value="lan"' in shown
    assert mother.post(page, {"way": "COUNTER", "phone": "", "email": ""}).status_code == 422
    assert mother.post(page, {**post, "address": "Ấp Dinh Củ", "phone": "0918 000 123", "email": ""}).status_code == 302
    draft.refresh_from_db()
    assert (draft.delivery_way, draft.applicant_phone) == ("POST", "+84918000123")
    assert draft.delivery_address == "Ấp Dinh Củ"


def test_a_draft_is_thrown_away_after_a_question(mother: Client, draft: Case) -> None:
    page = f"/applications/{draft.id}/delete/"
    assert mother.get(page).status_code == 200
    assert Case.objects.filter(pk=draft.pk).exists()
    assert mother.post(page)["Location"] == "/my-cases/"
    assert not Case.objects.filter(pk=draft.pk).exists()
    assert mother.post(page).status_code == 404
