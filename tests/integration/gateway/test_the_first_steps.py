"""What every operation shares, seen on a few of them."""

from typing import Any

import pytest
from django.test import Client

from camaug.access.models import Account
from camaug.cases.models import Case
from camaug.gateway.models import KeptAnswer
from camaug.kernel.rest import Scope
from tests.callers import Program, program_of
from tests.sessions import enter
from tests.world import World

DRAFT = {"procedure": "dang-ky-khai-sinh"}


@pytest.fixture
def mother(world: World) -> Program:
    return program_of(world.citizen("mother"))


def test_the_catalogue_is_open_to_everybody(world: World) -> None:
    found = Program().get("/procedures?limit=2")
    assert found.status_code == 200
    first = found.json()
    assert len(first["items"]) == 2
    assert first["next"]
    assert 'rel="next"' in found["Link"]
    second = Program().get(f"/procedures?limit=2&after={first['next']}").json()
    codes = [line["code"] for line in (*first["items"], *second["items"])]
    assert codes == sorted(set(codes))


def test_a_procedure_is_told_whole_with_its_form(world: World) -> None:
    told = Program().get("/procedures/dang-ky-khai-sinh").json()
    assert all(told[part] for part in ("papers", "limits", "sequence"))
    form = Program().get("/procedures/dang-ky-khai-sinh/form").json()
    assert "child_name" in form["properties"]


def test_a_refusal_is_a_problem_in_the_readers_language(world: World) -> None:
    told = Program(language="en").get("/procedures/no-such-thing")
    assert told["Content-Type"] == "application/problem+json"
    assert told.json() == {
        "type": "http://localhost:8000/api/v1/docs/#not-found",
        "title": "Not found.",
        "status": 404,
    }
    assert Program().get("/procedures/no-such-thing").json()["title"] == "Không tìm thấy."


@pytest.mark.parametrize(
    ("path", "status"),
    [("/nothing-here", 404), ("/procedures?limit=many", 422), ("/procedures?after=made.up", 422), ("/own-cases", 401)],
)
def test_whatever_is_refused_is_refused_as_a_problem(world: World, path: str, status: int) -> None:
    told = Program().get(path)
    assert (told.status_code, told["Content-Type"]) == (status, "application/problem+json")
    assert told.json()["status"] == status


def test_a_write_is_done_once_however_often_it_is_asked_for(world: World, mother: Program) -> None:
    first = mother.post("/own-cases", DRAFT, key="a")
    again = mother.post("/own-cases", DRAFT, key="a")
    assert first.status_code == again.status_code == 201
    assert first.content == again.content
    assert first["Location"] == again["Location"]
    assert "Idempotent-Replayed" not in first
    assert again["Idempotent-Replayed"] == "true"
    assert Case.objects.count() == 1


def test_a_key_belongs_to_one_request(world: World, mother: Program) -> None:
    mother.post("/own-cases", DRAFT, key="a")
    other = mother.post("/own-cases", {"procedure": "dang-ky-ket-hon"}, key="a")
    assert other.status_code == 422
    assert other.json()["type"].endswith("#key-used-otherwise")
    assert Case.objects.count() == 1


def test_two_callers_may_choose_the_same_key(world: World, mother: Program) -> None:
    mother.post("/own-cases", DRAFT, key="a")
    assert program_of(world.citizen("student")).post("/own-cases", DRAFT, key="a").status_code == 201
    assert Case.objects.count() == 2


def test_a_refused_write_leaves_nothing_and_may_be_tried_again_under_its_key(world: World, mother: Program) -> None:
    wrong = mother.post("/own-cases", {"procedure": "no-such"}, key="a")
    assert wrong.status_code == 404
    assert not KeptAnswer.objects.exists()
    assert mother.post("/own-cases", DRAFT, key="a").status_code == 201


@pytest.mark.parametrize("body", [None, [], {}, {"procedure": 1}, {"procedure": "a", "more": 1}, "x"])
def test_what_is_not_described_is_refused(world: World, mother: Program, body: Any) -> None:
    assert mother.post("/own-cases", body).status_code in (400, 422)


def test_a_write_needs_a_key(world: World, mother: Program) -> None:
    told = Client().post(
        "/api/v1/own-cases", DRAFT, "application/json", headers={"Authorization": f"Bearer {mother.secret}"}
    )
    assert told.status_code == 422
    assert "Idempotency-Key" in told.json()["errors"]


def test_a_session_reads_and_never_writes(world: World) -> None:
    browser = Client()
    enter(browser, _account(world))
    assert browser.get("/api/v1/own-cases").status_code == 200
    sent = browser.post("/api/v1/own-cases", DRAFT, "application/json", headers={"Idempotency-Key": "a"})
    assert sent.status_code == 401
    assert not Case.objects.exists()


def test_a_token_to_read_does_not_write(world: World) -> None:
    reader = program_of(world.citizen("mother"), Scope.READ)
    assert reader.get("/own-cases").status_code == 200
    refused = reader.post("/own-cases", DRAFT)
    assert refused.status_code == 403
    assert refused.json()["type"].endswith("#scope-missing")


def test_what_a_caller_has_already_is_not_sent_again(world: World) -> None:
    told = Program().get("/procedures/dang-ky-khai-sinh")
    same = Program().get("/procedures/dang-ky-khai-sinh", If_None_Match=told["ETag"])
    assert (same.status_code, same.content) == (304, b"")


def _account(world: World) -> Account:
    return Account.objects.get(pk=world.citizens["mother"])
