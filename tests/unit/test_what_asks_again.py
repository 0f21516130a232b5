"""Before a decision, a signature, a change of roles, a page asks again who one is, and the API for a fresh proof."""

import json
from pathlib import Path

import pytest
from django.test import RequestFactory
from django.urls import resolve, reverse

from camaug.cases import bulk
from camaug.cases.web.desk.ways import WAYS
from camaug.kernel.pages import door_of
from tests.urls_samples import SAMPLES

DESCRIPTION = Path(__file__).parents[2] / "docs" / "api" / "openapi.json"
DECISIONS = {"approve", "deny", "refuse", "stop", "reopen", "correct_result", "revoke_result"}
SIGNATURES = {"apologise"}
ROLES = [
    "people:appointment",
    "people:position_roles",
    "people:entrusting",
    "people:absence",
    "people:role_grant",
    "people:delegations",
    "people:confirmation",
    "desk:absences",
]
"""What gives somebody roles: a position, others of it, for a time, in somebody's stead, to all who hold one."""


def asks_again(page: str, **sent: str) -> bool:
    door = door_of(resolve(reverse(page, kwargs=SAMPLES.get(page, {}))).func)
    assert door, page
    return door.fresh(RequestFactory().post("/", sent))  # type: ignore[arg-type]


@pytest.mark.parametrize("move", list(WAYS))
def test_of_the_moves_of_a_case(move: str) -> None:
    assert asks_again(WAYS[move].url) == (move in DECISIONS | SIGNATURES)


@pytest.mark.parametrize("move", [*bulk.MOVES, bulk.PRINT])
def test_of_the_moves_of_many_cases(move: str) -> None:
    assert asks_again("cases:batch_new", move=move) == (move in DECISIONS | SIGNATURES)


@pytest.mark.parametrize("page", ROLES)
def test_of_what_gives_roles(page: str) -> None:
    assert asks_again(page)


def test_over_the_api_the_same_moves_do() -> None:
    paths = json.loads(DESCRIPTION.read_text())["paths"]
    moves = {path.rpartition("/moves/")[2]: one for path, one in paths.items() if "/moves/" in path}
    weighty = {move.replace("-", "_") for move, one in moves.items() if _is_weighty(one)}
    assert weighty == DECISIONS | SIGNATURES


def _is_weighty(address: dict[str, dict[str, object]]) -> bool:
    return any(operation.get("x-two-factors") for operation in address.values())
