"""Access tokens, as their pages make and end them."""

import re
from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from camaug.access.actions.activate_officer import activate_officer
from camaug.access.actions.choose_password import choose_password
from camaug.access.actions.close_account import close_account
from camaug.access.authentication import Method
from camaug.access.models import Account, ApiToken
from camaug.cases.lifecycle import LIFECYCLE
from camaug.kernel.actors import SYSTEM, Actor
from camaug.kernel.clock import now
from camaug.kernel.models import EventRecord
from tests.applications import send_birth
from tests.callers import Program, program_of
from tests.desks import desk_of
from tests.integration.gateway.bodies import BODIES
from tests.sessions import enter
from tests.world import World


def browser_of(world: World, key: str) -> Client:
    client = Client()
    enter(client, Account.objects.get(pk=world.citizens[key]))
    return client


def secret_in(page: bytes) -> str:
    found = re.search(r"cmg_[\w-]{40,}", page.decode())
    assert found
    return found[0]


@pytest.mark.parametrize("key", ["mother", "clerk"])
def test_one_makes_a_token_sees_it_once_and_revokes_it(world: World, key: str) -> None:
    browser = browser_of(world, key) if key in world.citizens else desk_of(world, key)
    place = "/tokens/" if key in world.citizens else "/desk/tokens/"
    made = browser.post(place, {"name": "Ứng dụng", "days": "30", "scopes": ["read", "write"]})
    secret = secret_in(made.content)
    assert Program(secret).get("/me").json()["scopes"] == ["read", "write"]

    token = ApiToken.objects.get()
    assert secret not in (token.digest, token.prefix)
    assert token.last_used_at
    assert secret not in browser.get(place).content.decode()
    assert browser.post(place, {"revoke": str(token.id)}).status_code == 302
    assert Program(secret).get("/me").status_code == 401
    events = EventRecord.objects.filter(subject_id=token.id).order_by("id").values_list("name", flat=True)
    assert list(events) == ["access.TokenIssued", "access.TokenRevoked"]


def test_nobody_revokes_anothers_token(world: World) -> None:
    browser_of(world, "mother").post("/tokens/", {"name": "a", "days": "30", "scopes": ["read"]})
    stolen = browser_of(world, "student").post("/tokens/", {"revoke": str(ApiToken.objects.get().id)})
    assert stolen.status_code == 404
    assert ApiToken.objects.get().revoked_at is None


@pytest.mark.parametrize(
    "typed", [{"name": ""}, {"days": "0"}, {"days": "9999"}, {"days": "x"}, {"scopes": []}, {"scopes": ["all"]}]
)
def test_what_is_not_right_is_said_beside_its_field(world: World, typed: dict[str, object]) -> None:
    right = {"name": "a", "days": "30", "scopes": ["read"]}
    assert browser_of(world, "mother").post("/tokens/", {**right, **typed}).status_code == 422
    assert not ApiToken.objects.exists()


def test_an_administrator_gives_another_system_its_calls(world: World) -> None:
    desk, place = desk_of(world, "administrator"), "/desk/administration/systems/"
    made = desk.post(place, {"name": "Cổng của tỉnh khác", "days": "30", "per_minute": "5"})
    program = Program(secret_in(made.content))
    assert program.get("/me").json() | {"kind": "ANONYMOUS", "calls_a_minute": 5} == program.get("/me").json()
    assert program.get("/own-cases").status_code == 401
    statuses = [program.get("/fields").status_code for _ in range(4)]
    assert statuses[-1] == 429
    told = program.get("/fields")
    assert int(told["Retry-After"]) <= 60
    assert told.json()["type"].endswith("#calls-too-many")


def test_an_officer_does_not_give_tokens_to_systems(world: World) -> None:
    assert desk_of(world, "clerk").get("/desk/administration/systems/").status_code == 404


def test_what_is_left_of_the_minute_is_told(world: World) -> None:
    browser = browser_of(world, "mother")
    program = Program(secret_in(browser.post("/tokens/", {"name": "a", "days": "1", "scopes": ["read"]}).content))
    first, second = program.get("/me"), program.get("/me")
    assert first["RateLimit-Policy"] == '"calls";q=600;w=60'
    left = [int(re.search(r"r=(\d+)", one["RateLimit"])[1]) for one in (first, second)]  # type: ignore[index]
    assert left[0] - left[1] == 1


@pytest.mark.parametrize(("shown", "level"), [((Method.PASSWORD,), "LoA1"), ((Method.PASSWORD, Method.TOTP), "LoA2")])
def test_a_token_remembers_how_surely_its_owner_was_known(world: World, shown: tuple[Method, ...], level: str) -> None:
    browser = Client()
    enter(browser, Account.objects.get(pk=world.officers["clerk"]), shown=shown)
    browser.post("/desk/tokens/", {"name": "a", "days": "30", "scopes": ["read"]})
    assert ApiToken.objects.get().level == level


@pytest.mark.parametrize("level", ["", "LoA1", "LoA2", "LoA3"])
def test_an_administrators_program_needs_the_factors_that_he_needs(world: World, level: str) -> None:
    program = program_of(world.officer("administrator", at=now()), level=level)
    assert program.get("/me").status_code == (200 if level in ("LoA2", "LoA3") else 401)


def test_from_outside_an_officers_program_needs_two_factors(world: World, settings: Settings) -> None:
    clerk, mother = world.officer("clerk", at=now()), world.citizen("mother", at=now())
    one, two, hers = program_of(clerk, level="LoA1"), program_of(clerk), program_of(mother, level="LoA1")
    assert [program.get("/me").status_code for program in (one, two, hers)] == [200, 200, 200]
    settings.INSIDE_NETWORKS = (ip_network("10.0.0.0/8"),)
    assert [program.get("/me").status_code for program in (one, two, hers)] == [401, 200, 200]


def test_a_decision_is_not_made_by_a_token_of_one_factor(world: World) -> None:
    case = send_birth(world, at=now())
    chairman = world.officer("chairman", at=now())
    weighty = {name for name in _moves() if _told(chairman, case.code, name, "LoA1") == "second-factor-missing"}
    assert weighty == WEIGHTY
    assert {_told(chairman, case.code, name, "LoA2") for name in weighty}.isdisjoint(STEP_UP)


STEP_UP = {"second-factor-missing", "proof-too-old"}
WEIGHTY = {"approve", "deny", "refuse", "stop", "reopen", "apologise", "correct-result", "revoke-result"}
"""A decision, what ends a case without one or undoes it, a signature."""
PROOFS: dict[str, tuple[str, float | None, str]] = {
    "just now": ("LoA2", 0, ""),
    "a while ago": ("LoA3", 29, ""),
    "too long ago": ("LoA2", 30, "proof-too-old"),
    "yesterday, by a passkey": ("LoA3", 24 * 60, "proof-too-old"),
    "nobody knows when": ("LoA2", None, "proof-too-old"),
    "one factor alone, however fresh": ("LoA1", 0, "second-factor-missing"),
}
"""When the owner of a token had shown who he is, by what level and how many minutes ago, and why he must again."""


@pytest.mark.parametrize("shown", list(PROOFS))
def test_a_decision_needs_a_fresh_proof(world: World, settings: Settings, shown: str) -> None:
    settings.STEP_UP_MINUTES = 30
    level, minutes, refusal = PROOFS[shown]
    case = send_birth(world, at=now())
    program = program_of(world.officer("chairman", at=now()), level=level, ago=timedelta(minutes=minutes or 0))
    if minutes is None:
        ApiToken.objects.update(shown_at=None)
    for move in sorted(WEIGHTY):
        told = program.post(f"/cases/{case.code}/moves/{move}", BODIES.get(f"move_{move.replace('-', '_')}"))
        assert (_kind(told) if _kind(told) in STEP_UP else "") == refusal
        if refusal:
            assert (told.status_code, told["Content-Type"]) == (401, "application/problem+json")
            assert told["WWW-Authenticate"] == (
                'Bearer realm="CaMau-G", error="insufficient_user_authentication", '
                'acr_values="LoA2 LoA3", max_age="1800"'
            )
    assert program.get("/me").status_code == 200


def test_a_token_remembers_when_its_owner_showed_who_he_is(world: World) -> None:
    browser = Client()
    account, ago = Account.objects.get(pk=world.officers["clerk"]), timedelta(minutes=20)
    enter(browser, account, ago=ago, shown=(Method.PASSWORD, Method.TOTP))
    browser.post("/desk/tokens/", {"name": "a", "days": "30", "scopes": ["read", "write"]})
    token = ApiToken.objects.get()
    assert token.shown_at
    assert timedelta(minutes=19) < token.created_at - token.shown_at < timedelta(minutes=22)


def test_another_password_or_none_ends_what_programs_hold(world: World) -> None:
    clerk = world.officer("clerk", at=now())
    by_password = program_of(clerk)
    activate_officer(_mail(world, "clerk"), password="mot-mat-khau-khac-2026", by=SYSTEM, at=now())
    assert by_password.get("/me").status_code == 401
    second = program_of(clerk)
    choose_password("rung-duoc-nam-can-lan-thu-hai", present="mot-mat-khau-khac-2026", by=clerk, at=now())
    assert second.get("/me").status_code == 401
    third = program_of(clerk)
    close_account(world.officers["clerk"], by=SYSTEM, at=now())
    Account.objects.filter(pk=world.officers["clerk"]).update(is_active=True)
    assert third.get("/me").status_code == 401
    assert EventRecord.objects.filter(name="access.TokenRevoked").count() == 3


def _mail(world: World, key: str) -> str:
    return str(Account.objects.get(pk=world.officers[key]).email)


def _moves() -> list[str]:
    return [move.name.replace("_", "-") for move in LIFECYCLE.moves if move.name not in ("submit", "complete")]


def _told(actor: Actor, code: str, move: str, level: str) -> str:
    """The name of the problem that a program by a token of that level is told."""
    told = program_of(actor, level=level).post(
        f"/cases/{code}/moves/{move}", BODIES.get(f"move_{move.replace('-', '_')}")
    )
    ApiToken.objects.all().delete()
    return _kind(told)


def _kind(told: HttpResponse) -> str:
    return str(told.json().get("type", "")).partition("#")[2]
