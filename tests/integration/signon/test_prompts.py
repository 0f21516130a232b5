"""`prompt` and `max_age` (OpenID Connect Core 3.1.2.1; Initiating User Registration 1.0), and consent."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from django.test import Client

from camaug.access.actions.note_session import note_sign_in
from camaug.access.queries import actor_of
from camaug.kernel.clock import now
from camaug.signon.models import Consent
from tests.integration.signon.conftest import PASSWORD, Person, Register, Relying, answer, claims, led, signed_in
from tests.sessions import leave_alone


def test_a_stranger_signs_in_and_comes_back(meetings: Relying) -> None:
    page = Client().get(meetings.request())
    assert page.status_code == 302
    assert page["Location"].startswith("/desk/sign-in/?next=%2Fsso%2Fonward%2F")


def test_the_page_between_leads_on_without_a_script(meetings: Relying) -> None:
    """A form's redirects may not leave our own addresses (form-action), so that a page stands between."""
    page = Client().get(meetings.request().replace("/sso/authorize", "/sso/onward/"))
    assert '<meta http-equiv="refresh" content="0; url=/sso/authorize?client_id=cmg-' in page.content.decode()


def test_a_system_for_everybody_lets_people_choose_how(register: Register) -> None:
    page = Client().get(register(audience="EVERYBODY").request())
    assert page["Location"].startswith("/sso/ways/?next=")


def test_who_has_done_nothing_for_long_signs_in_before_he_enters(clerk: Person, meetings: Relying) -> None:
    leave_alone(clerk.browser, timedelta(minutes=61))
    assert clerk.goes(meetings.request()).startswith("/desk/sign-in/?next=")
    assert answer(clerk.goes(meetings.request(prompt="none")))["error"] == "login_required"


def test_registering_is_for_citizens(register: Register) -> None:
    page = Client().get(register(audience="EVERYBODY").request(prompt="create"))
    assert page["Location"].startswith("/sign-in/?next=")


def test_none_never_shows_a_page(clerk: Person, meetings: Relying) -> None:
    assert answer(Client().get(meetings.request(prompt="none"))["Location"])["error"] == "login_required"
    assert "code" in answer(clerk.goes(meetings.request(prompt="none")))


def test_login_asks_once_more_and_only_for_that_request(clerk: Person, meetings: Relying) -> None:
    wish = meetings.request(prompt="login")
    page = clerk.goes(wish)
    assert page.startswith("/sso/again/")
    asked = clerk.browser.post(page)["Location"]
    assert asked.startswith("/account/confirm/?next=%2Fsso%2Fonward%2F")
    back = parse_qs(urlsplit(asked).query)["next"][0].replace("/sso/onward/", "/sso/authorize", 1)
    assert clerk.goes(back).startswith("/sso/again/")
    assert clerk.browser.post(asked, {"confirm-password": PASSWORD})["Location"].startswith("/sso/onward/")
    assert "code" in answer(clerk.goes(back))
    assert clerk.goes(back.replace("state=s-1", "state=s-2")).startswith("/sso/again/")


def test_asking_again_signs_out_of_nothing(clerk: Person, meetings: Relying, register: Register) -> None:
    before = clerk.tokens(meetings)
    other = register(name="Khác")
    asked = clerk.browser.post(clerk.goes(other.request(prompt="login")))["Location"]
    clerk.browser.post(asked, {"confirm-password": PASSWORD})
    assert meetings.introspect(before["access_token"])["active"]
    assert "code" in answer(clerk.goes(meetings.request(prompt="none")))


def test_asked_again_one_may_be_somebody_else(clerk: Person, meetings: Relying) -> None:
    away = clerk.browser.post(clerk.goes(meetings.request(prompt="login")), {"other": "1"})
    assert away["Location"].startswith("/desk/sign-in/?next=")
    assert "_auth_user_id" not in clerk.browser.session


def test_whose_password_is_due_chooses_another_before_he_enters(clerk: Person, meetings: Relying) -> None:
    session = clerk.browser.session
    session["password_due"] = True
    session.save()
    assert answer(clerk.goes(meetings.request(prompt="none")))["error"] == "interaction_required"
    page = clerk.goes(meetings.request())
    assert page.startswith("/account/security/password/?next=%2Fsso%2Fonward%2F")
    chosen = clerk.browser.post(page, {"present": PASSWORD, "password": "rung-duoc-nam-can-lan-thu-hai"})
    assert "code" in answer(clerk.goes(led(chosen)))


def test_max_age_is_kept_and_auth_time_told(clerk: Person, meetings: Relying) -> None:
    told = claims(clerk.tokens(meetings, max_age="3600")["id_token"])
    assert told["auth_time"]
    assert clerk.goes(meetings.request(max_age="10")).startswith("/sso/again/")


def test_a_session_that_does_not_know_how_it_began_signs_in_again(clerk: Person, meetings: Relying) -> None:
    session = clerk.browser.session
    del session["account_authentication_methods"]
    session.save()
    by = actor_of(clerk.account, at=now(), origin="")
    note_sign_in(clerk.account, how="", session_key=str(session.session_key), agent="", by=by, at=now())
    assert clerk.goes(meetings.request()).startswith("/sso/again/")


def test_people_choose_as_whom_they_enter(clerk: Person, meetings: Relying) -> None:
    page = clerk.goes(meetings.request(prompt="select_account"))
    assert "Trần Thị Minh" in clerk.browser.get(page).content.decode()
    assert "code" in answer(clerk.goes(led(clerk.browser.post(page, {"stay": "1"}))))
    away = clerk.browser.post(page, {"other": "1"})
    assert away["Location"].startswith("/desk/sign-in/?next=")
    assert "_auth_user_id" not in clerk.browser.session


def test_a_system_of_others_asks_for_consent_once(clerk: Person, register: Register) -> None:
    bank = register(name="Ngân hàng", outside=True)
    page = clerk.goes(bank.request(scope="openid email"))
    shown = clerk.browser.get(page).content.decode()
    assert "Ngân hàng" in shown
    assert "code" in answer(clerk.goes(led(clerk.browser.post(page, {"agree": "1"}))))
    assert "code" in answer(clerk.goes(bank.request(scope="openid email", prompt="none")))
    assert answer(clerk.goes(bank.request(scope="openid post", prompt="none")))["error"] == "consent_required"
    assert clerk.goes(bank.request(scope="openid email", prompt="consent")).startswith("/sso/consent/")
    assert Consent.objects.get().scopes == ["email", "openid"]


def test_who_does_not_agree_is_not_entered(clerk: Person, register: Register) -> None:
    bank = register(outside=True)
    page = clerk.goes(bank.request())
    assert answer(clerk.goes(led(clerk.browser.post(page, {"refuse": "1"}))))["error"] == "access_denied"
    assert not Consent.objects.exists()


def test_nobody_agrees_for_another(clerk: Person, office: UUID, register: Register) -> None:
    """A ticket that somebody got for himself agrees for nobody else; a form without its token agrees for nobody."""
    from tests.integration.signon.conftest import engage

    bank = register(outside=True)
    other = signed_in(engage(office, "Lê Anh Tuấn", "tuan@camau.gov.vn", "ONE_STOP_CLERK").account_id)
    ticket = led(other.browser.post(other.goes(bank.request()), {"agree": "1"}))
    assert clerk.goes(ticket).startswith("/sso/consent/")
    forged = Client(enforce_csrf_checks=True)
    forged.cookies = clerk.browser.cookies
    assert forged.post(clerk.goes(bank.request()), {"agree": "1"}).status_code == 403
    assert not Consent.objects.filter(account_id=clerk.account.id).exists()


def test_a_hint_names_who_is_expected(clerk: Person, lan: Person, register: Register) -> None:
    system = register(audience="EVERYBODY")
    hint = clerk.tokens(system)["id_token"]
    assert "code" in answer(clerk.goes(system.request(id_token_hint=hint, prompt="none")))
    assert answer(lan.goes(system.request(id_token_hint=hint, prompt="none")))["error"] == "login_required"
