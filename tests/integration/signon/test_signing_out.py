"""RP-Initiated Logout 1.0 and Back-Channel Logout 1.0."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs, urlencode

import pytest
from django.test import Client
from joserfc import jwt
from joserfc.jwk import OctKey

from camaug.access.actions.end_sessions import end_sessions
from camaug.access.actions.note_session import note_sign_in
from camaug.access.actions.sign_out_everywhere import sign_out_everywhere
from camaug.access.models import OpenSession
from camaug.access.queries import actor_of
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import LOCAL, now
from camaug.kernel.dispatch import subscribers
from camaug.kernel.models import EventRecord
from camaug.people.actions.end_position import end_position
from camaug.signon.actions.end_lost import end_lost
from camaug.signon.actions.send_logouts import PAUSES, send_logouts
from camaug.signon.models import LogoutNotice, SignOn, System
from camaug.signon.queries import lost, may_still_enter
from tests.integration.signon.conftest import ISSUER, Person, Post, Register, Relying, claims, error
from tests.sessions import leave_alone


@dataclass
class Listener:
    """A system that is told of sign-outs, and answers with `status`."""

    address: str = ""
    status: int = 200
    told: list[str] = field(default_factory=list)


@pytest.fixture
def listener() -> Iterator[Listener]:
    heard = Listener()

    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            heard.told += form["logout_token"]
            self.send_response(heard.status)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Desk)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    heard.address = f"http://127.0.0.1:{server.server_address[1]}/logout"
    yield heard
    server.shutdown()
    server.server_close()


def logout(person: Person, **asked: str) -> str:
    """Where somebody is led whom a system sends to sign out; "" where a page is shown."""
    return person.browser.get(f"/sso/logout?{urlencode(asked)}").headers.get("Location", "")


def is_signed_in(person: Person) -> bool:
    return "_auth_user_id" in person.browser.session


def test_a_system_that_proves_the_session_signs_out_at_once(clerk: Person, meetings: Relying) -> None:
    hint = clerk.tokens(meetings)["id_token"]
    back = logout(clerk, id_token_hint=hint, post_logout_redirect_uri="https://hop.example/left", state="z")
    assert back == "https://hop.example/left?state=z"
    assert not is_signed_in(clerk)


def test_a_sign_out_that_a_system_asked_for_clears_what_scripts_have_laid_up(clerk: Person, meetings: Relying) -> None:
    hint = clerk.tokens(meetings)["id_token"]
    answer = clerk.browser.get(f"/sso/logout?{urlencode({'id_token_hint': hint})}")
    assert answer["Clear-Site-Data"] == '"storage"'
    assert not is_signed_in(clerk)


def test_a_session_in_which_nothing_is_done_is_signed_out_all_the_same(clerk: Person, meetings: Relying) -> None:
    told = clerk.tokens(meetings)
    leave_alone(clerk.browser, timedelta(minutes=61))
    logout(clerk, id_token_hint=told["id_token"])
    assert not is_signed_in(clerk)
    assert meetings.userinfo(told["access_token"]).status_code == 401


def test_a_form_signs_out_as_well(clerk: Person, meetings: Relying) -> None:
    hint = clerk.tokens(meetings)["id_token"]
    response = clerk.browser.post("/sso/logout", {"id_token_hint": hint})
    assert response.status_code == 302
    assert clerk.browser.get(response["Location"]).status_code == 200
    assert not is_signed_in(clerk)


def test_a_browser_that_is_signed_out_from_another_leaves_its_systems_too(clerk: Person, meetings: Relying) -> None:
    access = clerk.tokens(meetings)["access_token"]
    actor, key = actor_of(clerk.account, at=now(), origin=""), clerk.browser.session.session_key
    note_sign_in(clerk.account, how="password", session_key=key, agent="", by=actor, at=now())
    end_sessions([OpenSession.objects.get(session_key=key).id], by=actor, at=now())
    assert meetings.userinfo(access).status_code == 401
    assert not SignOn.objects.filter(account_id=clerk.account.id, ended_at=None).exists()
    assert EventRecord.objects.filter(name="signon.SystemsLeft", subject_id=clerk.account.id).exists()


def test_an_administrator_ends_what_was_entered_and_what_would_outlast_it(
    clerk: Person, administrator: Person, register: Register
) -> None:
    system = register(logout_uri="https://hop.example/out")
    told = clerk.surely().tokens(system, scope="openid offline_access")
    by = actor_of(administrator.account, at=now(), origin="")
    sign_out_everywhere(clerk.account.id, reason="Mất máy", by=by, at=now())
    (hears,) = [one for one in subscribers() if one.name == "signon.account_changed"]
    hears.react(list(EventRecord.objects.filter(name="access.SignedOutEverywhere")))
    assert system.introspect(told["access_token"]) == {"active": False}
    assert error(system.refresh(told["refresh_token"])) == "invalid_grant"
    assert LogoutNotice.objects.get().sign_on.system == system.system


def test_without_a_proof_people_are_asked(clerk: Person, meetings: Relying) -> None:
    clerk.enters(meetings)
    asked = {"client_id": meetings.system.client_id, "post_logout_redirect_uri": "https://hop.example/left"}
    page = clerk.browser.get(f"/sso/logout?{urlencode(asked)}")
    assert page.status_code == 200
    assert "Clear-Site-Data" not in page
    assert is_signed_in(clerk)
    forged = Client(enforce_csrf_checks=True)
    forged.cookies = clerk.browser.cookies
    assert forged.post(f"/sso/leave/?{urlencode(asked)}").status_code == 403
    assert is_signed_in(clerk)
    left = clerk.browser.post(f"/sso/leave/?{urlencode(asked)}")
    assert 'href="https://hop.example/left"' in left.content.decode()
    assert left["Clear-Site-Data"] == '"storage"'
    assert not is_signed_in(clerk)


def test_a_hint_of_who_signs_out_is_no_proof(clerk: Person, meetings: Relying) -> None:
    proof = clerk.tokens(meetings)["id_token"]
    hints = {"logout_hint": str(clerk.account.email), "ui_locales": "fr"}
    asked = {**hints, "client_id": meetings.system.client_id, "post_logout_redirect_uri": "https://hop.example/left"}
    assert logout(clerk, **asked) == ""
    assert is_signed_in(clerk)
    assert logout(clerk, **{**asked, "logout_hint": "somebody else"}, id_token_hint=proof) == "https://hop.example/left"
    assert not is_signed_in(clerk)


def test_a_proof_of_another_session_does_not_sign_this_one_out(clerk: Person, meetings: Relying) -> None:
    from tests.integration.signon.conftest import signed_in

    hint = signed_in(clerk.account.id).tokens(meetings)["id_token"]
    assert logout(clerk, id_token_hint=hint) == ""
    assert is_signed_in(clerk)


def test_an_old_proof_still_serves(clerk: Person, meetings: Relying) -> None:
    """RP-Initiated Logout 2: also when `exp` has passed; ours holds for ten minutes, sessions for twelve hours."""
    from camaug.signon.signing import signed

    told = claims(clerk.tokens(meetings)["id_token"])
    old = signed({**told, "exp": told["exp"] - 7200}, algorithm="RS256", kind="JWT", at=now())
    assert logout(clerk, id_token_hint=old, post_logout_redirect_uri="https://hop.example/left")
    assert not is_signed_in(clerk)


def test_nobody_is_led_back_to_an_address_that_is_not_registered(clerk: Person, meetings: Relying) -> None:
    hint = clerk.tokens(meetings)["id_token"]
    for address in ("https://hop.example/left/", "https://evil.example/", "https://hop.example/cb", "javascript:x"):
        assert logout(clerk, id_token_hint=hint, post_logout_redirect_uri=address) == ""


def test_a_proof_must_be_ours_and_of_the_system_that_asks(clerk: Person, meetings: Relying, register: Register) -> None:
    told = clerk.tokens(meetings)
    public = json.dumps(json.loads(Client().get("/sso/keys").content)["keys"][0])
    forged = [
        jwt.encode({"alg": "HS256", "typ": "JWT"}, claims(told["id_token"]), OctKey.import_key(public)),
        "eyJhbGciOiJub25lIn0." + told["id_token"].split(".")[1] + ".",
        told["id_token"][:-4] + "AAAA",
        told["access_token"],
        "",
    ]
    for hint in forged:
        assert logout(clerk, id_token_hint=hint, post_logout_redirect_uri="https://hop.example/left") == ""
    other = register(name="Khác").system.client_id
    assert logout(clerk, id_token_hint=told["id_token"], client_id=other) == ""
    assert is_signed_in(clerk)


def test_a_stranger_is_led_back_with_a_proof(clerk: Person, meetings: Relying) -> None:
    hint = clerk.tokens(meetings)["id_token"]
    stranger = Person(clerk.account, Client())
    assert logout(stranger, id_token_hint=hint, post_logout_redirect_uri="https://hop.example/left")
    assert logout(stranger, post_logout_redirect_uri="https://hop.example/left") == ""


def test_signing_out_ends_the_tokens_but_for_those_that_work_in_absence(clerk: Person, meetings: Relying) -> None:
    told, absent = clerk.tokens(meetings), clerk.surely().tokens(meetings, scope="openid offline_access")
    unused = clerk.enters(meetings)
    clerk.browser.post("/sign-out/")
    assert meetings.introspect(told["access_token"]) == {"active": False}
    assert error(meetings.refresh(told["refresh_token"])) == "invalid_grant"
    assert error(meetings.redeem(unused)) == "invalid_grant"
    assert meetings.refresh(absent["refresh_token"]).status_code == 200


def test_every_system_of_the_session_is_told_once(clerk: Person, register: Register, listener: Listener) -> None:
    systems = [register(name=name, logout_uri=listener.address) for name in ("Họp", "Thư")]
    entered = {claims(clerk.tokens(one)["id_token"])["sid"]: one for one in systems for _twice in range(2)}
    register(name="Khác", logout_uri=listener.address)
    clerk.browser.post("/sign-out/")
    assert send_logouts(by=SYSTEM, at=now()) == 2
    assert send_logouts(by=SYSTEM, at=now()) == 0
    told = [claims(token) for token in listener.told]
    assert {one["sid"]: one["aud"] for one in told} == {sid: one.system.client_id for sid, one in entered.items()}
    for one in told:
        assert (one["iss"], one["sub"]) == (ISSUER, str(clerk.account.id))
        assert "nonce" not in one
        assert one["jti"]
        assert one["events"] == {"http://schemas.openid.net/event/backchannel-logout": {}}
        assert 0 < one["exp"] - one["iat"] <= 120
    assert all(jwt.decode(t, _keys()).header["typ"] == "logout+jwt" for t in listener.told)
    assert EventRecord.objects.filter(name="signon.SystemsLeft").count() == 1


def test_whoever_loses_his_post_leaves_what_only_his_post_opened(
    clerk: Person, post: Post, administrator: Person, register: Register, listener: Listener
) -> None:
    system = register(logout_uri=listener.address)
    sid = claims(clerk.tokens(system)["id_token"])["sid"]
    administrator.enters(system)
    assert end_lost(by=SYSTEM, at=now()) == 0
    end_position(post.position_id, until_date=now().astimezone(LOCAL).date(), by=SYSTEM, at=now())
    assert [end_lost(by=SYSTEM, at=now()) for _again in range(2)] == [1, 0]
    assert SignOn.objects.get(ended_at=None).account_id == administrator.account.id
    send_logouts(by=SYSTEM, at=now())
    assert [claims(token)["sid"] for token in listener.told] == [sid]


@pytest.mark.parametrize("change", [{"roles": ["ADMINISTRATOR"]}, {"audience": "MEMBERS"}, {"closed_at": now()}])
def test_a_system_that_opens_to_others_now_is_left_by_who_may_not(
    change: dict[str, object], clerk: Person, register: Register
) -> None:
    system = register(logout_uri="https://hop.example/out")
    clerk.enters(system)
    System.objects.filter(pk=system.system.pk).update(**change)
    assert end_lost(by=SYSTEM, at=now()) == 1
    assert LogoutNotice.objects.get().sign_on.system == system.system


def test_whether_one_may_stay_is_said_alike_of_one_and_of_all(clerk: Person, lan: Person, register: Register) -> None:
    for roles in ((), ("ONE_STOP_CLERK",), ("ADMINISTRATOR",)):
        clerk.enters(register(name=f"Của {roles}", audience="EVERYBODY"))
    lan.enters(register(name="Của dân", audience="EVERYBODY"))
    for audience in ("EVERYBODY", "STAFF", "MEMBERS"):
        for roles in ([], ["ONE_STOP_CLERK"], ["ADMINISTRATOR"]):
            System.objects.update(audience=audience, roles=roles)
            found = {sign_on for _account, sign_on in lost(at=now())}
            running = SignOn.objects.filter(ended_at=None).select_related("system")
            assert found == {one.pk for one in running if may_still_enter(one, at=now()) is None}, (audience, roles)


def test_other_sessions_stay(clerk: Person, register: Register, listener: Listener) -> None:
    from tests.integration.signon.conftest import signed_in

    system = register(logout_uri=listener.address)
    clerk.enters(system)
    signed_in(clerk.account.id).enters(system)
    clerk.browser.post("/sign-out/")
    assert SignOn.objects.filter(ended_at=None).count() == 1


def test_a_logout_token_is_no_proof_of_a_sign_in(clerk: Person, register: Register, listener: Listener) -> None:
    system = register(logout_uri=listener.address)
    clerk.enters(system)
    clerk.browser.post("/sign-out/")
    send_logouts(by=SYSTEM, at=now())
    from camaug.signon.signing import ours

    assert ours(listener.told[0]) is None


def test_a_system_that_does_not_take_it_is_told_again_until_it_is_given_up(
    clerk: Person, register: Register, listener: Listener
) -> None:
    clerk.enters(register(logout_uri=listener.address))
    clerk.browser.post("/sign-out/")
    listener.status, at = 400, now()
    for pause in (timedelta(0), *PAUSES):
        at += pause + timedelta(seconds=1)
        assert send_logouts(by=SYSTEM, at=at) == 1
    notice = LogoutNotice.objects.get()
    assert notice.state == "GIVEN_UP"
    assert len(listener.told) == len(PAUSES) + 1
    assert len(set(listener.told)) == len(listener.told)
    assert EventRecord.objects.filter(name="signon.LogoutNoticeGivenUp").count() == 1


def _keys() -> object:
    from joserfc.jwk import KeySet

    return KeySet.import_key_set(json.loads(Client().get("/sso/keys").content))
