import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from camaug.access.actions.open_citizen_account import open_citizen_account
from camaug.access.actions.prove_code import CodeSpent, CodeWrong, prove_code
from camaug.access.actions.request_code import request_code
from camaug.access.actions.set_up_totp import set_up_totp
from camaug.access.contacts import NotAContact, parse_contact
from camaug.access.models import Account, SignInCode
from camaug.access.queries import nobody
from camaug.access.totp import code_at, step_of
from camaug.kernel.actors import SYSTEM
from camaug.kernel.models import EventRecord
from camaug.notify.models import TrayMessage
from camaug.people.actions.register_person import register_person
from camaug.people.queries import person, person_by_number
from tests.integration.access.conftest import NOW, Clerk

pytestmark = pytest.mark.django_db

PHONE, E164 = "0918 000 123", "+84918000123"
NUMBER, NAME = "096090000123", "Lê Thị Sen"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
ANYBODY = nobody(origin="10.0.0.1")


def sent_code() -> str:
    """The code in the latest message on the tray."""
    found = re.search(r"\d{6}", TrayMessage.objects.latest("sent_at").text)
    assert found
    return found[0]


def ask(client: Client, contact: str = PHONE, **more: str) -> Any:
    return client.post("/sign-in/", {"contact": contact, **more})


def enter(client: Client, code: str) -> Any:
    return client.post("/sign-in/code/", {"code": code})


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_a_new_phone_gets_an_account_after_the_code_is_proved_and_then_says_who_it_is(client: Client) -> None:
    assert ask(client, next="/apply/").headers["Location"] == "/sign-in/code/"
    assert not Account.objects.exists()
    answer = enter(client, sent_code())
    assert answer.headers["Location"] == "/sign-in/who/?next=%2Fapply%2F"
    account = Account.objects.get()
    assert (account.kind, account.phone, account.email, account.person_id) == ("CITIZEN", E164, None, None)
    said = client.post("/sign-in/who/?next=/apply/", {"full_name": NAME, "personal_number": NUMBER})
    assert said.headers["Location"] == "/apply/"
    account.refresh_from_db()
    assert account.person_id
    assert person(account.person_id).full_name == NAME
    assert person(account.person_id).phone == E164


def test_a_mailbox_works_like_a_phone(client: Client) -> None:
    ask(client, "Sen.Le@Example.VN")
    enter(client, sent_code())
    assert Account.objects.get().email == "sen.le@example.vn"
    assert signed_in(client)


def test_one_who_is_known_goes_straight_on(client: Client) -> None:
    sen = register_person(NAME, personal_number=NUMBER, phone=PHONE, by=SYSTEM, at=NOW)
    open_citizen_account(sen.id, contact=parse_contact(PHONE), by=SYSTEM, at=NOW)
    ask(client, next="/apply/")
    assert enter(client, sent_code()).headers["Location"] == "/apply/"
    assert client.get("/sign-in/who/?next=/apply/").headers["Location"] == "/apply/"


def test_the_code_may_be_typed_with_spaces(client: Client) -> None:
    ask(client)
    code = sent_code()
    assert enter(client, f" {code[:3]} {code[3:]} ").status_code == 302


def test_a_wrong_code_is_refused_and_the_right_one_then_works(client: Client) -> None:
    ask(client)
    code = sent_code()
    assert enter(client, wrong(code)).status_code == 422
    assert not signed_in(client)
    assert enter(client, code).status_code == 302


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


def test_after_five_wrong_tries_the_right_code_is_dead(client: Client) -> None:
    ask(client)
    code = sent_code()
    for _ in range(5):
        enter(client, wrong(code))
    assert enter(client, code).status_code == 422
    assert not signed_in(client)


def test_a_code_works_once() -> None:
    code_id = request_code(parse_contact(PHONE), by=ANYBODY, at=NOW)
    prove_code(code_id, digits=sent_code(), by=ANYBODY, at=NOW)
    with pytest.raises(CodeSpent):
        prove_code(code_id, digits=sent_code(), by=ANYBODY, at=NOW)


def test_a_code_lives_ten_minutes_to_the_moment() -> None:
    code_id = request_code(parse_contact(PHONE), by=ANYBODY, at=NOW)
    with pytest.raises(CodeSpent):
        prove_code(code_id, digits=sent_code(), by=ANYBODY, at=NOW + timedelta(minutes=10))
    last = NOW + timedelta(minutes=10) - timedelta(microseconds=1)
    assert prove_code(code_id, digits=sent_code(), by=ANYBODY, at=last).phone == E164


def test_a_code_opens_only_the_session_that_asked_for_it(client: Client) -> None:
    ask(client)
    thief = Client()
    assert enter(thief, sent_code()).headers["Location"] == "/sign-in/"
    ask(thief, "0918 000 999")
    mine = TrayMessage.objects.get(contact=E164).text
    found = re.search(r"\d{6}", mine)
    assert found
    enter(thief, found[0])
    assert not signed_in(thief)


def test_only_a_digest_of_the_code_is_kept(client: Client) -> None:
    ask(client)
    code = sent_code()
    row = SignInCode.objects.get()
    assert code not in row.digest
    assert len(row.digest) == 64
    assert code not in str(dict(client.session))


def test_one_contact_gets_five_codes_in_ten_minutes(client: Client) -> None:
    assert [ask(client).status_code for _ in range(6)] == [302] * 5 + [429]
    assert ask(client, "0918 000 999").status_code == 302


def test_a_known_and_an_unknown_contact_get_the_same_answer() -> None:
    sen = register_person(NAME, personal_number=NUMBER, phone=PHONE, by=SYSTEM, at=NOW)
    open_citizen_account(sen.id, contact=parse_contact(PHONE), by=SYSTEM, at=NOW)
    pages = []
    for contact in (PHONE, "0918 000 999"):
        client = Client()
        assert ask(client, contact).headers["Location"] == "/sign-in/code/"
        page = client.get("/sign-in/code/").content.decode()
        shown = str(parse_contact(contact))
        assert shown in page
        pages.append(re.sub(r'csrfmiddlewaretoken" value="\w+"', "", page.replace(shown, "")))
    assert pages[0] == pages[1]


def test_an_officers_mailbox_gets_a_note_instead_of_a_code(client: Client, engage: Callable[..., Clerk]) -> None:
    an = engage("Nguyễn Văn An", "an@camau.gov.vn")
    assert ask(client, an.email).headers["Location"] == "/sign-in/code/"
    assert not re.search(r"\d{6}", TrayMessage.objects.get().text)


def test_even_the_right_digits_never_open_an_officers_account(
    engage: Callable[..., Clerk], monkeypatch: pytest.MonkeyPatch
) -> None:
    an = engage("Nguyễn Văn An", "an@camau.gov.vn")
    monkeypatch.setattr("camaug.access.codes.secrets.randbelow", lambda _limit: 123456)
    code_id = request_code(parse_contact(an.email), by=ANYBODY, at=NOW)
    with pytest.raises(CodeWrong):
        prove_code(code_id, digits="123456", by=ANYBODY, at=NOW)


@pytest.mark.parametrize("typed", ["0918", "abc", "@", "a@b", "+84 000", "", "0918000123456789"])
def test_what_is_no_contact_is_refused(typed: str) -> None:
    with pytest.raises(NotAContact):
        parse_contact(typed)


@pytest.mark.parametrize("typed", ["0918000123", "+84 918 000 123", "84918000123", " 0918.000.123 "])
def test_a_phone_is_read_as_people_write_it(typed: str) -> None:
    assert parse_contact(typed).value == E164


def test_nobody_takes_over_a_known_person_by_knowing_the_number(client: Client) -> None:
    sen = register_person(NAME, personal_number=NUMBER, phone=PHONE, by=SYSTEM, at=NOW)
    ask(client, "0918 000 999")
    enter(client, sent_code())
    answer = client.post("/sign-in/who/", {"full_name": NAME, "personal_number": NUMBER})
    assert answer.status_code == 422
    assert not Account.objects.filter(person_id=sen.id).exists()


def test_one_known_at_the_counter_by_the_same_phone_and_name_is_linked(client: Client) -> None:
    sen = register_person(NAME, personal_number=NUMBER, phone=PHONE, by=SYSTEM, at=NOW)
    ask(client)
    enter(client, sent_code())
    answer = client.post("/sign-in/who/", {"full_name": "Le Thi Sen", "personal_number": NUMBER})
    assert answer.status_code == 302
    assert Account.objects.get().person_id == sen.id
    assert EventRecord.objects.filter(name="access.PersonLinked").count() == 1


def test_one_person_has_one_account(client: Client) -> None:
    sen = register_person(NAME, personal_number=NUMBER, phone=PHONE, email="sen@example.vn", by=SYSTEM, at=NOW)
    open_citizen_account(sen.id, contact=parse_contact(PHONE), by=SYSTEM, at=NOW)
    ask(client, "sen@example.vn")
    enter(client, sent_code())
    answer = client.post("/sign-in/who/", {"full_name": NAME, "personal_number": NUMBER})
    assert answer.status_code == 422
    assert Account.objects.filter(person_id=sen.id).count() == 1


@pytest.mark.parametrize("number", ["123", "096 090 00012", "999090000123", "chữ"])
def test_a_malformed_personal_number_is_refused_beside_its_field(client: Client, number: str) -> None:
    ask(client)
    enter(client, sent_code())
    answer = client.post("/sign-in/who/", {"full_name": NAME, "personal_number": number})
    assert answer.status_code == 422
    assert answer.context["errors"]["personal_number"]
    assert Account.objects.get().person_id is None


def test_guessing_personal_numbers_is_throttled(client: Client) -> None:
    for n in range(6):
        register_person(NAME, personal_number=f"09609000020{n}", by=SYSTEM, at=NOW)
    ask(client)
    enter(client, sent_code())
    statuses = [
        client.post("/sign-in/who/", {"full_name": NAME, "personal_number": f"09609000020{n}"}).status_code
        for n in range(6)
    ]
    assert statuses == [422] * 5 + [429]


def test_who_you_are_is_asked_only_of_the_signed_in(client: Client) -> None:
    assert client.get("/sign-in/who/").headers["Location"] == "/sign-in/"
    client.post("/sign-in/who/", {"full_name": NAME, "personal_number": NUMBER})
    assert person_by_number(NUMBER) is None


def test_the_tray_shows_codes_in_demo_mode_and_is_not_there_otherwise(client: Client, settings: Settings) -> None:
    ask(client)
    code = sent_code()
    assert code in client.get("/demo/tray/").content.decode()
    settings.DEMO = False
    assert client.get("/demo/tray/").status_code == 404


def test_outside_demo_mode_a_code_goes_by_mail_and_stays_off_the_tray(client: Client, settings: Settings) -> None:
    settings.DEMO, settings.SMTP_HOST = False, "localhost"
    ask(client, "sen@example.vn")
    found = re.search(r"\d{6}", str(mail.outbox[0].body))
    assert found
    assert mail.outbox[0].to == ["sen@example.vn"]
    assert not TrayMessage.objects.exists()
    assert ask(client, PHONE).status_code == 422
    ask(client, "sen@example.vn")
    found = re.search(r"\d{6}", str(mail.outbox[1].body))
    assert found
    assert enter(client, found[0]).status_code == 302


@pytest.mark.parametrize(("contact", "told"), [(PHONE, True), ("sen@example.vn", False)])
def test_the_risk_of_codes_by_sms_is_told_where_safer_ways_are_offered(
    client: Client, contact: str, told: bool
) -> None:
    ask(client, contact)
    enter(client, sent_code())
    page = client.get("/account/security/").content.decode()
    assert ("SIM" in page) is told
    assert "/account/security/passkeys/new/" in page
    digits = code_at(SECRET, step_of(NOW))
    set_up_totp(Account.objects.get().id, secret=SECRET, digits=digits, by=SYSTEM, at=NOW)
    assert "SIM" not in client.get("/account/security/").content.decode()
