"""A passkey alone is a whole sign-in, so that each rule of WebAuthn that makes it one is broken here once."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from camaug.access.actions.close_account import close_account
from camaug.access.authentication import Method
from camaug.access.models import Factor
from camaug.access.queries import factors_of
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from tests.authenticator import PRESENT, VERIFIED, Passkey
from tests.integration.access.conftest import PASSWORD, Clerk
from tests.sessions import enter

ALONE, SECOND, CONFIRM = "/sign-in/passkey/", "/sign-in/second-factor/", "/account/confirm/"
NEW = "/account/security/passkeys/new/"


@pytest.fixture
def an(engage: Callable[..., Clerk]) -> Clerk:
    return engage("Nguyễn Văn An", "an@camau.gov.vn")


@pytest.fixture
def binh(engage: Callable[..., Clerk]) -> Clerk:
    return engage("Trần Thị Bình", "binh@camau.gov.vn")


def added(who: Clerk, counter: int = 7) -> Passkey:
    """A passkey that the officer has added on the page of his security."""
    browser, key = Client(), Passkey(counter=counter)
    enter(browser, who.account, shown=(Method.PASSWORD,))
    answer = browser.post(NEW, {"credential": key.made(asked(browser, NEW)), "name": "Máy cơ quan"})
    assert answer.status_code == 302
    assert key.owner == who.account.id.bytes
    return key


def asked(browser: Client, page: str) -> str:
    """The question that a page puts to passkeys."""
    return str(browser.get(page).context["options"])


def is_in(browser: Client, who: Clerk) -> bool:
    return bool(browser.session.get("_auth_user_id") == str(who.account.id))


def at_second_step(who: Clerk) -> Client:
    browser = Client()
    browser.post("/desk/sign-in/", {"email": who.email, "password": PASSWORD})
    return browser


def test_a_passkey_signs_in_alone_and_beside_a_password(an: Clerk) -> None:
    key, alone, beside = added(an), Client(), at_second_step(an)
    assert alone.post(ALONE, {"credential": key.signed(asked(alone, ALONE))}).status_code == 302
    assert beside.post(SECOND, {"credential": key.signed(asked(beside, SECOND))}).status_code == 302
    assert (is_in(alone, an), is_in(beside, an)) == (True, True)
    assert Factor.objects.get().counter == key.counter


WRONG: dict[str, dict[str, Any]] = {
    "nobody has shown finger, face or PIN": {"flags": PRESENT},
    "nobody has touched it": {"flags": VERIFIED},
    "for a page of another site": {"origin": "http://testserver.example"},
    "for a page of our host at another port": {"origin": "http://testserver:8443"},
    "for a page of our host by another protocol": {"origin": "https://testserver"},
    "for another site's keys": {"host": "testserver.example"},
    "made as for a new key": {"kind": "webauthn.create"},
    "as another account's": {"owner": b"\x01" * 16},
}


@pytest.mark.parametrize("how", list(WRONG))
@pytest.mark.parametrize("page", [ALONE, SECOND])
def test_an_answer_that_is_wrong_in_one_thing_opens_nothing(an: Clerk, how: str, page: str) -> None:
    key = added(an)
    browser = at_second_step(an) if page == SECOND else Client()
    answer = browser.post(page, {"credential": key.signed(asked(browser, page), **WRONG[how])})
    assert (answer.status_code, is_in(browser, an)) == (422, False)
    assert Factor.objects.get().counter == 7
    assert browser.post(page, {"credential": key.signed(asked(browser, page))}).status_code == 302
    assert is_in(browser, an)


@pytest.mark.parametrize("how", [name for name in WRONG if WRONG[name].keys() <= {"flags", "origin", "host"}])
def test_no_key_is_taken_that_was_made_in_such_a_way(an: Clerk, how: str) -> None:
    browser = Client()
    enter(browser, an.account, shown=(Method.PASSWORD,))
    made = Passkey().made(asked(browser, NEW), **WRONG[how])
    assert browser.post(NEW, {"credential": made}).status_code == 422
    assert not Factor.objects.exists()


@pytest.mark.parametrize("counter", [0, 7])
@pytest.mark.parametrize("page", [ALONE, SECOND])
def test_an_answer_serves_once_and_in_no_other_browser(an: Clerk, page: str, counter: int) -> None:
    """With `counter` 0 the key counts nothing, as those that a phone carries to another one."""
    key = added(an, counter)
    mine, stranger = [at_second_step(an) if page == SECOND else Client() for _each in range(2)]
    sent = {"credential": key.signed(asked(mine, page))}
    assert asked(stranger, page)
    assert stranger.post(page, sent).status_code == 422
    assert mine.post(page, sent).status_code == 302
    mine.post("/sign-out/")
    again = at_second_step(an) if page == SECOND else mine
    assert again.post(page, sent).status_code == 422
    assert (is_in(again, an), is_in(stranger, an)) == (False, False)


def test_a_question_is_over_with_its_first_answer(an: Clerk) -> None:
    key, browser = added(an), Client()
    question = asked(browser, ALONE)
    assert browser.post(ALONE, {"credential": key.signed(question, flags=PRESENT)}).status_code == 422
    assert browser.post(ALONE, {"credential": key.signed(question)}).status_code == 422
    assert not is_in(browser, an)


@pytest.mark.parametrize("said", [3, 7])
def test_a_copied_key_counts_backwards_or_stands_still(an: Clerk, said: int) -> None:
    key, browser = added(an), Client()
    key.counter = said - 1
    answer = browser.post(ALONE, {"credential": key.signed(asked(browser, ALONE))})
    assert (answer.status_code, is_in(browser, an)) == (422, False)
    key.counter = 0
    answer = browser.post(ALONE, {"credential": key.signed(asked(browser, ALONE))})
    assert (answer.status_code, is_in(browser, an)) == (422, False)


def test_anothers_key_opens_neither_the_second_step_nor_a_confirmation(an: Clerk, binh: Clerk) -> None:
    _own, others = added(an), added(binh)
    second = at_second_step(an)
    assert second.post(SECOND, {"credential": others.signed(asked(second, SECOND))}).status_code == 422
    assert not is_in(second, an)
    assert not is_in(second, binh)
    confirming = Client()
    enter(confirming, an.account, ago=timedelta(minutes=31))
    sent = {"confirm-credential": others.signed(asked(confirming, CONFIRM))}
    assert confirming.post(f"{CONFIRM}?next=/desk/", sent).status_code == 422
    assert is_in(confirming, an)


def test_a_key_that_says_to_be_anothers_has_not_his_signature(an: Clerk, binh: Clerk) -> None:
    own, others = added(an), added(binh)
    browser = Client()
    forged = own.signed(asked(browser, ALONE), claims=others.id, owner=binh.account.id.bytes)
    assert browser.post(ALONE, {"credential": forged}).status_code == 422
    assert (is_in(browser, an), is_in(browser, binh)) == (False, False)


def test_a_key_that_somebody_has_is_not_added_to_another_account(an: Clerk, binh: Clerk) -> None:
    key, browser = added(an), Client()
    enter(browser, binh.account, shown=(Method.PASSWORD,))
    assert browser.post(NEW, {"credential": key.made(asked(browser, NEW))}).status_code == 422
    assert Factor.objects.get().account == an.account


def remove(who: Clerk) -> None:
    browser = Client()
    enter(browser, who.account)
    factor = factors_of(who.account.id).all[0]
    assert browser.post(f"/account/security/factors/{factor.id}/removal/").status_code == 302


def close(who: Clerk) -> None:
    close_account(who.account.id, by=SYSTEM, at=now())


@pytest.mark.parametrize("ends", [remove, close])
def test_a_key_that_was_taken_away_opens_nothing_even_what_it_was_asked_before(
    an: Clerk, ends: Callable[[Clerk], None]
) -> None:
    key, browser = added(an), Client()
    sent = {"credential": key.signed(asked(browser, ALONE))}
    ends(an)
    assert browser.post(ALONE, sent).status_code == 422
    assert browser.post(ALONE, {"credential": key.signed(asked(browser, ALONE))}).status_code == 422
    assert not is_in(browser, an)


@pytest.mark.parametrize("algorithm", [-65535, -260])
def test_a_key_by_an_algorithm_that_was_not_offered_is_not_taken(an: Clerk, algorithm: int) -> None:
    """Its signatures could not be checked at a sign-in, or by SHA-1."""
    browser, key = Client(), Passkey()
    enter(browser, an.account, shown=(Method.PASSWORD,))
    question = asked(browser, NEW)
    assert algorithm not in [one["alg"] for one in json.loads(question)["publicKey"]["pubKeyCredParams"]]
    assert browser.post(NEW, {"credential": key.made(question, algorithm=algorithm)}).status_code == 422
    assert not Factor.objects.exists()
