"""A system calls the API by the token that it got when somebody signed in to it, and steps up as RFC 9470 has it."""

import re
from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from camaug.access.actions.close_account import close_account
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.kernel.ids import uuid7
from camaug.signon.models import SignOn, Token
from tests.callers import Program
from tests.integration.signon.conftest import Person, Post, Register, Relying, answer, signed_in

SCOPES = "openid api.read api.write"
DECISION = "/cases/H12.39.32245-261123-9999/moves/approve"
"""Of a case that is not there: whoever may decide is told so."""
HOURS = 3600.0


@pytest.fixture
def desk(register: Register) -> Relying:
    """A system of the province that acts for officers over the API."""
    return register(scopes=("openid", "profile", "api.read", "api.write", "offline_access"))


def decides(token: str) -> HttpResponse:
    return Program(token).post(DECISION, {"note": ""}, key=str(uuid7()))


CALLS: dict[str, tuple[str, tuple[int, int]]] = {
    "nothing of the API": ("openid profile", (401, 401)),
    "to read": ("openid api.read", (200, 403)),
    "to act": (SCOPES, (200, 404)),
}
"""What the system asked for; what reading and deciding are answered with."""


@pytest.mark.parametrize("asked", list(CALLS))
def test_it_does_what_the_scopes_say(post: Post, desk: Relying, asked: str) -> None:
    scope, statuses = CALLS[asked]
    token = signed_in(post.account_id, "password", "totp").tokens(desk, scope=scope)["access_token"]
    assert (Program(token).get("/me").status_code, decides(token).status_code) == statuses


def test_it_acts_as_whoever_signed_in(clerk: Person, desk: Relying) -> None:
    token = clerk.tokens(desk, scope=SCOPES)["access_token"]
    told = Program(token).get("/me").json()
    assert (told["name"], told["kind"], told["scopes"]) == ("Trần Thị Minh", "STAFF", ["read", "write"])


def test_only_an_access_token_that_holds_opens_anything(clerk: Person, desk: Relying) -> None:
    given = clerk.tokens(desk, scope=SCOPES)
    for wrong in (given["refresh_token"], given["id_token"], "nobody's"):
        assert Program(wrong).get("/me").status_code == 401
    desk.revoke(given["access_token"])
    assert Program(given["access_token"]).get("/me").status_code == 401
    again = clerk.tokens(desk, scope=SCOPES)["access_token"]
    Token.objects.update(expires_at=now())
    assert Program(again).get("/me").status_code == 401
    last = clerk.tokens(desk, scope=SCOPES)["access_token"]
    close_account(SignOn.objects.latest("started_at").account_id, by=SYSTEM, at=now())
    assert Program(last).get("/me").status_code == 401


def test_from_outside_an_officers_sign_in_needs_two_factors(post: Post, desk: Relying, settings: Settings) -> None:
    settings.INSIDE_NETWORKS = ()
    one = signed_in(post.account_id).tokens(desk, scope=SCOPES)["access_token"]
    two = signed_in(post.account_id, "password", "totp").tokens(desk, scope=SCOPES)["access_token"]
    assert [Program(token).get("/me").status_code for token in (one, two)] == [200, 200]
    settings.INSIDE_NETWORKS = (ip_network("10.0.0.0/8"),)
    assert [Program(token).get("/me").status_code for token in (one, two)] == [401, 200]


def test_it_opens_nothing_while_an_administrator_owes_a_password(administrator: Person, desk: Relying) -> None:
    token = administrator.tokens(desk, scope=SCOPES)["access_token"]
    account = administrator.account
    account.set_password("mùa tôm năm nay được")
    for days, status in ((59, 200), (61, 401)):
        account.password_at = now() - timedelta(days=days)
        account.save()
        assert Program(token).get("/me").status_code == status, days


SIGN_INS: dict[str, tuple[tuple[str, ...], float, str]] = {
    "just now": (("password", "totp"), 60, ""),
    "by a passkey": (("webauthn",), 60, ""),
    "hours ago": (("password", "totp"), 3 * HOURS, "proof-too-old"),
    "by a password alone": (("password",), 60, "second-factor-missing"),
}
"""By what and how long ago somebody signed in; why a decision is refused."""


@pytest.mark.parametrize("how", list(SIGN_INS))
def test_a_decision_is_as_fresh_as_the_sign_in(post: Post, desk: Relying, how: str) -> None:
    methods, ago, refusal = SIGN_INS[how]
    given = signed_in(post.account_id, *methods, ago=ago).tokens(desk, scope=SCOPES)
    refreshed = desk.refresh(given["refresh_token"]).json()
    for token in (given["access_token"], refreshed["access_token"]):
        assert Program(token).get("/me").status_code == 200
        told = decides(token)
        assert told.status_code == (401 if refusal else 404)
        assert told["Content-Type"] == "application/problem+json"
        if refusal:
            assert told.json()["type"].endswith(f"#{refusal}")
            assert 'error="insufficient_user_authentication"' in told["WWW-Authenticate"]


def test_a_new_authorization_with_the_age_that_was_told_makes_a_fresh_token(post: Post, desk: Relying) -> None:
    long_ago = signed_in(post.account_id, "password", "totp", ago=3 * HOURS)
    challenge = decides(long_ago.tokens(desk, scope=SCOPES)["access_token"])["WWW-Authenticate"]
    wanted = dict(re.findall(r'(acr_values|max_age)="([^"]+)"', challenge))
    assert "/sso/again/" in long_ago.goes(desk.request(scope=SCOPES, **wanted))  # he is asked, however signed in
    silent = answer(long_ago.goes(desk.request(scope=SCOPES, prompt="none", **wanted)))
    assert silent["error"] == "login_required"
    fresh = signed_in(post.account_id, "password", "totp").tokens(desk, scope=SCOPES, **wanted)
    assert decides(fresh["access_token"]).status_code == 404


def test_it_is_known_in_one_statement(clerk: Person, desk: Relying) -> None:
    token = clerk.tokens(desk, scope=SCOPES)["access_token"]
    Program(token).get("/me")
    with CaptureQueriesContext(connection) as asked:
        assert Program(token).get("/me").status_code == 200
    tables = [one["sql"] for one in asked if "signon_" in one["sql"] or "access_" in one["sql"]]
    assert len(tables) == 1
