"""A person sees which systems know him, and ends it: at once, for every token."""

from datetime import timedelta

from camaug.kernel.clock import now
from camaug.kernel.models import EventRecord
from camaug.signon.models import Consent, LogoutNotice
from tests.integration.signon.conftest import Person, Register, Relying, answer, error, led
from tests.sessions import enter

PAGE = "/account/systems/"
SCOPES = "openid email offline_access"


def agrees(who: Person, bank: Relying) -> dict[str, str]:
    code = answer(who.goes(led(who.browser.post(who.goes(bank.request(scope=SCOPES)), {"agree": "1"}))))["code"]
    told: dict[str, str] = bank.redeem(code).json()
    return told


def test_what_was_agreed_to_is_shown_and_taken_back(lan: Person, register: Register) -> None:
    bank = register(name="Ngân hàng", outside=True, audience="MEMBERS", logout_uri="https://bank.example/out")
    told = agrees(lan, bank)
    page = lan.browser.get(PAGE).content.decode()
    assert "Ngân hàng" in page
    assert "Địa chỉ thư điện tử của bạn" in page
    assert lan.browser.post(PAGE, {"system": str(bank.system.id)})["Location"] == PAGE
    assert "Ngân hàng" not in lan.browser.get(PAGE).content.decode().partition("<footer")[0].partition("<h1")[2]
    assert bank.introspect(told["access_token"]) == {"active": False}
    assert error(bank.refresh(told["refresh_token"])) == "invalid_grant"
    assert lan.goes(bank.request(scope=SCOPES)).startswith("/sso/consent/")
    assert LogoutNotice.objects.count() == 1
    assert not Consent.objects.exists()
    facts = EventRecord.objects.get(name="signon.ConsentWithdrawn").facts
    assert facts["scopes"] == ["email", "offline_access", "openid"]


def test_a_system_of_the_province_that_outlasts_a_sign_out_is_ended_too(clerk: Person, meetings: Relying) -> None:
    told = clerk.surely().tokens(meetings, scope=SCOPES)
    clerk.browser.post("/sign-out/")
    enter(clerk.browser, clerk.account)
    assert meetings.introspect(told["access_token"])["active"]
    clerk.browser.post(PAGE, {"system": str(meetings.system.id)})
    assert meetings.introspect(told["access_token"]) == {"active": False}
    assert error(meetings.refresh(told["refresh_token"])) == "invalid_grant"


def test_nobody_takes_back_what_is_anothers(clerk: Person, lan: Person, register: Register) -> None:
    bank = register(outside=True, audience="EVERYBODY")
    told = agrees(clerk.surely(), bank)
    assert lan.browser.post(PAGE, {"system": str(bank.system.id)}).status_code == 404
    assert lan.browser.post(PAGE, {"system": "x"}).status_code == 404
    assert bank.introspect(told["access_token"])["active"]


def test_what_ran_out_is_not_shown(clerk: Person, meetings: Relying) -> None:
    from camaug.signon.queries import known_by

    clerk.tokens(meetings, scope="openid")
    assert [one.name for one in known_by(clerk.account.id, at=now())] == [meetings.system.name]
    assert known_by(clerk.account.id, at=now() + timedelta(days=1)) == ()
