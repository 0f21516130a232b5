import re
import time
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.http import HttpRequest
from django.test import Client
from django.utils.module_loading import import_string
from pytest_django import Settings

from camaug.access.actions.close_account import close_account
from camaug.access.authentication import Method, authenticated_at, level_of, methods_of
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.kernel.models import EventRecord
from camaug.people.actions.end_position import end_position
from config import settings as configured
from tests.integration.access.conftest import NOW, PASSWORD, Clerk

PAGE = "/desk/sign-in/"
MAIL = "an@camau.gov.vn"


@pytest.fixture
def an(engage: Callable[..., Clerk]) -> Clerk:
    return engage("Nguyễn Văn An", MAIL)


def sign_in(client: Client, email: str = MAIL, password: str = PASSWORD, **more: str) -> "Answer":
    return Answer(client.post(PAGE, {"email": email, "password": password, **more}))


class Answer:
    """What came back, as far as a person would notice."""

    def __init__(self, response: object) -> None:
        self.status = response.status_code  # type: ignore[attr-defined]
        self.target = response.headers.get("Location", "")  # type: ignore[attr-defined]
        context = response.context or {}  # type: ignore[attr-defined]
        self.sentence = context["sentences"].get("", "") if "sentences" in context else ""


def test_the_right_password_signs_in_and_leads_to_the_desk(client: Client, an: Clerk) -> None:
    answer = sign_in(client)
    assert (answer.status, answer.target) == (302, "/desk/")
    assert client.session["_auth_user_id"] == str(an.account.id)
    assert EventRecord.objects.get(name="access.SignedIn").subject_id == an.account.id


def test_the_session_says_by_what_and_when(client: Client, an: Clerk) -> None:
    before = time.time()
    sign_in(client)
    request = HttpRequest()
    request.session, request.user = client.session, an.account
    (proof,) = methods_of(request)
    assert proof.method == Method.PASSWORD
    assert before <= proof.at.timestamp() <= time.time()
    assert authenticated_at(request) == proof.at
    assert level_of(request) == "LoA1"


def test_whoever_signs_in_after_another_brings_nothing_of_his_along(engage: Callable[..., Clerk], an: Clerk) -> None:
    browser, binh = Client(), engage("Trần Thị Bình", "binh@camau.gov.vn")
    sign_in(browser)
    browser.post("/sign-out/")
    sign_in(browser, binh.email)
    request = HttpRequest()
    request.session, request.user = browser.session, an.account
    assert methods_of(request) == ()
    request.user = binh.account
    assert [proof.method for proof in methods_of(request)] == [Method.PASSWORD]


def test_the_address_may_be_typed_in_capitals(client: Client, an: Clerk) -> None:
    assert sign_in(client, email=an.email.upper()).status == 302


def test_a_wrong_an_unknown_a_closed_an_unactivated_and_a_former_officer_get_the_same_answer(
    engage: Callable[..., Clerk], an: Clerk
) -> None:
    closed, former = engage("Lê Thị Chi", "chi@camau.gov.vn"), engage("Phạm Văn Dũng", "dung@camau.gov.vn")
    engage("Trần Thị Bình", "binh@camau.gov.vn", password="")
    close_account(closed.account.id, by=SYSTEM, at=NOW)
    end_position(former.position_id, until_date=NOW.date() - timedelta(days=1), by=SYSTEM, at=NOW)
    tries = [
        (an.email, "không phải mật khẩu"),
        ("khong.co@camau.gov.vn", PASSWORD),
        (closed.email, PASSWORD),
        ("binh@camau.gov.vn", PASSWORD),
        ("binh@camau.gov.vn", "!"),
        (former.email, PASSWORD),
    ]
    clients = [Client() for _ in tries]
    answers = [sign_in(c, email, password) for c, (email, password) in zip(clients, tries, strict=True)]
    assert {(a.status, a.sentence) for a in answers} == {(422, answers[0].sentence)}
    assert answers[0].sentence
    assert not any("_auth_user_id" in c.session for c in clients)


def test_after_five_failures_even_the_right_password_waits(client: Client, an: Clerk) -> None:
    for _ in range(5):
        assert sign_in(client, password="sai").status == 422
    refused = sign_in(client)
    assert refused.status == 429
    assert "5" in refused.sentence
    assert "_auth_user_id" not in client.session


def test_an_unknown_address_is_throttled_like_a_known_one(client: Client, an: Clerk) -> None:
    statuses = [sign_in(client, email="khong.co@camau.gov.vn").status for _ in range(6)]
    assert statuses == [422] * 5 + [429]


def test_one_network_is_throttled_over_many_addresses(client: Client, an: Clerk) -> None:
    for number in range(30):
        assert sign_in(client, email=f"o{number}@camau.gov.vn").status == 422
    assert sign_in(client).status == 429
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert sign_in(elsewhere).status == 302


def test_right_passwords_do_not_use_up_the_limit(an: Clerk) -> None:
    assert [sign_in(Client()).status for _ in range(7)] == [302] * 7


@pytest.mark.parametrize("typed", [PASSWORD.upper(), PASSWORD[:-1], f"{PASSWORD} ", f" {PASSWORD}"])
def test_a_password_is_taken_letter_by_letter(client: Client, an: Clerk, typed: str) -> None:
    assert client.post(PAGE, {"email": an.email, "password": typed}).status_code == 422


def test_a_session_ends_twelve_hours_after_the_sign_in_whatever_is_done_in_it(client: Client, an: Clerk) -> None:
    client.post(PAGE, {"email": an.email, "password": PASSWORD})
    until = client.session.get_expiry_date()
    assert timedelta(hours=11, minutes=59) < until - now() <= timedelta(hours=12)
    session = client.session
    session["anything"] = 1
    session.save()
    assert Session.objects.get(session_key=session.session_key).expire_date == until


def test_session_keys_are_long_and_no_two_alike(client: Client, an: Clerk) -> None:
    keys = set()
    for _ in range(3):
        client.post(PAGE, {"email": an.email, "password": PASSWORD})
        keys.add(client.session.session_key)
        client.post("/sign-out/")
    assert len(keys) == 3
    assert {len(key) for key in keys if key} == {32}


def test_password_fields_hide_what_is_typed_and_let_password_managers_fill_them(client: Client) -> None:
    (field,) = re.findall(r'<input[^>]*name="password"[^>]*>', client.get(PAGE).content.decode())
    assert 'type="password"' in field
    assert 'autocomplete="current-password"' in field
    assert "onpaste" not in field


def test_the_session_gets_a_new_key(client: Client, an: Clerk) -> None:
    client.get(PAGE)
    session = client.session
    session["before"] = "sign-in"
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client)
    assert client.session.session_key != before
    cookie = client.cookies["sessionid"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


@pytest.mark.parametrize(
    ("asked", "target"),
    [
        ("/desk/cases/?state=open", "/desk/cases/?state=open"),
        ("https://evil.example/", "/desk/"),
        ("//evil.example/", "/desk/"),
        ("/\\evil.example/", "/desk/"),
        ("javascript:alert(1)", "/desk/"),
        ("evil", "/desk/"),
    ],
)
def test_only_a_path_of_this_site_is_followed(client: Client, an: Clerk, asked: str, target: str) -> None:
    assert sign_in(client, next=asked).target == target


def test_an_account_that_is_closed_loses_its_session_at_once(client: Client, an: Clerk) -> None:
    sign_in(client)
    close_account(an.account.id, by=SYSTEM, at=NOW)
    assert client.get(PAGE).status_code == 200


def test_signing_out_ends_the_session_and_is_written_down(client: Client, an: Clerk) -> None:
    sign_in(client)
    key = client.session.session_key
    assert client.post("/sign-out/").status_code == 302
    assert "_auth_user_id" not in client.session
    assert not client.session.exists(str(key))
    assert EventRecord.objects.filter(name="access.SignedOut", subject_id=an.account.id).count() == 1


def test_a_sign_out_clears_what_scripts_have_laid_up(client: Client, an: Clerk) -> None:
    sign_in(client)
    assert "Clear-Site-Data" not in client.get("/sign-out/")
    assert client.post("/sign-out/")["Clear-Site-Data"] == '"storage"'


def test_a_link_to_sign_out_signs_nobody_out(client: Client, an: Clerk) -> None:
    sign_in(client)
    client.get("/sign-out/")
    assert client.session["_auth_user_id"] == str(an.account.id)


def test_a_form_without_its_token_is_refused(an: Clerk) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict).status == 403


def test_passwords_are_kept_as_argon2id(an: Clerk) -> None:
    assert an.account.password.startswith("argon2$argon2id$")
    (path,) = configured.PASSWORD_HASHERS
    hasher = import_string(path)()
    assert hasher.algorithm == "argon2"
    assert hasher.time_cost >= 2
    assert hasher.memory_cost >= 19 * 1024, "OWASP's least: two passes over 19 MiB"


def test_the_log_of_events_holds_neither_address_nor_password(client: Client, an: Clerk) -> None:
    sign_in(client)
    row = EventRecord.objects.get(name="access.SignedIn")
    assert (row.facts, row.actor_id) == ({"how": "password"}, an.account.id)


def test_secure_cookies_in_production(settings: Settings) -> None:
    assert settings.SESSION_COOKIE_SECURE is (not settings.DEMO)
    assert settings.CSRF_COOKIE_SECURE is (not settings.DEMO)
