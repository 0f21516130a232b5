from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings as site
from django.test import Client
from django.utils import timezone

from camaug.access.actions.activate_officer import activate_officer
from camaug.access.actions.choose_password import (
    KEPT,
    PasswordBreached,
    PasswordGuessable,
    PasswordHadBefore,
    PasswordWeak,
    choose_password,
)
from camaug.access.actions.set_up_totp import set_up_totp
from camaug.access.authentication import Method
from camaug.access.models import Account, Factor, PastPassword
from camaug.access.queries import actor_of, is_password_due
from camaug.access.totp import code_at, step_of
from camaug.kernel.actors import SYSTEM, Actor
from camaug.kernel.clock import now
from camaug.kernel.errors import DomainError, NotFound
from camaug.kernel.models import EventRecord
from camaug.people.loading import load_role_book
from camaug.people.models import Role
from tests.callers import program_of
from tests.integration.access.conftest import NOW, PASSWORD, Clerk, let_administer
from tests.sessions import enter

PAGE = "/account/security/password/"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def an(engage: Callable[..., Clerk]) -> Clerk:
    return engage("Nguyễn Văn An", "an@camau.gov.vn")


def actor(who: Clerk) -> Actor:
    return actor_of(who.account, at=NOW, origin="")


def with_factor(who: Clerk) -> None:
    set_up_totp(who.account.id, secret=SECRET, digits=code_at(SECRET, step_of(NOW)), by=SYSTEM, at=NOW)


@pytest.mark.parametrize(
    ("password", "factor", "refused"),
    [
        ("rừng tràm 13k", False, PasswordWeak),
        ("rừng tràm 14 k", False, None),
        ("rừng 7k", True, PasswordWeak),
        ("rừng 8 k", True, None),
        ("8264017395618204", False, PasswordWeak),
        ("rừng đước " * 10, False, None),
        ("mấychữthườngkhôngdấucách", False, None),
        ("quantri@123456", False, PasswordBreached),
        ("camau2026", True, PasswordBreached),
        ("Ubnd.Tỉnh_Cà Mau@2031", False, PasswordGuessable),
        ("an@camau.gov.vn 2026", False, PasswordGuessable),
    ],
)
def test_which_passwords_are_taken(an: Clerk, password: str, factor: bool, refused: type[DomainError] | None) -> None:
    if factor:
        with_factor(an)
    if refused is None:
        assert choose_password(password, present=PASSWORD, by=actor(an), at=NOW).check_password(password)
        return
    with pytest.raises(refused):
        choose_password(password, present=PASSWORD, by=actor(an), at=NOW)
    with pytest.raises(refused):
        activate_officer(an.email, password=password, by=SYSTEM, at=NOW)


def test_none_of_the_last_ten_is_taken_again(an: Clerk) -> None:
    chosen = [PASSWORD, *(f"đất mũi mùa gió chướng {n}" for n in range(KEPT + 1))]
    for n, password in enumerate(chosen[1:]):
        choose_password(password, present=chosen[n], by=actor(an), at=NOW + timedelta(days=n))
    for password in chosen[-KEPT:]:
        with pytest.raises(PasswordHadBefore):
            choose_password(password, present=chosen[-1], by=actor(an), at=NOW + timedelta(days=20))
    choose_password(chosen[0], present=chosen[-1], by=actor(an), at=NOW + timedelta(days=21))
    assert PastPassword.objects.filter(account=an.account).count() == KEPT


def test_the_page_changes_it_and_signs_out_everywhere_else(client: Client, an: Clerk) -> None:
    elsewhere = Client()
    for browser in (client, elsewhere):
        enter(browser, an.account, shown=(Method.PASSWORD,))
    assert client.post(PAGE, {"present": PASSWORD, "password": "ngắn"}).status_code == 422
    before = client.session.session_key
    assert client.post(PAGE, {"present": PASSWORD, "password": "mùa tôm năm nay được"}).status_code == 302
    assert client.session.session_key != before
    assert client.get("/desk/tokens/").status_code == 200
    assert elsewhere.get("/desk/tokens/").status_code == 302
    row = EventRecord.objects.get(name="access.PasswordChosen")
    assert (row.subject_id, row.facts) == (an.account.id, {})


def test_an_administrator_changes_it_every_two_months_before_anything_else(client: Client, an: Clerk) -> None:
    Role.objects.create(code="ADMINISTRATOR", name="Quản trị hệ thống")
    load_role_book(site.PROFILE, at=now(), progress=lambda _done, _total: None)
    let_administer(an, at=NOW)
    set_up_totp(an.account.id, secret=SECRET, digits=code_at(SECRET, step_of(NOW)), by=SYSTEM, at=NOW)
    Account.objects.filter(pk=an.account.id).update(password_at=timezone.now() - timedelta(days=61))
    client.post("/desk/sign-in/", {"email": an.email, "password": PASSWORD})
    client.post("/sign-in/second-factor/", {"code": code_at(SECRET, step_of(timezone.now()))})
    assert client.get("/desk/tokens/").headers["Location"] == PAGE
    assert client.get(PAGE).context["due"]
    assert client.post(PAGE, {"present": PASSWORD, "password": "mùa tôm năm nay được"}).status_code == 302
    assert client.get("/desk/tokens/").status_code == 200
    assert not is_password_due(Account.objects.get(pk=an.account.id), at=timezone.now())


def test_a_password_that_is_due_stops_the_programs_of_an_administrator_too(client: Client, an: Clerk) -> None:
    """Both what his session's cookie reads over the API, and what his tokens open; of others nothing is due."""
    an_hour_old = {"password_at": timezone.now() - timedelta(hours=1)}
    long_ago = {"password_at": timezone.now() - timedelta(days=61)}
    told: dict[str, tuple[int, int]] = {}
    for kind in ("officer", "administrator"):
        if kind == "administrator":
            Role.objects.create(code="ADMINISTRATOR", name="Quản trị hệ thống")
            load_role_book(site.PROFILE, at=now(), progress=lambda _done, _total: None)
            let_administer(an, at=NOW)
            with_factor(an)
        program = program_of(actor_of(an.account, at=now(), origin=""))
        for age, at in (("fresh", an_hour_old), ("due", long_ago)):
            Account.objects.filter(pk=an.account.id).update(**at)
            browser = Client()
            browser.post("/desk/sign-in/", {"email": an.email, "password": PASSWORD})
            if kind == "administrator":
                browser.post("/sign-in/second-factor/", {"code": fresh_code_of(an)})
            told[f"{kind}, {age}"] = browser.get("/api/v1/me").status_code, program.get("/me").status_code
    assert told == {
        "officer, fresh": (200, 200),
        "officer, due": (200, 200),
        "administrator, fresh": (200, 200),
        "administrator, due": (401, 401),
    }


def fresh_code_of(who: Clerk) -> str:
    """A code that was not shown before."""
    Factor.objects.filter(account=who.account).update(counter=-1)
    return code_at(SECRET, step_of(timezone.now()))


def test_an_officer_who_is_not_activated_gives_himself_none(client: Client, engage: Callable[..., Clerk]) -> None:
    an = engage("Nguyễn Văn An", "an@camau.gov.vn", "")
    enter(client, an.account)
    assert client.get(PAGE).headers["Location"] == "/account/security/"
    with pytest.raises(NotFound):
        choose_password(PASSWORD, by=actor(an), at=NOW)
