"""Officers' programs: lists, one case, every move, files; as the pages do it."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from camaug.cases.lifecycle import LIFECYCLE
from camaug.cases.models import Case
from camaug.cases.queries import inbox
from camaug.cases.queries.as_json import EXPANSIONS
from camaug.cases.rest.answers import CaseLine, CaseWhole
from camaug.kernel.clock import now
from camaug.kernel.rest import Scope
from tests.applications import SHOP, carry, photo, send_birth
from tests.callers import Program, program_of
from tests.integration.gateway.bodies import BODIES
from tests.world import DISTRICT, World


@pytest.fixture
def clerk(world: World) -> Program:
    return program_of(world.officer("clerk", at=now()))


def officer(world: World, key: str) -> Program:
    return program_of(world.officer(key, at=now()))


def test_a_list_of_the_inbox_is_that_of_the_page(world: World, clerk: Program) -> None:
    codes = {send_birth(world, at=now()).code for _ in range(3)}
    told = clerk.get("/cases?tab=receive").json()
    shown = inbox(world.officer("clerk", at=now()), "receive", at=now())
    assert [line["code"] for line in told["items"]] == [row.code for row in shown.rows]
    assert {line["code"] for line in told["items"]} == codes
    for line in told["items"]:
        CaseLine.model_validate(line)
        assert set(line) == set(CaseLine.model_fields)


def test_pages_of_a_list_hold_each_case_once_in_order(world: World, clerk: Program) -> None:
    every = [send_birth(world, at=now()).code for _ in range(5)]
    for tab, expected in (("", every[::-1]), ("tab=receive&", every)):
        found: list[str] = []
        path = f"/cases?{tab}limit=2"
        while path:
            told = clerk.get(path).json()
            found += [line["code"] for line in told["items"]]
            path = f"/cases?{tab}limit=2&after={told['next']}" if told["next"] else ""
        assert found == expected


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("state=SUBMITTED", 1),
        ("state=RECEIVED&state=IN_PROCESS", 1),
        ("procedure=dang-ky-khai-sinh", 2),
        ("procedure=no-such", 0),
        ("channel=ONLINE", 2),
        ("channel=POST", 0),
        ("agency=H12.39.32245", 2),
        ("mine=true", 0),
    ],
)
def test_filters_narrow_a_list(world: World, clerk: Program, query: str, count: int) -> None:
    send_birth(world)
    carry(world, send_birth(world), to="EXAMINE")
    assert len(clerk.get(f"/cases?{query}").json()["items"]) == count


@pytest.mark.parametrize(("words", "count"), [("nguyen lan", 2), ("%25", 0), ("nobody", 0)])
def test_words_narrow_a_list(world: World, clerk: Program, words: str, count: int) -> None:
    send_birth(world)
    carry(world, send_birth(world), to="EXAMINE")
    assert len(clerk.get("/cases", Search_Words=words).json()["items"]) == count


def test_a_case_is_told_whole_with_whatever_is_expanded(world: World, clerk: Program) -> None:
    case = carry(world, send_birth(world), to="RETURN")
    told = clerk.get(f"/cases/{case.code}?expand={','.join(EXPANSIONS)}")
    CaseWhole.model_validate(told.json())
    assert set(told.json()) == set(CaseWhole.model_fields)
    assert told["ETag"].startswith(f'"{case.revision}-')
    assert told.json()["answers"]["child_name"] == case.answers["child_name"]
    assert [len(told.json()[name]) > 0 for name in ("papers", "files", "slips", "results", "happenings")] == [True] * 5
    assert not set(clerk.get(f"/cases/{case.code}").json()) & set(EXPANSIONS)
    assert clerk.get(f"/cases/{case.code}?expand=secrets").status_code == 422


def test_a_birth_travels_by_programs_alone(world: World, clerk: Program) -> None:
    case = send_birth(world, at=now())
    steps: list[tuple[str, str, Any]] = [
        ("clerk", "receive", None),
        ("specialist", "show-draft", {}),
        ("clerk", "answer-draft", {"agrees": True}),
        ("specialist", "propose", {"proposal": "GRANTED"}),
        ("chairman", "approve", {}),
        ("registrar", "publish-result", None),
        ("clerk", "confirm-payment", {"way": "CASH"}),
        ("clerk", "hand-out", {"name": "Nguyễn Thị Lan"}),
    ]
    for who, move, body in steps:
        program = officer(world, who)
        offered = {one["move"]: one for one in program.get(f"/cases/{case.code}/moves").json()["items"]}
        assert offered[move.replace("-", "_")]["refusal"] == ""
        seen = program.get(f"/cases/{case.code}")["ETag"]
        made = program.post(f"/cases/{case.code}/moves/{move}", body, If_Match=seen)
        assert made.status_code == 200, made.content
    assert clerk.get(f"/cases/{case.code}").json()["state"] == "HANDED_OUT"


def test_an_unpaid_result_is_refused_with_the_sum_and_paid_with_one_move(world: World, clerk: Program) -> None:
    at = now()
    case = carry(world, send_birth(world, at=at), to="RETURN", at=at, paid=False)
    refused = clerk.post(f"/cases/{case.code}/moves/hand-out", {"name": "Nguyễn Thị Lan"})
    assert (refused.status_code, refused["Content-Type"]) == (422, "application/problem+json")
    assert "16.000" in refused.content.decode()
    assert clerk.post(f"/cases/{case.code}/moves/confirm-payment", {"way": "CASH"}).status_code == 200
    assert clerk.post(f"/cases/{case.code}/moves/hand-out", {"name": "Nguyễn Thị Lan"}).status_code == 200
    (paid,) = clerk.get(f"/cases/{case.code}?expand=payments").json()["payments"]
    assert (paid["state"], paid["amount"], paid["receipt_number"] != "") == ("PAID", 16_000, True)


def test_every_move_of_the_law_has_an_operation(world: World, clerk: Program) -> None:
    case = send_birth(world)
    for move in {move.name for move in LIFECYCLE.moves} - {"submit", "complete"}:
        told = clerk.post(f"/cases/{case.code}/moves/{move.replace('_', '-')}", {"nothing": 1})
        assert told.status_code != 404, move


@pytest.mark.parametrize("move", sorted({move.name for move in LIFECYCLE.moves} - {"submit", "complete"}))
def test_a_move_on_what_was_moved_meanwhile_is_refused(world: World, clerk: Program, move: str) -> None:
    case = send_birth(world, at=now())
    seen = clerk.get(f"/cases/{case.code}")["ETag"]
    clerk.post(f"/cases/{case.code}/moves/receive", If_Match=seen)
    path = f"/cases/{case.code}/moves/{move.replace('_', '-')}"
    late = officer(world, "specialist").post(path, BODIES.get(f"move_{move}"), If_Match=seen)
    assert late.status_code == 409, late.content
    assert late.json()["type"].endswith("#case-moved-on")


@pytest.mark.parametrize(
    ("move", "said", "field"),
    [
        ("stop", {"refund": False}, "refund"),
        ("stop", {"refund": "5000"}, "refund"),
        ("ask-payment", {"sums": {"copies": True}}, "sums.copies"),
        ("consult", {"text": "Có đúng không?", "hours": "8"}, "hours"),
        ("apologise", {"reason": "Bận", "new_date": 1_796_083_200}, "new_date"),
        ("apologise", {"reason": "Bận", "new_date": "1796083200"}, "new_date"),
        ("apologise", {"reason": "Bận", "new_date": "2026-12-01T00:00:00"}, "new_date"),
    ],
)
def test_what_only_passes_for_a_number_or_a_day_is_refused(
    world: World, clerk: Program, move: str, said: dict[str, Any], field: str
) -> None:
    told = clerk.post(f"/cases/{send_birth(world, at=now()).code}/moves/{move}", said)
    assert (told.status_code, list(told.json()["errors"])) == (422, [field]), told.content


def test_a_move_that_is_another_persons_is_refused_with_the_sentence_of_the_policy(world: World) -> None:
    case = send_birth(world)
    refused = officer(world, "specialist").post(f"/cases/{case.code}/moves/receive")
    assert refused.status_code == 403
    assert "Một cửa" in refused.json()["title"]


def test_a_move_asked_for_twice_under_one_key_is_made_once(world: World, clerk: Program) -> None:
    case = send_birth(world)
    first = clerk.post(f"/cases/{case.code}/moves/receive", key="a")
    again = clerk.post(f"/cases/{case.code}/moves/receive", key="a")
    assert first.content == again.content
    assert again["Idempotent-Replayed"] == "true"


def test_a_shop_is_taken_in_at_the_counter(world: World) -> None:
    program = officer(world, "district_clerk")
    intake = {
        "procedure": "dang-ky-ho-kinh-doanh",
        "receiving_agency": DISTRICT,
        "name": "Lê Văn Được",
        "number": "096088000789",
        "phone": "+84918000789",
        "answers": SHOP,
        "papers": {"giay-de-nghi": {"originals": 1}},
        "payment_way": "CASH",
    }
    made = program.post("/cases", intake, key="a")
    assert made.status_code == 201, made.content
    assert program.post("/cases", intake, key="a").content == made.content
    assert Case.objects.filter(applicant_name="Lê Văn Được").count() == 1
    wrong = program.post("/cases", {**intake, "answers": {}})
    assert wrong.status_code == 422
    assert "business_name" in wrong.json()["errors"]
    assert program.post("/cases", {**intake, "receiving_agency": "H12.39.32245"}).status_code == 403


def test_files_are_read_and_given(world: World, clerk: Program) -> None:
    case = carry(world, send_birth(world), to="RETURN")
    told = clerk.get(f"/cases/{case.code}?expand=files,slips,results").json()
    for kind in ("files", "slips", "results"):
        got = clerk.get(f"/cases/{case.code}/{kind}/{told[kind][0]['id']}")
        assert got.status_code == 200
        assert b"".join(got)[:4] in (b"\xff\xd8\xff\xe0", b"%PDF")
    added = clerk.post(f"/cases/{case.code}/files?paper=giay-chung-sinh&name=a.jpg", photo("gray"))
    assert added.status_code == 201
    assert added.json()["media_type"] == "image/jpeg"


def test_a_token_to_read_moves_nothing(world: World) -> None:
    case = send_birth(world)
    reader = program_of(world.officer("clerk", at=now()), Scope.READ)
    assert reader.get(f"/cases/{case.code}").status_code == 200
    assert reader.post(f"/cases/{case.code}/moves/receive").status_code == 403


@pytest.mark.parametrize(
    ("asked", "most"),
    [("/cases/{code}", 2), ("/cases?tab=receive&limit=100&channel=ONLINE", 3)],  # what shows also notes who looked
)
def test_the_hot_operations_ask_little_of_the_database(world: World, clerk: Program, asked: str, most: int) -> None:
    address = asked.format(code=send_birth(world).code)
    few = _questions(clerk, address)
    for _ in range(5):
        send_birth(world)
    assert 0 < few == _questions(clerk, address) <= most


def _questions(clerk: Program, address: str) -> int:
    """Of the database for one answer: the fewest of three, since every so often one also draws on the allowance."""
    counts = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as asked:
            assert clerk.get(address).status_code == 200
        counts.append(len(asked))
    return min(counts)


def test_json_of_the_database_is_json(world: World, clerk: Program) -> None:
    case = send_birth(world)
    assert json.loads(clerk.get(f"/cases/{case.code}").content)["code"] == case.code
