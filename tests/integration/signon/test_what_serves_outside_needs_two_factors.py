"""Mail and working in absence serve from any network, so that officers win them by two factors alone, wherever they sit;
what one factor has won is renewed inside the offices' networks alone.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from camaug.access.actions.change_kind import change_kind
from camaug.access.actions.set_up_totp import set_up_totp
from camaug.access.queries import actor_of
from camaug.access.totp import code_at, step_of
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.kernel.grants import OfficeKind
from camaug.people.actions.change_roles import change_roles
from camaug.signon.actions.grant_code import FactorMissing, grant_code
from camaug.signon.models import Authorization, SignOn
from camaug.signon.presence import Presence
from config.environment import networks
from tests.authenticator import Passkey
from tests.integration.signon.conftest import Person, Post, Register, Relying, answer, claims, error, led, signed_in

SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
OUTSIDE = Client(REMOTE_ADDR="203.0.113.9")
SCOPES = ["openid mail", "openid offline_access"]


def onward(address: str) -> str:
    """Where a page leads that was opened on the way into a system."""
    return parse_qs(urlsplit(address).query)["next"][0].replace("/sso/onward/", "/sso/authorize", 1)


def sets_up_an_application(who: Person, page: str) -> None:
    secret = who.browser.get(page).context["secret"].replace(" ", "")
    shown = who.browser.post(page, {"code": code_at(secret, step_of(timezone.now()))})
    kept = who.browser.get(shown["Location"])
    assert len(kept.context["codes"]) == 10
    assert kept.context["next"].startswith("/sso/onward/")


def adds_a_passkey(who: Person, page: str) -> None:
    made = Passkey().made(who.browser.get(page).context["options"])
    shown = who.browser.post(page, {"credential": made, "name": "Máy cơ quan"})
    assert who.browser.get(shown["Location"]).context["next"].startswith("/sso/onward/")


WAYS: dict[str, tuple[dict[str, str], Callable[[Person, str], None], str]] = {
    "application": ({}, sets_up_an_application, "LoA2"),
    "passkey": ({"passkey": "1"}, adds_a_passkey, "LoA3"),
}


@pytest.mark.parametrize("way", list(WAYS))
@pytest.mark.parametrize("scope", SCOPES)
def test_whoever_has_no_second_factor_sets_one_up_and_goes_on(
    clerk: Person, meetings: Relying, scope: str, way: str
) -> None:
    said, does, level = WAYS[way]
    page = clerk.goes(meetings.request(scope=scope))
    assert page.startswith("/sso/second-factor/")
    assert meetings.system.name in clerk.browser.get(page).content.decode()
    asked = clerk.browser.post(page, said)["Location"]
    does(clerk, asked)
    code = answer(clerk.goes(onward(asked)))["code"]
    told = meetings.redeem(code).json()
    assert (told["scope"], claims(told["id_token"])["acr"]) == (scope, level)
    assert meetings.introspect(told["access_token"])["acr"] == level


@pytest.mark.parametrize("scope", SCOPES)
def test_silently_it_is_refused_and_without_such_scopes_it_is_not(clerk: Person, meetings: Relying, scope: str) -> None:
    assert answer(clerk.goes(meetings.request(scope=scope, prompt="none")))["error"] == "interaction_required"
    assert "code" in answer(clerk.goes(meetings.request(scope="openid profile post", prompt="none")))
    assert "code" in answer(clerk.surely().goes(meetings.request(scope=scope, prompt="none")))


def test_whoever_has_a_factor_shows_it(clerk: Person, meetings: Relying) -> None:
    """As where a session goes on that began before its owner set the factor up elsewhere."""
    at = timezone.now() - timedelta(minutes=5)
    set_up_totp(clerk.account.id, secret=SECRET, digits=code_at(SECRET, step_of(at)), by=SYSTEM, at=at)
    asked = clerk.browser.post(clerk.goes(meetings.request(scope="openid mail")))["Location"]
    assert asked.startswith("/account/confirm/?next=%2Fsso%2Fonward%2F")
    shown = clerk.browser.post(asked, {"confirm-code": code_at(SECRET, step_of(timezone.now()))})
    assert "code" in answer(clerk.goes(led(shown)))


def test_a_system_that_may_not_ask_it_leads_nobody_there(clerk: Person, register: Register) -> None:
    """A scope that the system may not ask is not granted, so that nothing is owed for it."""
    notes = register(scopes=("openid",))
    assert "code" in answer(clerk.goes(notes.request(scope="openid mail offline_access")))


def test_members_of_the_public_choose(lan: Person, register: Register) -> None:
    assert "code" in answer(lan.goes(register(audience="EVERYBODY").request(scope="openid offline_access")))


@pytest.mark.parametrize("scope", SCOPES)
def test_no_code_is_kept_that_one_factor_would_have_won(clerk: Person, meetings: Relying, scope: str) -> None:
    who = Presence(clerk.account.id, actor_of(clerk.account, at=now(), origin=""), now(), ("pwd",), "LoA1")
    asked = {"redirect_uri": "https://hop.example/cb", "nonce": "", "challenge": "c" * 43}
    with pytest.raises(FactorMissing):
        grant_code("x", system=meetings.system, who=who, session=uuid4(), scopes=scope.split(), **asked, at=now())
    assert not SignOn.objects.exists()


def test_what_one_factor_has_won_is_renewed_inside_alone(post: Post, meetings: Relying, settings: Settings) -> None:
    settings.INSIDE_NETWORKS = networks("10.0.0.0/8,127.0.0.0/8")
    away = replace(meetings, at=OUTSIDE)
    one = signed_in(post.account_id).tokens(meetings)["refresh_token"]
    assert error(away.refresh(one)) == "invalid_grant"
    renewed = meetings.refresh(one)
    assert renewed.status_code == 200
    assert error(away.refresh(renewed.json()["refresh_token"])) == "invalid_grant"
    two = signed_in(post.account_id, "password", "totp").tokens(meetings)["refresh_token"]
    assert away.refresh(two).status_code == 200


def test_members_of_the_public_renew_from_anywhere(lan: Person, register: Register, settings: Settings) -> None:
    settings.INSIDE_NETWORKS = networks("10.0.0.0/8,127.0.0.0/8")
    system = register(audience="MEMBERS")
    assert replace(system, at=OUTSIDE).refresh(lan.tokens(system)["refresh_token"]).status_code == 200


def test_whoever_administers_by_now_renews_nothing_that_one_factor_has_won(
    clerk: Person, post: Post, meetings: Relying
) -> None:
    told = clerk.tokens(meetings)
    change_roles(post.position_id, roles=[], main=True, by=SYSTEM, at=now())
    change_kind(clerk.account.id, kind=OfficeKind.ADMINISTRATOR, reason="Chuyển việc", by=SYSTEM, at=now())
    change_roles(post.position_id, roles=["ADMINISTRATOR"], main=True, by=SYSTEM, at=now())
    assert error(meetings.refresh(told["refresh_token"])) == "invalid_grant"


def test_what_one_factor_had_won_before_ends_with_the_new_version(
    clerk: Person, lan: Person, register: Register
) -> None:
    system = register(audience="EVERYBODY")
    given = {
        name: who.tokens(system, scope=scope)
        for name, who, scope in (
            ("hers", lan, "openid offline_access"),
            ("plain", clerk, "openid post"),
            ("two", clerk.surely(), "openid mail"),
            ("one", clerk, "openid mail offline_access"),
        )
    }
    Authorization.objects.filter(scopes__contains=["mail", "offline_access"]).update(level="LoA1")
    with connection.cursor() as cursor:
        cursor.execute(import_module("camaug.signon.migrations.0004_what_one_factor_won").ENDS)
    holds = {name: system.introspect(told["access_token"])["active"] for name, told in given.items()}
    assert holds == {"hers": True, "plain": True, "two": True, "one": False}
