"""A citizen may set a password and sign in with it, under each of his three names; a code always lets him in."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from camaug.access.actions.choose_password import choose_password
from camaug.access.actions.close_account import close_account
from camaug.access.actions.count_attempt import TooManyAttempts
from camaug.access.actions.open_citizen_account import open_citizen_account
from camaug.access.actions.prove_password import NotSignedIn, prove_password
from camaug.access.actions.set_up_totp import set_up_totp
from camaug.access.contacts import parse_contact
from camaug.access.identifiers import NotAnIdentifier, parse_identifier
from camaug.access.models import Account, PastPassword
from camaug.access.queries import actor_of, nobody
from camaug.access.totp import code_at, step_of
from camaug.kernel.actors import SYSTEM
from camaug.kernel.errors import DomainError
from camaug.kernel.models import EventRecord
from camaug.notify.models import TrayMessage
from camaug.people.actions.register_person import register_person
from tests.integration.access.conftest import NOW, Clerk
from tests.integration.access.hashing import Counting
from tests.sessions import enter

pytestmark = pytest.mark.django_db

SIGN_IN, PAGE = "/sign-in/password/", "/account/security/password/"
FORGOTTEN = f"{PAGE}forgotten/"
PHONE, MAIL, NUMBER = "0918 000 123", "sen@example.vn", "096190000123"
PASSWORD, SECRET = "mùa tôm năm nay được", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture(autouse=True)
def counting(settings: Settings) -> type[Counting]:
    settings.PASSWORD_HASHERS = ["tests.integration.access.hashing.Counting"]
    return Counting


def citizen(number: str = NUMBER, phone: str = PHONE, mail: str = MAIL, password: str = PASSWORD) -> Account:
    person = register_person("Lê Thị Sen", personal_number=number, phone=phone, email=mail, by=SYSTEM, at=NOW)
    other = parse_contact(mail) if mail else None
    account = open_citizen_account(person.id, contact=parse_contact(phone), other=other, by=SYSTEM, at=NOW)
    if password:
        return choose_password(password, by=actor_of(account, at=NOW, origin=""), at=NOW)
    return account


def give(client: Client, identifier: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(SIGN_IN, {"identifier": identifier, "password": password}, **more)


def signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("typed", [PHONE, "+84918000123", MAIL, "Sen@Example.VN", NUMBER, "096 190 000 123"])
def test_a_citizen_signs_in_under_each_of_his_names(client: Client, typed: str) -> None:
    sen = citizen()
    assert give(client, typed, QUERY_STRING="next=/apply/").headers["Location"] == "/apply/"
    row = EventRecord.objects.get(name="access.SignedIn")
    assert (row.subject_id, row.facts) == (sen.id, {"how": "password"})


def test_who_has_a_second_factor_is_asked_for_it(client: Client) -> None:
    sen = citizen()
    set_up_totp(sen.id, secret=SECRET, digits=code_at(SECRET, step_of(NOW)), by=SYSTEM, at=NOW)
    assert give(client, NUMBER).headers["Location"] == "/sign-in/second-factor/"
    assert not signed_in(client)


def unknown(_engage: Callable[..., Clerk]) -> str:
    return "0918 000 999"


def unknown_number(_engage: Callable[..., Clerk]) -> str:
    return "096190000999"


def without_one(_engage: Callable[..., Clerk]) -> str:
    citizen(password="")
    return NUMBER


def wrong(_engage: Callable[..., Clerk]) -> str:
    citizen(password="một mật khẩu khác hẳn")
    return NUMBER


def closed(_engage: Callable[..., Clerk]) -> str:
    close_account(citizen().id, by=SYSTEM, at=NOW)
    return PHONE


def an_officers(engage: Callable[..., Clerk]) -> str:
    return engage("Nguyễn Văn An", "an@camau.gov.vn", PASSWORD).email


def known_without_account(_engage: Callable[..., Clerk]) -> str:
    register_person("Lê Thị Sen", personal_number=NUMBER, by=SYSTEM, at=NOW)
    return NUMBER


CASES = [unknown, unknown_number, without_one, wrong, closed, an_officers, known_without_account]


@pytest.mark.parametrize("case", CASES, ids=[case.__name__ for case in CASES])
def test_every_refusal_says_the_same_and_costs_one_hash(
    client: Client, engage: Callable[..., Clerk], counting: type[Counting], case: Callable[..., str]
) -> None:
    typed = case(engage)
    before = counting.computed
    answer = give(client, typed)
    assert counting.computed - before == 1
    assert answer.status_code == 422
    assert answer.context["sentences"] == {"": str(NotSignedIn.sentence)}
    page = re.sub(r'csrfmiddlewaretoken" value="\w+"', "", answer.content.decode()).replace(typed, "")
    other = Client().post(SIGN_IN, {"identifier": "0918 000 777", "password": PASSWORD}).content.decode()
    assert page == re.sub(r'csrfmiddlewaretoken" value="\w+"', "", other).replace("0918 000 777", "")


def test_what_is_right_costs_one_hash_too(client: Client, counting: type[Counting]) -> None:
    citizen()
    before = counting.computed
    assert give(client, NUMBER).status_code == 302
    assert counting.computed - before == 1


def not_activated(engage: Callable[..., Clerk]) -> str:
    return engage("Nguyễn Văn An", "an@camau.gov.vn", "").email


def unknown_mailbox(_engage: Callable[..., Clerk]) -> str:
    return "ai@camau.gov.vn"


def a_citizens(_engage: Callable[..., Clerk]) -> str:
    citizen()
    return MAIL


OFFICERS_DOOR = [not_activated, unknown_mailbox, a_citizens]


@pytest.mark.parametrize("case", OFFICERS_DOOR, ids=[case.__name__ for case in OFFICERS_DOOR])
def test_the_officers_door_hashes_once_for_everybody(
    client: Client, engage: Callable[..., Clerk], counting: type[Counting], case: Callable[..., str]
) -> None:
    typed = case(engage)
    before = counting.computed
    assert client.post("/desk/sign-in/", {"email": typed, "password": PASSWORD}).status_code == 422
    assert counting.computed - before == 1


def attempt(typed: str, *, password: str = "sai", minutes: float = 0, device: str = "", origin: str = "") -> type:
    by, at = nobody(origin=origin), NOW + timedelta(minutes=minutes)
    try:
        found = prove_password(parse_identifier(typed), password=password, device=lambda _of: device, by=by, at=at)
    except DomainError as no:
        return type(no)
    return type(found)


def test_one_name_is_tried_five_times_and_one_account_no_oftener_under_all_its_names() -> None:
    citizen()
    assert [attempt(PHONE) for _ in range(6)] == [NotSignedIn] * 5 + [TooManyAttempts]
    assert attempt(PHONE, password=PASSWORD) == TooManyAttempts
    for minutes, name in enumerate((MAIL, NUMBER, PHONE), start=6):
        assert [attempt(name, minutes=minutes) for _ in range(5)] == [NotSignedIn] * 5
    assert attempt(MAIL, password=PASSWORD, minutes=20) == NotSignedIn
    assert attempt(MAIL, password=PASSWORD, minutes=61) == Account


def test_that_two_names_are_one_account_is_not_told_by_its_count(counting: type[Counting]) -> None:
    citizen()
    for minutes in range(0, 24, 6):
        for _ in range(5):
            attempt(PHONE, minutes=minutes)
    for name in (MAIL, "0918 000 999"):
        before = counting.computed
        assert attempt(name, minutes=24) == NotSignedIn
        assert counting.computed - before == 1


def test_his_own_browser_lets_him_in_while_somebody_guesses() -> None:
    citizen()
    for minutes in range(0, 50, 6):
        for _ in range(5):
            attempt(PHONE, minutes=minutes, origin="203.0.113.9")
    assert attempt(PHONE, password=PASSWORD, minutes=49) == TooManyAttempts
    assert attempt(PHONE, password=PASSWORD, minutes=49, device="mine") == Account


def test_one_network_tries_thirty_times_whatever_the_names() -> None:
    tried = [attempt(f"0918 000 {n:03d}", origin="203.0.113.9") for n in range(31)]
    assert tried == [NotSignedIn] * 30 + [TooManyAttempts]


def test_a_browser_that_signed_in_by_code_is_known_for_the_personal_number(client: Client) -> None:
    sen = citizen()
    give(client, PHONE)
    client.post("/sign-out/")
    while attempt(NUMBER, minutes=0) != TooManyAttempts:
        pass
    assert client.cookies["device"].value
    assert give(client, NUMBER).status_code == 302
    assert str(sen.id) not in client.cookies["device"].value


def test_the_first_one_is_set_under_account_security(client: Client) -> None:
    sen = citizen(password="")
    enter(client, sen)
    assert PAGE in client.get("/account/security/").content.decode()
    page = client.get(PAGE)
    assert (page.status_code, page.context["first"], page.context["shortest"]) == (200, True, 14)
    assert client.post(PAGE, {"password": "ngắn quá"}).status_code == 422
    assert client.post(PAGE, {"password": "quantri@123456"}).status_code == 422
    assert client.post(PAGE, {"password": PASSWORD}).status_code == 302
    assert not PastPassword.objects.exists()
    assert EventRecord.objects.get(name="access.PasswordChosen").subject_id == sen.id
    assert client.get(PAGE).context["first"] is False
    client.post("/sign-out/")
    assert give(client, NUMBER).status_code == 302


def test_a_forgotten_one_is_replaced_after_a_code(client: Client) -> None:
    citizen(password="mật khẩu đã quên rồi")
    assert f'href="/sign-in/?next={FORGOTTEN}"' in client.get(SIGN_IN).content.decode()
    client.post("/sign-in/", {"contact": PHONE, "next": FORGOTTEN})
    code = re.search(r"\d{6}", TrayMessage.objects.latest("sent_at").text)
    assert code
    assert client.post("/sign-in/code/", {"code": code[0]}).headers["Location"] == FORGOTTEN
    assert client.get(FORGOTTEN).headers["Location"] == PAGE
    assert client.post(PAGE, {"password": PASSWORD}).status_code == 302
    client.post("/sign-out/")
    assert give(client, MAIL).status_code == 302


def test_a_personal_number_typed_where_codes_are_sent_leads_to_the_password(client: Client) -> None:
    answer = client.post("/sign-in/", {"contact": "096 190 000 123", "next": "/apply/"})
    assert answer.headers["Location"] == f"{SIGN_IN}?next=%2Fapply%2F"
    assert not TrayMessage.objects.exists()
    assert client.get(answer.headers["Location"]).context["typed"]["identifier"] == "096 190 000 123"


@pytest.mark.parametrize("typed", ["0918", "sen", "sen@", "123456789", "999190000123", "0961900001234"])
def test_what_names_nobody_is_refused_beside_its_field(client: Client, typed: str) -> None:
    answer = give(client, typed)
    assert answer.status_code == 422
    assert answer.context["errors"]["identifier"]


def test_a_word_is_no_identifier() -> None:
    with pytest.raises(NotAnIdentifier):
        parse_identifier("sen")


def test_who_forgot_it_meanwhile_confirms_by_a_code(client: Client) -> None:
    sen = citizen()
    enter(client, sen)
    answer = client.post("/account/confirm/?next=/account/security/", {"confirm-password": "", "confirm-send": "1"})
    digits = re.search(r"\d{6}", TrayMessage.objects.latest("sent_at").text)
    assert (answer.status_code, answer.context["sent_to"].value) == (200, "+84918000123")
    assert digits
    proved = client.post("/account/confirm/?next=/account/security/", {"confirm-sent": digits[0]})
    assert proved.headers["Location"] == "/account/security/"
