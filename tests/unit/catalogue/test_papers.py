from datetime import date

import pytest

from camaug.catalogue.queries import papers
from tests.unit.catalogue.samples import real

ON = date(2026, 11, 23)
ALWAYS_AT_BIRTH = {"to-khai": True, "giay-to-tuy-than": False}


def needed(code: str, **answers: str) -> dict[str, bool]:
    return {need.paper.id: need.required for need in papers(real(code), answers, ON)}


@pytest.mark.parametrize(
    ("answers", "more"),
    [
        ({}, {}),
        ({"birth_proof": "CERTIFICATE"}, {"giay-chung-sinh": True}),
        ({"birth_proof": "ELECTRONIC"}, {"giay-chung-sinh": True}),
        ({"birth_proof": "WITNESS"}, {"van-ban-nguoi-lam-chung": True}),
        ({"birth_proof": "COMMITMENT"}, {"giay-cam-doan": True}),
        ({"birth_proof": "ABANDONED"}, {"bien-ban-bo-roi": True}),
        ({"surrogacy": "YES"}, {"xac-nhan-mang-thai-ho": True}),
        ({"surrogacy": "NO", "by_proxy": "NO", "parents_married": "NO"}, {}),
        ({"by_proxy": "YES"}, {"van-ban-uy-quyen": True}),
        ({"parents_married": "YES"}, {"giay-chung-nhan-ket-hon": False}),
    ],
)
def test_the_answers_decide_which_papers_a_birth_needs(answers: dict[str, str], more: dict[str, bool]) -> None:
    assert needed("dang-ky-khai-sinh", **answers) == ALWAYS_AT_BIRTH | more


@pytest.mark.parametrize(("proof", "replaced"), [("CERTIFICATE", False), ("ELECTRONIC", True)])
def test_electronic_data_stand_for_the_birth_notification(proof: str, replaced: bool) -> None:
    needs = papers(real("dang-ky-khai-sinh"), {"birth_proof": proof}, ON)
    assert {need.paper.id: need.replaced for need in needs}["giay-chung-sinh"] is replaced


def test_the_declaration_is_no_paper_that_anyone_uploads() -> None:
    for code in ("dang-ky-khai-sinh", "dang-ky-ho-kinh-doanh"):
        assert [paper.id for paper in real(code).papers if paper.declaration] == [real(code).papers[0].id]


@pytest.mark.parametrize(
    ("answers", "required"),
    [
        ({"founders": "PERSON", "by_proxy": "NO"}, {"giay-de-nghi"}),
        ({"founders": "FAMILY", "by_proxy": "NO"}, {"giay-de-nghi", "uy-quyen-chu-ho"}),
        ({"founders": "PERSON", "by_proxy": "YES"}, {"giay-de-nghi", "van-ban-uy-quyen"}),
        ({"founders": "FAMILY", "by_proxy": "YES"}, {"giay-de-nghi", "uy-quyen-chu-ho", "van-ban-uy-quyen"}),
    ],
)
def test_a_household_business_files_by_who_founds_and_who_files(answers: dict[str, str], required: set[str]) -> None:
    found = needed("dang-ky-ho-kinh-doanh", **answers)
    assert {paper for paper, blocks in found.items() if blocks} == required


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({"issuer": "VIETNAMESE"}, ["ban-chinh", "ban-sao"]),
        ({"issuer": "FOREIGN", "consular": "EXEMPT_KIND"}, ["ban-chinh", "ban-sao"]),
        ({"issuer": "FOREIGN", "consular": "LEGALISED"}, ["ban-chinh", "ban-sao", "hop-phap-hoa-lanh-su"]),
    ],
)
def test_a_foreign_original_shows_its_legalisation(answers: dict[str, str], shown: list[str]) -> None:
    assert list(needed("chung-thuc-ban-sao", **answers)) == shown
