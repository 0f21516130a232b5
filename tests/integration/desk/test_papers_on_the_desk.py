import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from camaug.cases.actions.register import register
from camaug.cases.lifecycle import PaperState
from camaug.cases.models import Case
from tests.applications import carry, photo, send_birth, shop_intake
from tests.desks import desk_of, page_of
from tests.world import AT, World

PAPER = "papers/giay-chung-sinh/"


def content_of(response: object) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]


def test_a_file_is_shown_in_place_and_cannot_run(world: World) -> None:
    case = send_birth(world)
    file = case.files.get()
    answer = desk_of(world, "clerk").get(page_of(case, f"files/{file.id}/"))
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/jpeg")
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert answer["X-Content-Type-Options"] == "nosniff"
    saved = desk_of(world, "clerk").get(page_of(case, f"files/{file.id}/?download"))
    assert saved["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("who", ["other_clerk", "district_clerk", "administrator"])
def test_strangers_find_no_file_no_form_no_result(world: World, who: str) -> None:
    case = carry(world, send_birth(world), to="RETURN")
    stranger = desk_of(world, who)
    for resource in (
        f"files/{case.files.get().id}/",
        f"slips/{case.slips.first().id}/",  # type: ignore[union-attr]
        f"results/{case.results.get().id}/",
        "control-sheet/",
        "declaration/",
        "approval/preview/",
        PAPER,
        PAPER + "files/",
    ):
        assert stranger.get(page_of(case, resource)).status_code == 404, resource


def test_a_file_is_found_only_under_its_own_case(world: World) -> None:
    one, other = send_birth(world), send_birth(world)
    assert desk_of(world, "clerk").get(page_of(other, f"files/{one.files.get().id}/")).status_code == 404


def test_forms_results_and_declaration_are_pdfs_and_printed_once(world: World) -> None:
    case = carry(world, send_birth(world), to="RETURN")
    clerk = desk_of(world, "clerk")
    slip, result = case.slips.get(), case.results.get()
    for resource in (f"slips/{slip.id}/", f"results/{result.id}/", "control-sheet/", "declaration/"):
        answer = clerk.get(page_of(case, resource))
        assert answer["Content-Type"] == "application/pdf"
        assert content_of(answer).startswith(b"%PDF")
    slip.refresh_from_db()
    first = slip.blob_id
    clerk.get(page_of(case, f"slips/{slip.id}/"))
    slip.refresh_from_db()
    assert first == slip.blob_id is not None


def test_who_approves_sees_what_would_be_signed(world: World) -> None:
    case = carry(world, send_birth(world), to="APPROVE")
    shown = desk_of(world, "chairman").get(page_of(case, "approval/")).content.decode()
    assert "Hoàng Nguyễn Bảo An" in shown
    preview = desk_of(world, "chairman").get(page_of(case, "approval/preview/"))
    assert content_of(preview).startswith(b"%PDF")
    assert desk_of(world, "specialist").get(page_of(case, "approval/preview/")).status_code == 404
    assert not Case.objects.get(pk=case.pk).results.exists()


def test_a_paper_is_checked(world: World) -> None:
    case = send_birth(world)
    answer = desk_of(world, "clerk").post(page_of(case, PAPER), {"found": "CHECKED", "note": "Rõ, đủ dấu"})
    assert answer.status_code == 302
    paper = case.papers.get(paper="giay-chung-sinh")
    assert (paper.state, paper.note) == (PaperState.CHECKED, "Rõ, đủ dấu")


def test_data_that_stand_for_a_paper_say_their_source(world: World) -> None:
    case = send_birth(world)
    clerk = desk_of(world, "clerk")
    wrong = clerk.post(page_of(case, PAPER), {"found": "REPLACED", "source": " ", "source_record": "77", "note": "tra"})
    assert wrong.status_code == 422
    assert 'value="77"' in wrong.content.decode()
    right = {"found": "REPLACED", "source": "Giấy chứng sinh điện tử", "source_record": "77"}
    assert clerk.post(page_of(case, PAPER), right).status_code == 302
    paper = case.papers.get(paper="giay-chung-sinh")
    assert (paper.state, paper.source) == (PaperState.REPLACED, "Giấy chứng sinh điện tử")
    assert paper.source_at is not None


def test_whose_turn_it_is_not_checks_nothing(world: World) -> None:
    case = send_birth(world)
    answer = desk_of(world, "specialist").post(page_of(case, PAPER), {"found": "CHECKED"})
    assert answer.status_code == 403
    assert case.papers.get(paper="giay-chung-sinh").state == PaperState.GIVEN


def test_a_scan_is_added_and_a_false_one_is_refused_in_words(world: World) -> None:
    case = register(shop_intake(world), by=world.officer("district_clerk"), at=AT)
    clerk = desk_of(world, "district_clerk")
    address = page_of(case, "papers/giay-de-nghi/files/")
    false = clerk.post(address, {"files": SimpleUploadedFile("giay.pdf", b"MZ not a paper")})
    assert false.status_code == 422
    assert "govuk-error-summary" in false.content.decode()
    assert clerk.post(address, {"files": SimpleUploadedFile("giay.jpg", photo())}).status_code == 302
    assert case.files.get().file_name == "giay.jpg"


def test_an_unknown_paper_is_no_page(world: World) -> None:
    assert desk_of(world, "clerk").get(page_of(send_birth(world), "papers/giay-ma/")).status_code == 404
