"""The code that stands on a paper: drawn once, worth nothing when guessed, and telling nothing of a person."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from camaug.cases.actions.open_proof import NoSuchPaper, open_proof
from camaug.cases.actions.stamp_slip import stamp_slip
from camaug.cases.models import Slip
from camaug.kernel.actors import ANONYMOUS, SYSTEM
from camaug.kernel.codes import LETTERS, fresh_code
from tests.applications import carry, send_birth
from tests.world import AT, World

pytestmark = pytest.mark.django_db
WRONG = "ZZZZZZZZZZZZ"


@pytest.fixture
def slip(world: World) -> Slip:
    case = carry(world, send_birth(world), to="EXAMINE")
    return stamp_slip(case.slips.get(form=1).id, by=SYSTEM, at=AT)


def address(slip: Slip) -> str:
    return f"/proofs/{slip.proof_code}/"


def test_it_is_drawn_when_the_paper_is_first_printed_and_stays(slip: Slip) -> None:
    assert re.fullmatch(rf"[{LETTERS}]{{12}}", slip.proof_code or "")
    assert stamp_slip(slip.id, by=SYSTEM, at=AT + timedelta(days=1)).proof_code == slip.proof_code


def test_typed_as_it_stands_it_leads_to_the_page(slip: Slip) -> None:
    code = str(slip.proof_code)
    for typed in (code, f" {code[:4].lower()}-{code[4:8]} {code[8:]} ", f"https://camau.example/proofs/{code}/"):
        assert Client().post("/proofs/", {"code": typed})["Location"] == address(slip)


@pytest.mark.parametrize("typed", ["", WRONG, "x", "H12.39.32245-261123-0001", "../../", "I" * 12])
def test_a_wrong_one_leads_nowhere_with_one_sentence(slip: Slip, typed: str) -> None:
    answer = Client().post("/proofs/", {"code": typed})
    assert answer.status_code == 422
    assert "Không tìm thấy giấy nào có mã này" in answer.content.decode()


def test_whoever_scanned_a_paper_that_nobody_issued_is_told_so_and_may_type_another_code(slip: Slip) -> None:
    page = Client().get(f"/proofs/{WRONG}/").content.decode()
    assert "Không tìm thấy giấy nào có mã này" in page
    assert "hãy hỏi lại cơ quan ghi trên giấy" in page
    assert '<form method="post" action="/proofs/"' in page
    assert "hãy hỏi lại cơ quan" not in Client().post("/proofs/", {"code": WRONG}).content.decode()


def test_a_wrong_address_is_nobodys_page(slip: Slip) -> None:
    for wrong in (WRONG, "x", "I" * 12):
        assert Client().get(f"/proofs/{wrong}/").status_code == 404
        assert Client().get(f"/proofs/{wrong}/file/").status_code == 404
        assert Client().post(f"/proofs/{wrong}/", {"fact": "0123"}).status_code == 404


def test_wrong_ones_all_cost_the_same(slip: Slip) -> None:
    costs = set()
    for wrong in (WRONG, fresh_code(), str(slip.proof_code)[:-1] + ("2" if slip.proof_code[-1:] != "2" else "3")):
        with CaptureQueriesContext(connection) as asked, pytest.raises(NoSuchPaper):
            open_proof(wrong, by=ANONYMOUS, at=AT)
        costs.add(len(asked))
    assert len(costs) == 1


def test_one_network_guesses_few_codes_and_right_ones_are_not_counted(slip: Slip) -> None:
    assert {Client().get(address(slip)).status_code for _time in range(40)} == {200}
    assert {Client().get(f"/proofs/{fresh_code()}/").status_code for _time in range(30)} == {404}
    for typed in (fresh_code(), str(slip.proof_code)):
        assert Client().post("/proofs/", {"code": typed}).status_code == 429


def test_the_digits_on_the_paper_are_tried_a_few_times_only(slip: Slip) -> None:
    tries = [Client().post(address(slip), {"fact": f"{number}"}).status_code for number in range(1000, 1006)]
    assert tries == [422] * 5 + [429]
    assert Client().post(address(slip), {"fact": "0123"}).status_code == 429
    assert Client().get(address(slip)).status_code == 200


def test_the_page_names_nobody_and_says_what_it_waits_for(slip: Slip) -> None:
    page = Client().get(address(slip)).content.decode().split("<main")[1].split("</main>")[0]
    assert slip.facts["code"] in page
    assert slip.facts["office"]["name"] in page
    assert "Bằng chứng sẽ có ngay" in page
    sender = slip.facts["sender"]
    assert not [sender[key] for key in ("name", "number", "phone", "address") if sender[key] and sender[key] in page]
