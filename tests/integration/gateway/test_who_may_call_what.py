"""Every operation, called by everybody: the door holds, and what one may not know of is told apart from nothing."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import Any

import pytest
from django.http import HttpResponse

from camaug.access.actions.issue_token import issue_client_token, issue_token
from camaug.access.actions.revoke_token import revoke_token
from camaug.access.models import Account, AccountKind
from camaug.access.queries import actor_of
from camaug.cases.models import Case
from camaug.cases.queries.as_json import EXPANSIONS
from camaug.gateway.web.description import described
from camaug.kernel.clock import now
from camaug.kernel.rest import Scope
from camaug.people.models import Position
from tests.applications import carry, send_birth
from tests.callers import BASE, Program, program_of
from tests.integration.gateway.bodies import BODIES, HEADERS, QUERIES, SOME
from tests.world import AT, COMMUNE, World

ELSEWHERE = {
    "code": "H12.39.32245-261123-9999",
    "case": "01900000-0000-7000-8000-00000000ffff",
    "file": SOME,
    "slip": SOME,
    "result": SOME,
    "upload": SOME,
}
OPEN = {"procedure": "dang-ky-khai-sinh", "agency": "H12.39.32245"}


@dataclass(frozen=True)
class Operation:
    """One method at one address."""

    name: str
    method: str
    path: str
    door: str

    @property
    def is_about_a_case(self) -> bool:
        return "/cases/{" in self.path or "/own-cases/{" in self.path

    def call(self, program: Program, values: dict[str, str]) -> HttpResponse:
        known = {**ELSEWHERE, **values}
        if self.door == "PUBLIC" and not self.path.startswith("/follow"):
            known["code"] = OPEN["agency" if "agencies" in self.path else "procedure"]
        path = self.path.format(**known) + QUERIES.get(self.name, "")
        headers = HEADERS.get(self.name, {})
        if self.method == "GET":
            return program.get(path, **headers)
        return program.send(self.method, path, BODIES.get(self.name), **headers)


@lru_cache(maxsize=1)
def operations() -> tuple[Operation, ...]:
    return tuple(
        Operation(told["operationId"], method.upper(), path.removeprefix(BASE), told["x-door"])
        for path, methods in described()["paths"].items()
        for method, told in methods.items()
    )


@pytest.fixture
def callers(world: World) -> dict[str, Program]:
    """By kind, with what each may be: STRANGER, MEMBER or STAFF."""
    at, officer = now(), Account.objects.get(pk=world.officers["administrator"]).officer_id
    # His post lies where the hidden cases are: administering them is no reason to read them.
    Position.objects.filter(officer=officer).update(agency=world.agencies[COMMUNE])
    administrator = world.officer("administrator", at=at)
    made = {"kind": AccountKind.CITIZEN, "password": "!", "created_at": AT}
    newcomer, _new = Account.objects.get_or_create(phone="+84918000999", defaults=made)
    revoked = issue_token("a", scopes=Scope, days=1, level="LoA2", by=world.officer("clerk", at=at), at=at)
    revoke_token(revoked.token.id, by=world.officer("clerk", at=at), at=at)
    expired = issue_token(
        "a", scopes=Scope, days=1, by=world.officer("clerk", at=at), level="LoA2", at=at - timedelta(days=2)
    )
    system = issue_client_token("Cổng của tỉnh khác", days=30, per_minute=600, by=administrator, at=at)
    return {
        "stranger": Program(),
        "somebody with a token made up": Program("cmg_nothing"),
        "somebody with a revoked token": Program(revoked.secret),
        "somebody with an expired token": Program(expired.secret),
        "another authority's system": Program(system.secret),
        "newcomer": program_of(actor_of(newcomer, at=at, origin="")),
        "student": program_of(world.citizen("student", at=at)),
        "shopkeeper": program_of(world.citizen("shopkeeper", at=at)),
        "other_clerk": program_of(world.officer("other_clerk", at=at)),
        "district_clerk": program_of(world.officer("district_clerk", at=at)),
        "administrator": program_of(administrator),
    }


MEMBERS, STAFF = {"student", "shopkeeper"}, {"other_clerk", "district_clerk", "administrator"}
TOKENLESS = {"somebody with a token made up", "somebody with a revoked token", "somebody with an expired token"}


def expected(operation: Operation, caller: str) -> set[int] | None:
    """The statuses of a closed door; None where it is open."""
    if caller in TOKENLESS:
        return {401}
    if operation.door == "PUBLIC":
        return None
    if caller in ("stranger", "another authority's system"):
        return {401}
    admitted = MEMBERS if operation.door == "MEMBERS" else STAFF
    return None if caller in admitted else {404}


def pairs(callers: dict[str, Program]) -> Iterator[tuple[Operation, str, Program]]:
    for operation in operations():
        for caller, program in callers.items():
            yield operation, caller, program


def test_every_operation_is_closed_to_whom_it_does_not_concern(callers: dict[str, Program]) -> None:
    wrong = []
    for operation, caller, program in pairs(callers):
        wanted, got = expected(operation, caller), operation.call(program, {}).status_code
        if (got not in wanted) if wanted else got == 401:
            wrong.append(f"{caller} to {operation.name}: {got}")
    assert not wrong, "\n".join(wrong)


def test_a_hidden_case_is_told_as_one_that_does_not_exist(world: World, callers: dict[str, Program]) -> None:
    hidden = values_of(carry(world, send_birth(world), to="RETURN"))
    wrong = []
    for operation, caller, program in pairs(callers):
        if operation.is_about_a_case and told(operation.call(program, hidden)) != told(operation.call(program, {})):
            wrong.append(f"{caller} to {operation.name}")
    assert not wrong, "\n".join(wrong)
    assert values_of(Case.objects.get(code=hidden["code"])) == hidden


def test_a_hidden_draft_is_told_as_one_that_does_not_exist(world: World, callers: dict[str, Program]) -> None:
    mother = program_of(world.citizen("mother", at=now()))
    draft = {"case": mother.post("/own-cases", BODIES["start_own_case"]).json()["id"]}
    others = {**callers, "clerk": program_of(world.officer("clerk", at=now()))}
    for operation, caller, program in pairs(others):
        if "/own-cases/{" in operation.path:
            assert told(operation.call(program, draft)) == told(operation.call(program, {})), (caller, operation.name)


def test_lists_and_counts_hold_only_what_the_caller_sees(world: World, callers: dict[str, Program]) -> None:
    send_birth(world)
    carry(world, send_birth(world), to="EXAMINE")
    for caller in STAFF:
        for tab in ("", "tab=receive", "tab=todo", "tab=waiting", "tab=overdue", "tab=return", "tab=done"):
            for words in ("", "lan"):
                found = callers[caller].get(f"/cases?{tab}", Search_Words=words).json()
                assert found == {"items": [], "next": None}, (caller, tab, words)
    for caller in MEMBERS:
        assert callers[caller].get("/own-cases").json()["items"] == [], caller


@pytest.mark.parametrize("expand", [*EXPANSIONS, ",".join(EXPANSIONS)])
def test_nothing_is_expanded_of_a_hidden_case(world: World, callers: dict[str, Program], expand: str) -> None:
    case = send_birth(world)
    for caller in STAFF:
        hidden = callers[caller].get(f"/cases/{case.code}?expand={expand}")
        assert told(hidden) == told(callers[caller].get(f"/cases/{ELSEWHERE['code']}?expand={expand}"))


def test_a_cursor_of_somebody_elses_list_opens_nothing(world: World, callers: dict[str, Program]) -> None:
    for _ in range(3):
        send_birth(world)
    clerk = program_of(world.officer("clerk", at=now()))
    following = clerk.get("/cases?limit=1").json()["next"]
    assert following
    assert callers["other_clerk"].get(f"/cases?limit=1&after={following}").json() == {"items": [], "next": None}


def test_an_upload_is_its_owners_alone(world: World, callers: dict[str, Program]) -> None:
    begun = callers["student"].post("/uploads", BODIES["begin_upload"]).json()
    for operation in (one for one in operations() if "/uploads/{" in one.path):
        hidden = operation.call(callers["shopkeeper"], {"upload": begun["id"]})
        assert told(hidden) == told(operation.call(callers["shopkeeper"], {})), operation.name


def test_every_operation_that_needs_a_body_has_one_here() -> None:
    needing = {
        told["operationId"]
        for methods in described()["paths"].values()
        for told in methods.values()
        if told.get("requestBody", {}).get("required")
    }
    assert needing == set(BODIES)


def values_of(case: Case) -> dict[str, str]:
    case.refresh_from_db()
    pieces: dict[str, Any] = {"file": case.files.first(), "slip": case.slips.first(), "result": case.results.first()}
    return {
        "code": case.code or "",
        "case": str(case.id),
        **{name: str(piece.id) for name, piece in pieces.items()},
        "revision": str(case.revision),
        "state": case.state,
        "files": str(case.files.count()),
    }


def told(response: HttpResponse) -> tuple[int, str]:
    """What one learns from an answer, whichever thing it was asked about."""
    body = b"".join(response) if response.streaming else response.content
    return response.status_code, re.sub(
        r"H12[.0-9]+-\d{6}-\d+|[0-9a-f]{8}-[0-9a-f-]{27}", "*", body.decode(errors="replace")
    )
