"""Access tokens, as their pages make and end them."""

import re

import pytest
from django.test import Client

from camaug.access.models import Account, ApiToken
from camaug.kernel.models import EventRecord
from tests.callers import Program
from tests.desks import desk_of
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
