"""An idempotency key is claimed with what a write asks first: for a connection that has its statements prepared, as in
all day's work.
"""

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse

from camaug.access.models import ApiToken
from camaug.cases.models import Case, Payment
from camaug.gateway.models import KeptAnswer
from camaug.kernel.clock import now
from camaug.kernel.models import EventRecord
from tests.applications import COPY, send_birth
from tests.callers import Program, program_of
from tests.world import COMMUNE, World, build

pytestmark = pytest.mark.django_db(transaction=True)
OFTEN = 10
COPIES = {
    "procedure": "chung-thuc-ban-sao",
    "receiving_agency": COMMUNE,
    "name": "Đặng Ngọc Ánh",
    "number": "096300000321",
    "answers": COPY,
    "payment_way": "CASH",
}


@pytest.fixture
def standing() -> World:
    return build()


@pytest.fixture
def clerk(standing: World) -> Program:
    """At a counter that has taken in cases before, over this connection."""
    program = program_of(standing.officer("clerk", at=now()))
    warm(program)
    return program


def warm(program: Program, name: str = "warm") -> None:
    for number in range(OFTEN):
        assert program.post("/cases", COPIES, key=f"{name}-{number}").status_code == 201


def problem(answer: HttpResponse) -> tuple[int, str]:
    return answer.status_code, json.loads(answer.content)["type"].rpartition("#")[2]


def test_a_repeated_request_is_answered_alike(clerk: Program) -> None:
    first = clerk.post("/cases", COPIES, key="a")
    again = clerk.post("/cases", COPIES, key="a")
    assert (again.status_code, again.content, again["Idempotent-Replayed"]) == (201, first.content, "true")
    assert again["ETag"] == first["ETag"]
    assert Case.objects.count() == OFTEN + 1


def test_it_is_answered_alike_though_it_would_be_refused_by_now(standing: World, clerk: Program) -> None:
    """The token's proof has become too old since: what was done is done."""
    case = send_birth(standing, at=now())
    body = {"reason": "Thiếu giấy tờ"}
    first = clerk.post(f"/cases/{case.code}/moves/refuse", body, key="w")
    assert first.status_code == 200
    ApiToken.objects.update(shown_at=now() - timedelta(days=1))
    again = clerk.post(f"/cases/{case.code}/moves/refuse", body, key="w")
    assert (again.status_code, again.content) == (200, first.content)
    assert problem(clerk.post(f"/cases/{case.code}/moves/refuse", body, key="another"))[0] == 401


@pytest.mark.parametrize("body", [{**COPIES, "name": "Lê Văn Được"}, {**COPIES, "answers": {}}, {"nonsense": 1}])
def test_another_request_under_the_same_key_is_refused_whatever_is_wrong_with_it(
    clerk: Program, body: dict[str, Any]
) -> None:
    clerk.post("/cases", COPIES, key="a")
    assert problem(clerk.post("/cases", body, key="a")) == (422, "key-used-otherwise")
    assert Case.objects.count() == OFTEN + 1


def test_what_is_refused_takes_neither_its_key_nor_a_number(clerk: Program) -> None:
    before = KeptAnswer.objects.count()
    assert problem(clerk.post("/cases", {**COPIES, "answers": {}}, key="a")) == (422, "invalid-input")
    assert problem(clerk.post("/cases", {"nonsense": 1}, key="a")) == (422, "invalid-input")
    assert KeptAnswer.objects.count() == before
    made = json.loads(clerk.post("/cases", COPIES, key="a").content)
    assert made["code"].endswith(f"-{OFTEN + 1:04d}")


def test_from_many_warm_lines_at_once_each_key_is_done_once_and_every_number_given_once(standing: World) -> None:
    program = program_of(standing.officer("clerk", at=now()))
    lines, rounds = 4, 5
    barrier = Barrier(lines)

    def line(index: int) -> list[tuple[int, bytes]]:
        try:
            warm(program, f"line-{index}")
            found = []
            for number in range(rounds):
                barrier.wait()
                answer = program.post("/cases", COPIES, key=f"all-{number}")
                found.append((answer.status_code, answer.content))
            return found
        finally:
            connection.close()

    with ThreadPoolExecutor(lines) as threads:
        answers = list(threads.map(line, range(lines)))
    for same in zip(*answers, strict=True):
        assert len(set(same)) == 1
        assert same[0][0] == 201
    many = lines * OFTEN + rounds
    codes = sorted(str(code)[-4:] for code in Case.objects.values_list("code", flat=True))
    assert codes == [f"{number:04d}" for number in range(1, many + 1)]
    receipts = sorted(Payment.objects.values_list("receipt_number", flat=True))
    assert [number[:5] for number in receipts] == [f"{number:05d}" for number in range(1, many + 1)]
    assert EventRecord.objects.filter(name="cases.CaseReceived").count() == many


@pytest.fixture
def ways(tmp_path: Path) -> Iterator[Path]:
    """What goes over the wire, as libpq writes it down."""
    told = tmp_path / "wire"
    with told.open("wb") as wire:
        connection.connection.pgconn.trace(wire.fileno())
        yield told
        connection.connection.pgconn.untrace()


def test_taking_a_case_in_costs_three_ways_to_the_database(clerk: Program, ways: Path) -> None:
    """Who calls; the key, the version and the numbers; the rows, the answer and COMMIT.

    Once a minute the caller's allowance is taken as well: then the next request tells.
    """
    told = ""
    for key in "ab":
        before = len(ways.read_text())
        assert clerk.post("/cases", COPIES, key=key).status_code == 201
        told = ways.read_text()[before:]
        if "access_throttle" not in told:
            break
    lines = [line.split("\t") for line in told.splitlines()]
    sent = [name for _at, whose, _octets, name, *_more in lines if whose == "F"]
    assert [name for name in sent if name in ("Sync", "Query")] == ["Sync"] * 3
