"""Whoever changes his password shows the present one, or that he is its owner in the way of a forgotten one."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from camaug.access.actions.choose_password import PresentPasswordWrong, choose_password
from camaug.access.actions.open_citizen_account import open_citizen_account
from camaug.access.actions.set_up_totp import set_up_totp
from camaug.access.authentication import Method
from camaug.access.contacts import parse_contact
from camaug.access.models import Account
from camaug.access.queries import actor_of
from camaug.access.totp import code_at, step_of
from camaug.access.web.forgotten import FORGOTTEN as NOTED
from camaug.access.web.forgotten import PATIENCE
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.notify.models import TrayMessage
from camaug.people.actions.register_person import register_person
from tests.identity_provider import SEN, come_back, standing
from tests.integration.access.conftest import NOW, Clerk
from tests.integration.access.conftest import PASSWORD as OFFICERS
from tests.sessions import enter

pytestmark = pytest.mark.django_db

PAGE = "/account/security/password/"
FORGOTTEN = f"{PAGE}forgotten/"
PHONE, PASSWORD, NEW = "0918 000 123", "một mật khẩu khác hẳn", "mùa tôm năm nay được"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def sen() -> Account:
    """A citizen with a password."""
    number = SEN["SoDinhDanh"]
    person = register_person(SEN["HoVaTen"], personal_number=number, phone=PHONE, by=SYSTEM, at=NOW)
    account = open_citizen_account(person.id, contact=parse_contact(PHONE), by=SYSTEM, at=NOW)
    return choose_password(PASSWORD, by=actor_of(account, at=NOW, origin=""), at=NOW)


@pytest.fixture
def hers(client: Client, sen: Account) -> Client:
    """Her browser, in which she has just signed in."""
    enter(client, sen)
    return client


def change(client: Client, present: str, password: str = NEW) -> Any:
    return client.post(PAGE, {"present": present, "password": password})


def is_right(account: Account, password: str) -> bool:
    return Account.objects.get(pk=account.pk).check_password(password)


def code_sent() -> str:
    found = re.search(r"\b\d{6}\b", TrayMessage.objects.latest("sent_at").text)
    assert found
    return found[0]


def test_a_wrong_one_is_said_at_its_field_and_changes_nothing(hers: Client, sen: Account) -> None:
    answer = change(hers, "không phải mật khẩu này")
    assert answer.status_code == 422
    assert answer.context["sentences"] == {"present": str(PresentPasswordWrong.sentence)}
    assert is_right(sen, PASSWORD)
    assert change(hers, PASSWORD).headers["Location"] == "/account/security/"
    assert is_right(sen, NEW)


def test_a_proof_of_a_minute_ago_takes_its_place_for_nobody(client: Client, engage: Callable[..., Clerk]) -> None:
    an = engage("Nguyễn Văn An", "an@camau.gov.vn").account
    set_up_totp(an.id, secret=SECRET, digits=code_at(SECRET, step_of(NOW)), by=SYSTEM, at=NOW)
    enter(client, an, shown=(Method.PASSWORD, Method.TOTP))
    for given in ({}, {"present": ""}):
        answer = client.post(PAGE, {"password": NEW, **given})
        assert (answer.status_code, list(answer.context["sentences"])) == (422, ["present"])
    with pytest.raises(PresentPasswordWrong):
        choose_password(NEW, by=actor_of(an, at=now(), origin=""), at=now())
    assert is_right(an, OFFICERS)


def test_it_is_not_guessed_at_without_end(hers: Client, sen: Account) -> None:
    assert [change(hers, f"đoán lần thứ {n}").status_code for n in range(5)] == [422] * 5
    answer = change(hers, PASSWORD)
    assert (answer.status_code, list(answer.context["sentences"])) == (429, ["present"])
    assert hers.post("/account/confirm/", {"confirm-password": PASSWORD}).status_code == 429
    assert is_right(sen, PASSWORD)


def test_whether_the_new_one_is_the_present_one_is_not_told_to_who_does_not_know_it(hers: Client) -> None:
    told = {tuple(change(hers, "sai", password).context["sentences"].items()) for password in (PASSWORD, "ngắn", NEW)}
    assert told == {(("present", str(PresentPasswordWrong.sentence)),)}


def test_the_field_hides_it_lets_password_managers_fill_it_and_comes_back_empty(hers: Client) -> None:
    for page in (hers.get(PAGE), change(hers, "sai hoàn toàn"), change(hers, PASSWORD, "quantri@123456")):
        fields = re.findall(r'<input[^>]*type="password"[^>]*>', page.content.decode())
        assert [re.findall(r'(?:name|autocomplete|value)="([^"]*)"', field) for field in fields] == [
            ["present", "", "current-password"],
            ["password", "", "new-password"],
        ]
        assert not any(typed in page.content.decode() for typed in ("sai hoàn toàn", PASSWORD, "quantri@123456"))


def test_passwords_sent_too_late_are_not_held_while_one_is_asked_who_one_is(client: Client, sen: Account) -> None:
    enter(client, sen, ago=timedelta(minutes=31))
    answer = change(client, PASSWORD)
    assert answer.headers["Location"] == f"/account/confirm/?next={PAGE.replace('/', '%2F')}"
    assert NEW not in client.get(answer.headers["Location"]).content.decode()
    assert client.post(answer.headers["Location"], {"confirm-password": PASSWORD}).headers["Location"] == PAGE
    assert change(client, PASSWORD).status_code == 302


def test_who_forgot_it_shows_a_code_that_was_sent_for_that(hers: Client, sen: Account) -> None:
    assert f'href="{FORGOTTEN}"' in hers.get(PAGE).content.decode()
    assert not TrayMessage.objects.exists()
    assert hers.get(FORGOTTEN).status_code == 200
    assert hers.post(FORGOTTEN).context["sent_to"].value == "+84918000123"
    digits = code_sent()
    wrong = hers.post(FORGOTTEN, {"code": "000000" if digits != "000000" else "111111"})
    assert (wrong.status_code, list(wrong.context["errors"])) == (422, ["code"])
    assert hers.get(PAGE).context["asks_present"]
    hers.post(FORGOTTEN)
    assert hers.post(FORGOTTEN, {"code": code_sent()}).headers["Location"] == PAGE
    assert not hers.get(PAGE).context["asks_present"]
    assert hers.post(PAGE, {"password": NEW}).status_code == 302
    assert is_right(sen, NEW)
    assert hers.get(PAGE).context["asks_present"], "it was for that once"


def test_a_code_that_signed_her_in_for_something_else_is_none_for_that(client: Client, sen: Account) -> None:
    client.post("/sign-in/", {"contact": PHONE, "next": "/apply/"})
    client.post("/sign-in/code/", {"code": code_sent()})
    assert client.get(PAGE).context["asks_present"]
    assert client.post(PAGE, {"password": NEW}).status_code == 422
    assert is_right(sen, PASSWORD)


def test_that_it_was_forgotten_holds_for_ten_minutes_and_for_one_account(hers: Client, sen: Account) -> None:
    def asks(account_id: object, ago: timedelta) -> bool:
        session = hers.session
        session[NOTED] = {"account": str(account_id), "at": (now() - ago).isoformat()}
        session.save()
        return bool(hers.get(PAGE).context["asks_present"])

    assert not asks(sen.id, PATIENCE - timedelta(seconds=30))
    assert asks(sen.id, PATIENCE + timedelta(seconds=1))
    assert asks(sen.person_id, timedelta())


def test_a_forgotten_password_leads_round_no_second_factor(client: Client, sen: Account) -> None:
    set_up_totp(sen.id, secret=SECRET, digits=code_at(SECRET, step_of(NOW)), by=SYSTEM, at=NOW)
    enter(client, sen, ago=timedelta(minutes=31), shown=(Method.CODE, Method.TOTP))
    client.post(FORGOTTEN)
    assert client.post(FORGOTTEN, {"code": code_sent()}).headers["Location"] == PAGE
    assert client.get(PAGE).headers["Location"].startswith("/account/confirm/")
    assert client.post(PAGE, {"password": NEW}).headers["Location"].startswith("/account/confirm/")
    assert is_right(sen, PASSWORD)


def test_an_officer_is_told_who_helps_him_and_sent_no_code(client: Client, engage: Callable[..., Clerk]) -> None:
    enter(client, engage("Nguyễn Văn An", "an@camau.gov.vn").account, shown=(Method.PASSWORD,))
    assert (client.get(FORGOTTEN).headers["Location"], client.post(FORGOTTEN).headers["Location"]) == (PAGE, PAGE)
    page = client.get(PAGE)
    assert FORGOTTEN not in page.content.decode()
    assert "quản trị viên" in page.content.decode()
    assert not TrayMessage.objects.exists()


def test_a_first_one_is_set_without_but_after_a_fresh_proof(client: Client, sen: Account) -> None:
    Account.objects.filter(pk=sen.pk).update(password="!")
    sen.refresh_from_db()
    enter(client, sen, ago=timedelta(minutes=31), shown=(Method.PASSKEY,))
    assert client.post(PAGE, {"password": NEW}).headers["Location"].startswith("/account/confirm/")
    assert not is_right(sen, NEW)
    client.logout()
    enter(client, sen, shown=(Method.PASSKEY,))
    assert client.post(PAGE, {"password": NEW}).status_code == 302
    assert is_right(sen, NEW)


def test_who_signs_in_by_vneid_alone_sets_one_after_a_fresh_proof_and_replaces_it_by_another(
    client: Client, settings: Settings
) -> None:
    with standing(settings) as vneid:
        come_back(client, vneid, "/sign-in/outside/?next=/apply/", at=now())
        account = Account.objects.get()
        assert client.get(PAGE).context["first"]
        assert client.post(PAGE, {"password": PASSWORD}).status_code == 302
        assert client.post(PAGE, {"password": NEW}).status_code == 422
        assert client.get(FORGOTTEN).context["outside"]
        assert client.post(FORGOTTEN).status_code == 404, "there is nowhere to send a code"
        client.get(FORGOTTEN)
        confirming = f"/account/confirm/outside/?next={FORGOTTEN}"
        assert come_back(client, vneid, confirming, at=now()).headers["Location"] == FORGOTTEN
        assert client.get(FORGOTTEN).headers["Location"] == PAGE
        assert client.post(PAGE, {"password": NEW}).status_code == 302
        assert is_right(account, NEW)
