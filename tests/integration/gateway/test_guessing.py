"""Whoever guesses at the API is stopped: codes with four digits, and tokens."""

from urllib.parse import quote

import pytest
from pytest_django import Settings

from camaug.cases.actions.look_up import LIMITS
from camaug.gateway import allowance
from tests.applications import send_birth
from tests.callers import Program
from tests.world import World


def test_a_code_in_another_spelling_is_counted_as_the_same(world: World) -> None:
    code = str(send_birth(world).code)
    spelled = [code, code.lower(), f"{code} ", f" {code}", f"\N{NO-BREAK SPACE}{code}", code.capitalize()]
    told = [Program().get(f"/follow/{quote(one)}", Second_Fact="0000").status_code for one in spelled]
    assert told == [422] * LIMITS[0].of_one + [429]


def test_tokens_that_open_nothing_are_calls_of_a_stranger(
    world: World, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(allowance, "_handfuls", {})  # what is used up here is not used up for the tests that follow
    settings.API_STRANGERS_CALLS_A_MINUTE = 12
    told = [Program(f"cmg_{turn}").get("/me") for turn in range(14)]
    assert told[0].status_code == 401
    (first, *_others) = [one for one in told if one.status_code == 429]
    assert 0 < int(first["Retry-After"]) <= 60
