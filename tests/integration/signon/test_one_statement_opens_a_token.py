"""The statement that says what a token opens finds what the readable queries find, whatever has become of it."""

import json
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, cast
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from camaug.access.actions.close_account import close_account
from camaug.access.models import Account
from camaug.access.queries import reach
from camaug.kernel.actors import ANONYMOUS, SYSTEM
from camaug.kernel.clock import now
from camaug.kernel.pages import Request
from camaug.people.actions.appoint import appoint
from camaug.people.models import Position, Role, RoleTerm
from camaug.people.queries import asked_once
from camaug.signon.actions.close_system import close_system
from camaug.signon.models import Authorization, SignOn, System, SystemSecret, Token
from camaug.signon.queries import Opened, holds, may_still_enter, opened_by, token_by_secret
from camaug.signon.web.protocol.endpoints import introspected
from camaug.signon.web.protocol.server import Server
from tests.integration.signon.conftest import Person, Register, Relying

SCOPES = "openid profile email phone post mail"


def in_words(secret: str, at: datetime) -> Opened | None:
    """What the readable queries say."""
    token = token_by_secret(secret)
    if token is None or not holds(token, at=at):
        return None
    given, sign_on = token.authorization, token.authorization.sign_on
    actor = may_still_enter(sign_on, at=at)
    if actor is None:
        return None
    known = reach(sign_on.account_id)
    return Opened(
        actor=actor,
        reach=known,
        account_id=sign_on.account_id,
        username=known.email or known.phone,
        system_id=sign_on.system.id,
        client_id=sign_on.system.client_id,
        kind=token.kind,
        scopes=[scope for scope in token.scopes if scope in sign_on.system.scopes],
        issued_at=token.issued_at,
        expires_at=token.expires_at,
        authenticated_at=given.authenticated_at,
        methods=tuple(given.methods),
        level=given.level,
    )


def less(*scopes: str) -> Callable[[], object]:
    return lambda: System.objects.update(scopes=[one for one in SCOPES.split() if one not in scopes])


def entrusted() -> None:
    """With a role that only a post not his own, or a role for a time, can bring him."""
    RoleTerm.objects.create(
        position=Position.objects.get(), role="REGISTRAR", from_at=now() - timedelta(days=1),
        until_at=now() + timedelta(days=1), document="1/QĐ", reason="x", given_by_name="x", given_at=now(),
    )  # fmt: skip
    System.objects.update(roles=["REGISTRAR"])


def appointed_again() -> None:
    """To a second post, which began before the main one."""
    first, role = Position.objects.get(), Role.objects.create(code="REGISTRAR", name="x").code
    there = {"agency_id": first.agency_id, "title": "x", "from_date": first.valid_from - timedelta(days=1)}
    appoint(first.officer_id, **there, roles=[role], main=False, by=SYSTEM, at=now())
    System.objects.update(roles=[role])


SINCE: dict[str, tuple[Callable[[], object], tuple[bool, bool]]] = {
    "nothing": (lambda: None, (True, True)),
    "it was used": (lambda: Token.objects.update(used_at=now()), (False, False)),
    "it was revoked": (lambda: Token.objects.update(revoked_at=now()), (False, False)),
    "all of its code was revoked": (lambda: Authorization.objects.update(revoked_at=now()), (False, False)),
    "it ran out": (lambda: Token.objects.update(expires_at=now()), (False, False)),
    "signed out": (lambda: SignOn.objects.update(ended_at=now()), (False, True)),
    "the system may ask less": (less("profile", "mail"), (True, True)),
    "the system may not outlast a sign-out": (
        lambda: (SignOn.objects.update(ended_at=now()), less("offline_access")()),
        (False, False),
    ),
    "the system wants a role": (lambda: System.objects.update(roles=["ADMINISTRATOR"]), (False, False)),
    "the system wants his role": (lambda: System.objects.update(roles=["ONE_STOP_CLERK"]), (True, True)),
    "the system wants a role that he is entrusted with": (entrusted, (True, True)),
    "the system wants the role of his second post": (appointed_again, (True, True)),
    "the system was closed": (
        lambda: close_system(SignOn.objects.latest("started_at").system_id, by=SYSTEM, at=now()),
        (False, False),
    ),
    "the account was closed": (
        lambda: close_account(SignOn.objects.latest("started_at").account_id, by=SYSTEM, at=now()),
        (False, False),
    ),
}
"""What happens, and whether a token, and one that outlasts a sign-out, still opens something."""


@pytest.mark.parametrize("what", list(SINCE))
def test_it_finds_what_the_readable_queries_find(what: str, clerk: Person, meetings: Relying) -> None:
    until_sign_out = clerk.surely().tokens(meetings, scope=SCOPES)
    offline = clerk.surely().tokens(meetings, scope=f"{SCOPES} offline_access")
    happens, opens = SINCE[what]
    happens()
    for told, expected in zip((until_sign_out, offline), opens, strict=True):
        for secret in (told["access_token"], told["refresh_token"]):
            found = opened_by(secret, at=now())
            assert found == in_words(secret, now())
            assert (found is not None) == expected
            assert opened_by(secret, at=now() + timedelta(days=200)) is None


def by_authlib(request: Request) -> tuple[int, dict[str, Any]]:
    """What the library's endpoint answers over the readable queries."""
    answer = Server(request.at).create_endpoint_response("introspection", request)
    return answer.status_code, json.loads(answer.content)


def asking(relying: Relying, token: str, way: str = "", secret: str = "", **more: str) -> Request:
    """A system that asks about a token, by its own way or another."""
    shown, form, headers = secret or relying.secret, {"token": token, **more}, {}
    if (way or relying.system.authentication) == "client_secret_basic":
        headers["Authorization"] = "Basic " + b64encode(f"{relying.system.client_id}:{shown}".encode()).decode()
    else:
        form |= {"client_id": relying.system.client_id, "client_secret": shown}
    kind = "application/x-www-form-urlencoded"
    request = RequestFactory().post("/sso/introspect", urlencode(form), content_type=kind, headers=headers)
    request.at, request.actor = now(), ANONYMOUS
    return cast(Request, request)


def by_one_statement(request: Request) -> dict[str, Any] | None:
    return introspected(request.headers.get("Authorization", ""), request.POST, at=request.at)


@pytest.mark.parametrize("what", list(SINCE))
def test_what_a_system_is_told_by_it_is_what_the_library_tells(
    what: str, clerk: Person, meetings: Relying, register: Register
) -> None:
    mail = register(name="Máy chủ thư", guards=("mail",), redirect_uris=(), authentication="client_secret_post")
    told = clerk.surely().tokens(meetings, scope=SCOPES)
    happens, _opens = SINCE[what]
    happens()
    for secret in (told["access_token"], told["refresh_token"], "nobody's"):
        for system in (meetings, mail):
            found, (status, expected) = by_one_statement(asking(system, secret)), by_authlib(asking(system, secret))
            assert (found is None) == (status != 200)
            assert found is None or found == expected


def outdated(system: System) -> object:
    return SystemSecret.objects.filter(system=system).update(until=now())


NOT_SHOWN: dict[str, tuple[dict[str, str], Callable[[System], object]]] = {
    "another secret": ({"secret": "cms_another"}, lambda _system: None),
    "a secret that ran out": ({}, outdated),
    "another way": ({"way": "client_secret_post"}, lambda _system: None),
    "no token": ({"token": ""}, lambda _system: None),
    "closed": ({}, lambda system: close_system(system.id, by=SYSTEM, at=now())),
}


@pytest.mark.parametrize("what", list(NOT_SHOWN))
def test_who_does_not_show_himself_is_left_to_the_library(what: str, clerk: Person, meetings: Relying) -> None:
    token = clerk.tokens(meetings)["access_token"]
    more, happens = NOT_SHOWN[what]
    happens(meetings.system)
    asked = {"token": token, **more}
    assert by_one_statement(asking(meetings, **asked)) is None
    assert by_authlib(asking(meetings, **asked))[0] in (400, 401)
    assert meetings.at.get("/sso/introspect").status_code == 405


def test_a_system_asks_in_one_statement(clerk: Person, meetings: Relying) -> None:
    token = clerk.surely().tokens(meetings, scope=SCOPES)["access_token"]
    meetings.introspect(token)
    with CaptureQueriesContext(connection) as asked:
        assert meetings.introspect(token)["active"]
    assert len(asked) == 1


def test_it_finds_a_citizen_too(lan: Person, register: Register) -> None:
    token = lan.tokens(register(audience="MEMBERS"), scope=SCOPES)["access_token"]
    found = opened_by(token, at=now())
    assert found is not None
    assert found == in_words(token, now())
    assert (found.actor.person_id, found.username) == (lan.account.person_id, "+84918000001")


@pytest.mark.parametrize("linkage", ["DECLARED", "MATCHED", "OFFICE", "OUTSIDE"])
def test_it_says_who_only_claims_to_be_the_person(lan: Person, register: Register, linkage: str) -> None:
    token = lan.tokens(register(audience="MEMBERS"), scope=SCOPES)["access_token"]
    Account.objects.filter(pk=lan.account.pk).update(linkage=linkage)
    found = opened_by(token, at=now())
    assert found is not None
    assert found == in_words(token, now())
    assert (found.actor.by_word, found.actor.proven_id is None) == (linkage == "DECLARED",) * 2


def test_it_is_one_statement(clerk: Person, meetings: Relying) -> None:
    token = clerk.surely().tokens(meetings, scope=SCOPES)["access_token"]
    opened_by(token, at=now())
    with asked_once(), CaptureQueriesContext(connection) as asked:
        assert opened_by(token, at=now())
    assert len(asked) == 1


def test_scopes_that_a_system_loses_leave_its_tokens_at_once(clerk: Person, meetings: Relying) -> None:
    told = clerk.tokens(meetings, scope="openid email post")
    less("email")()
    assert "email" not in meetings.userinfo(told["access_token"]).json()
    assert meetings.introspect(told["access_token"])["scope"] == "openid post"
    assert "username" not in meetings.introspect(told["access_token"])
    again = meetings.refresh(told["refresh_token"]).json()
    assert again["scope"] == "openid post"
    assert "email" not in meetings.userinfo(again["access_token"]).json()


def test_a_code_is_worth_no_more_than_the_system_may_ask_when_it_comes(clerk: Person, meetings: Relying) -> None:
    code = clerk.surely().enters(meetings, scope="openid email offline_access")
    less("email", "offline_access")()
    told = meetings.redeem(code).json()
    assert told["scope"] == "openid"
    expires = Token.objects.filter(kind="refresh_token").latest("issued_at").expires_at
    assert expires < now() + timedelta(days=1)
