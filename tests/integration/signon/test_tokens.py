"""The token endpoint, introspection, revocation and userinfo: RFC 6749, 7636, 7009, 7662, 6750; Core 3.1.3, 5.3, 12."""

import json
from datetime import timedelta

import pytest
from django.test import Client

from camaug.access.actions.activate_officer import activate_officer
from camaug.access.actions.close_account import close_account
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL, now
from camaug.kernel.dispatch import subscribers
from camaug.kernel.models import EventRecord
from camaug.people.actions.end_position import end_position
from camaug.signon.actions.close_system import close_system
from camaug.signon.actions.forget_expired import forget_expired
from camaug.signon.actions.make_secret import make_secret
from camaug.signon.models import Authorization, SignOn, SystemSecret, Token
from tests.callers import Program
from tests.integration.signon.conftest import CLERK_MAIL, ISSUER, Person, Post, Register, Relying, claims, error

RESOURCES = ("mail", "api.read", "profile")
FORM = "application/x-www-form-urlencoded"


def age(by: timedelta) -> None:
    """Let so much time pass for all that was given."""
    for token in Token.objects.all():
        token.expires_at -= by
        token.save()
    for given in Authorization.objects.all():
        given.expires_at -= by
        given.save()


def test_an_answer_with_tokens_is_kept_by_nobody(clerk: Person, meetings: Relying) -> None:
    response = meetings.redeem(clerk.enters(meetings))
    told = json.loads(response.content)
    assert response["Cache-Control"] == "no-store"
    assert told["token_type"] == "Bearer"
    assert told["expires_in"] == 600
    assert told["scope"] == "openid"


def test_only_digests_are_kept(clerk: Person, meetings: Relying) -> None:
    code = clerk.enters(meetings)
    told = json.loads(meetings.redeem(code).content)
    kept = str([*Authorization.objects.values(), *Token.objects.values(), *SystemSecret.objects.values()])
    assert not any(secret in kept for secret in (code, told["access_token"], told["refresh_token"], meetings.secret))


def test_a_code_serves_once_and_its_second_use_revokes_what_came_of_it(clerk: Person, meetings: Relying) -> None:
    code = clerk.enters(meetings)
    told = json.loads(meetings.redeem(code).content)
    assert error(meetings.redeem(code)) == "invalid_grant"
    assert meetings.introspect(told["access_token"]) == {"active": False}
    assert error(meetings.refresh(told["refresh_token"])) == "invalid_grant"
    noted = EventRecord.objects.get(name="signon.SecretUsedTwice")
    assert noted.subject_id == clerk.account.id
    assert noted.facts["what"] == "code"


def test_who_stole_a_code_without_its_verifier_can_neither_use_nor_revoke(clerk: Person, meetings: Relying) -> None:
    code = clerk.enters(meetings)
    told = json.loads(meetings.redeem(code).content)
    assert error(meetings.redeem(code, code_verifier="w" * 43)) == "invalid_grant"
    assert meetings.introspect(told["access_token"])["active"]


def test_a_code_of_another_system_is_worth_nothing(clerk: Person, meetings: Relying, register: Register) -> None:
    """Code injection: neither another system's code, nor one that was got with another verifier."""
    other = register(name="Thư điện tử")
    assert error(other.redeem(clerk.enters(meetings))) == "invalid_grant"
    assert error(meetings.redeem(clerk.enters(meetings), code_verifier="x" * 43)) == "invalid_grant"


@pytest.mark.parametrize("verifier", ["", "short", "v" * 42, "v" * 129, "v" * 42 + "!"])
def test_the_verifier_is_demanded_in_its_own_alphabet(clerk: Person, meetings: Relying, verifier: str) -> None:
    assert error(meetings.redeem(clerk.enters(meetings), code_verifier=verifier)) in {
        "invalid_request",
        "invalid_grant",
    }
    assert not Token.objects.exists()


def test_a_code_holds_for_a_minute(clerk: Person, meetings: Relying) -> None:
    code = clerk.enters(meetings)
    age(timedelta(seconds=61))
    assert error(meetings.redeem(code)) == "invalid_grant"


def test_the_address_must_be_the_one_of_the_request(clerk: Person, register: Register) -> None:
    system = register(redirect_uris=("https://hop.example/cb", "https://hop.example/other"))
    assert error(system.redeem(clerk.enters(system), redirect_uri="https://hop.example/other")) == "invalid_grant"
    assert error(system.redeem(clerk.enters(system), redirect_uri="")) == "invalid_grant"


@pytest.mark.parametrize("how", ["client_secret_basic", "client_secret_post", "none"])
def test_a_system_shows_itself_in_its_own_way_only(clerk: Person, register: Register, how: str) -> None:
    system = register(authentication=how)
    assert system.redeem(clerk.enters(system)).status_code == 200
    if how != "none":
        refused = system.post("token", secret="wrong", grant_type="authorization_code", code=clerk.enters(system))
        assert error(refused) == "invalid_client"
        body = f"grant_type=authorization_code&code=x&client_id={system.system.client_id}"
        assert error(system.at.post("/sso/token", body, content_type=FORM)) == "invalid_client"


@pytest.mark.parametrize("oddity", ['"', "\\", "é", "\n", "a" * 5000])
def test_odd_letters_are_no_fault_of_ours(meetings: Relying, oddity: str) -> None:
    assert meetings.post("token", grant_type=oddity).status_code == 400
    assert meetings.post("token", grant_type="refresh_token", refresh_token=oddity).status_code == 400
    assert meetings.post("introspect", token=oddity).status_code == 200
    assert meetings.at.get(meetings.request(response_type=oddity)).status_code in (302, 400)


def test_a_client_assertion_proves_nothing(clerk: Person, meetings: Relying) -> None:
    """Neither alg=none nor HS256 with a public key: no assertion is taken at all."""
    kind = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    response = Client().post(
        "/sso/token",
        f"grant_type=authorization_code&code={clerk.enters(meetings)}&client_id={meetings.system.client_id}"
        f"&client_assertion_type={kind}&client_assertion=eyJhbGciOiJub25lIn0.e30.",
        content_type=FORM,
    )
    assert error(response) == "invalid_client"


def test_a_form_says_each_thing_once_and_is_a_form(clerk: Person, meetings: Relying) -> None:
    assert meetings.at.get("/sso/token").status_code == 405
    body = "grant_type=authorization_code&grant_type=refresh_token"
    twice = meetings.at.post("/sso/token", body, content_type=FORM)
    assert error(twice) == "invalid_request"
    assert error(meetings.at.post("/sso/token", "{}", content_type="application/json")) == "invalid_request"


@pytest.mark.parametrize("grant", ["password", "implicit", ""])
def test_there_are_three_grants(meetings: Relying, grant: str) -> None:
    assert error(meetings.post("token", grant_type=grant, username="a", password="b")) == "unsupported_grant_type"


def test_a_refresh_token_serves_once_and_its_second_use_revokes_all(clerk: Person, meetings: Relying) -> None:
    first = clerk.tokens(meetings)
    second = json.loads(meetings.refresh(first["refresh_token"]).content)
    assert second["refresh_token"] != first["refresh_token"]
    assert meetings.introspect(second["access_token"])["active"]
    assert error(meetings.refresh(first["refresh_token"])) == "invalid_grant"
    assert not meetings.introspect(second["access_token"])["active"]
    assert error(meetings.refresh(second["refresh_token"])) == "invalid_grant"
    assert EventRecord.objects.filter(name="signon.SecretUsedTwice").count() == 1


def test_a_refreshed_id_token_tells_the_same_sign_in(clerk: Person, meetings: Relying) -> None:
    first = clerk.tokens(meetings)
    again = claims(json.loads(meetings.refresh(first["refresh_token"]).content)["id_token"])
    before = claims(first["id_token"])
    assert "nonce" not in again
    assert {name: again[name] for name in ("iss", "sub", "aud", "auth_time", "sid", "acr")} == {
        name: before[name] for name in ("iss", "sub", "aud", "auth_time", "sid", "acr")
    }


def test_a_refresh_token_is_of_one_system(clerk: Person, meetings: Relying, register: Register) -> None:
    told = clerk.tokens(meetings)
    assert error(register(name="Khác").refresh(told["refresh_token"])) == "invalid_grant"
    assert meetings.introspect(told["access_token"])["active"]
    assert error(meetings.refresh(told["access_token"])) == "invalid_grant"


def test_scopes_grow_never_and_shrink_for_one_token(clerk: Person, meetings: Relying) -> None:
    told = clerk.tokens(meetings, scope="openid email")
    assert error(meetings.refresh(told["refresh_token"], scope="openid post")) == "invalid_scope"
    less = json.loads(meetings.refresh(told["refresh_token"], scope="openid").content)
    assert less["scope"] == "openid"
    assert json.loads(meetings.refresh(less["refresh_token"]).content)["scope"] == "openid email"


def test_a_token_holds_as_long_as_it_says(clerk: Person, meetings: Relying) -> None:
    told = clerk.tokens(meetings)
    age(timedelta(minutes=11))
    assert meetings.introspect(told["access_token"]) == {"active": False}
    assert meetings.userinfo(told["access_token"]).status_code == 401
    assert meetings.refresh(told["refresh_token"]).status_code == 200
    age(timedelta(hours=13))
    assert not Token.objects.valid(now()).exists()


def test_refreshing_goes_on_for_half_a_year_at_most(clerk: Person, meetings: Relying) -> None:
    told = clerk.surely().tokens(meetings, scope="openid offline_access")
    begun = now() - timedelta(days=170)
    Authorization.objects.update(created_at=begun)
    assert meetings.refresh(told["refresh_token"]).status_code == 200
    assert Token.objects.filter(kind="refresh_token").latest("issued_at").expires_at == begun + timedelta(days=180)


def test_introspection_names_the_user_and_his_mailbox(clerk: Person, meetings: Relying, register: Register) -> None:
    mail = register(name="Máy chủ thư", guards=("mail",), redirect_uris=())
    token = clerk.surely().tokens(meetings, scope="openid mail")["access_token"]
    told = mail.introspect(token)
    assert told["active"]
    assert told["username"] == "tanan_tranthiminh@camau.gov.vn"
    assert told["sub"] == str(clerk.account.id)
    assert told["iss"] == ISSUER
    assert told["scope"] == "openid mail"
    assert told["client_id"] == meetings.system.client_id
    assert told["exp"] - told["iat"] == 600


def test_a_refresh_token_is_no_key_to_a_mailbox(clerk: Person, meetings: Relying, register: Register) -> None:
    mail = register(name="Máy chủ thư", guards=("mail",), redirect_uris=())
    told = clerk.surely().tokens(meetings, scope="openid mail")
    assert mail.introspect(told["refresh_token"]) == {"active": False}
    assert meetings.introspect(told["refresh_token"])["active"]


def test_a_mailbox_is_told_to_none_that_may_not_know_it(clerk: Person, meetings: Relying) -> None:
    token = clerk.tokens(meetings, scope="openid profile")["access_token"]
    assert "username" not in meetings.introspect(token)
    assert CLERK_MAIL not in meetings.userinfo(token).content.decode()


def test_another_password_ends_whatever_was_given(clerk: Person, meetings: Relying) -> None:
    told = clerk.surely().tokens(meetings, scope="openid offline_access")
    activate_officer(CLERK_MAIL, password="mot-mat-khau-khac-2026", by=SYSTEM, at=now())
    (hears,) = [one for one in subscribers() if one.name == "signon.account_changed"]
    for _again in range(2):
        hears.react(list(EventRecord.objects.filter(name="access.OfficerActivated", subject_id=clerk.account.id)))
    assert meetings.introspect(told["access_token"]) == {"active": False}
    assert error(meetings.refresh(told["refresh_token"])) == "invalid_grant"
    assert not SignOn.objects.filter(account=clerk.account, ended_at=None).exists()


def test_introspection_tells_nothing_of_what_does_not_concern_one(
    clerk: Person, meetings: Relying, register: Register
) -> None:
    mail = register(name="Máy chủ thư", guards=("mail",), redirect_uris=())
    token = clerk.tokens(meetings, scope="openid email")["access_token"]
    assert mail.introspect(token) == {"active": False}
    assert register(name="Khác").introspect(token) == {"active": False}
    assert mail.introspect("never issued") == {"active": False}
    assert meetings.post("introspect", secret="wrong", token=token).status_code == 401
    assert error(meetings.post("introspect")) == "invalid_request"
    app = register(authentication="none")
    assert error(app.post("introspect", token=token)) == "invalid_client"


def test_a_token_for_one_resource_opens_no_other(clerk: Person, register: Register) -> None:
    """Hers, ours, alive, and of systems that may ask for both."""
    system = register(scopes=("openid", "profile", "mail", "api.read"))
    mail = register(name="Máy chủ thư", guards=("mail",), redirect_uris=())
    tokens = {one: clerk.surely().tokens(system, scope=f"openid {one}")["access_token"] for one in RESOURCES}
    for meant, token in tokens.items():
        opened = {
            "mail": mail.introspect(token)["active"],
            "api.read": Program(token).get("/me").status_code == 200,
            "profile": "name" in json.loads(system.userinfo(token).content),
        }
        assert opened == {one: one == meant for one in RESOURCES}, meant


def test_revocation_ends_a_token_and_a_refresh_token_all(clerk: Person, meetings: Relying) -> None:
    told = clerk.tokens(meetings)
    assert meetings.revoke(told["access_token"], token_type_hint="nonsense").status_code == 200
    assert meetings.introspect(told["access_token"]) == {"active": False}
    second = json.loads(meetings.refresh(told["refresh_token"]).content)
    assert meetings.revoke(second["refresh_token"]).status_code == 200
    assert meetings.introspect(second["access_token"]) == {"active": False}
    assert meetings.revoke("never issued").status_code == 200
    assert error(meetings.post("revoke")) == "invalid_request"


def test_nobody_revokes_another_systems_token(clerk: Person, meetings: Relying, register: Register) -> None:
    token = clerk.tokens(meetings)["access_token"]
    assert error(register(name="Khác").revoke(token)) == "invalid_grant"
    refused = meetings.post("revoke", secret="wrong", token=token)
    assert (refused.status_code, error(refused)) == (401, "invalid_client")
    assert refused["WWW-Authenticate"].startswith("Basic")
    assert meetings.introspect(token)["active"]


def test_scripts_in_the_pages_of_others_read_nothing(clerk: Person, meetings: Relying) -> None:
    token = clerk.tokens(meetings)["access_token"]
    meetings.at.defaults["HTTP_ORIGIN"] = "https://evil.example"
    by_bearer = meetings.userinfo(token)
    answers = [meetings.post(page, token=token, callback="f") for page in ("introspect", "token", "revoke")]
    assert [answer.status_code for answer in (by_bearer, *answers)] == [200, 200, 400, 200]
    assert not [answer for answer in (by_bearer, *answers) if "Access-Control-Allow-Origin" in answer]
    assert answers[-1].content == b"{}"


def test_userinfo_is_for_bearers_of_access_tokens(clerk: Person, meetings: Relying) -> None:
    told = clerk.tokens(meetings)
    assert meetings.at.get("/sso/userinfo")["WWW-Authenticate"] == "Bearer"
    assert meetings.userinfo(told["refresh_token"])["WWW-Authenticate"] == 'Bearer error="invalid_token"'
    assert meetings.at.post("/sso/userinfo", {"access_token": told["access_token"]}).status_code == 200
    assert meetings.at.get(f"/sso/userinfo?access_token={told['access_token']}").status_code == 401
    both = meetings.at.post(
        "/sso/userinfo",
        {"access_token": told["access_token"]},
        headers={"Authorization": f"Bearer {told['access_token']}"},
    )
    assert both.status_code == 400
    plain = clerk.tokens(meetings, scope="email")
    assert "id_token" not in plain
    assert meetings.userinfo(plain["access_token"]).status_code == 403


def test_whoever_loses_his_post_loses_what_was_given(clerk: Person, post: Post, meetings: Relying) -> None:
    told = clerk.surely().tokens(meetings, scope="openid offline_access")
    code = clerk.enters(meetings)
    today = now().astimezone(LOCAL).date()
    end_position(post.position_id, until_date=today, by=SYSTEM, at=now())
    assert meetings.introspect(told["access_token"]) == {"active": False}
    assert meetings.userinfo(told["access_token"]).status_code == 401
    assert error(meetings.refresh(told["refresh_token"])) == "invalid_grant"
    assert error(meetings.redeem(code)) == "invalid_grant"


def test_a_closed_account_opens_nothing(clerk: Person, meetings: Relying) -> None:
    told = clerk.tokens(meetings)
    close_account(clerk.account.id, by=SYSTEM, at=now())
    assert meetings.introspect(told["access_token"]) == {"active": False}
    assert error(meetings.refresh(told["refresh_token"])) == "invalid_grant"


def test_a_closed_system_is_given_nothing(clerk: Person, meetings: Relying, register: Register) -> None:
    mail = register(name="Máy chủ thư", guards=("mail",), redirect_uris=())
    token = clerk.surely().tokens(meetings, scope="openid mail")["access_token"]
    close_system(meetings.system.id, by=SYSTEM, at=now())
    assert mail.introspect(token) == {"active": False}
    assert clerk.browser.get(meetings.request()).status_code == 400
    assert meetings.post("token", grant_type="refresh_token", refresh_token="x").status_code == 401


def test_two_secrets_hold_for_a_week(clerk: Person, meetings: Relying) -> None:
    def holds(secret: str) -> bool:
        return meetings.post("introspect", secret=secret, token="x").status_code == 200

    second = make_secret(meetings.system.id, by=SYSTEM, at=now())
    assert holds(meetings.secret)
    assert holds(second)
    third = make_secret(meetings.system.id, by=SYSTEM, at=now())
    assert not holds(meetings.secret)
    assert holds(second)
    assert holds(third)
    fourth = make_secret(meetings.system.id, at_once=True, by=SYSTEM, at=now())
    assert not holds(second)
    assert not holds(third)
    assert holds(fourth)


def test_what_ended_long_ago_is_thrown_away(clerk: Person, meetings: Relying) -> None:
    clerk.tokens(meetings)
    assert not forget_expired(at=now())
    assert forget_expired(at=now() + timedelta(days=2))
    assert not Token.objects.exists()
    assert not Authorization.objects.exists()
