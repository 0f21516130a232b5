"""Whoever hammers an address slows down himself: its holder still gets in where he has been before."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from camaug.access.actions.count_attempt import TooManyAttempts, digest
from camaug.access.actions.count_sign_in import count_sign_in, welcome_back
from camaug.access.limits import ACCOUNTS, PASSWORDS
from camaug.access.models import Throttle
from camaug.kernel.actors import Actor, ActorKind
from tests.integration.access.conftest import NOW, PASSWORD, Clerk

SIGN_IN = "/desk/sign-in/"
MAIL = "an@camau.gov.vn"
HOME, ELSEWHERE = "198.51.100.7", "203.0.113.9"


@pytest.fixture
def an(engage: Callable[..., Clerk]) -> Clerk:
    return engage("Nguyễn Văn An", MAIL)


def tries(client: Client, password: str, origin: str) -> int:
    return client.post(SIGN_IN, {"email": MAIL, "password": password}, REMOTE_ADDR=origin).status_code


def attempt(*, device: str = "", origin: str = ELSEWHERE, minutes: float = 0) -> bool:
    by = Actor(kind=ActorKind.ANONYMOUS, origin=origin)
    try:
        count_sign_in(PASSWORDS, of=MAIL, device=device, by=by, at=NOW + timedelta(minutes=minutes))
    except TooManyAttempts:
        return False
    return True


def signed_in_before(origin: str = HOME) -> None:
    by = Actor(kind=ActorKind.ANONYMOUS, origin=origin)
    welcome_back(count_sign_in(PASSWORDS, of=MAIL, device="", by=by, at=NOW), of=MAIL, by=by, at=NOW)


@pytest.mark.django_db
def test_an_officers_address_is_tried_by_strangers_twenty_times_an_hour(client: Client, an: Clerk) -> None:
    short = Throttle.objects.filter(key=digest(PASSWORDS.name, "of", MAIL))
    for turn in range(ACCOUNTS.of_one):
        short.delete()  # five minutes have passed
        assert tries(client, "not this one", f"203.0.113.{turn % 5}") == 422
    short.delete()
    assert tries(client, PASSWORD, "198.51.100.9") == 429


@pytest.mark.parametrize(
    ("device", "origin", "gets_in"),
    [
        ("mine", ELSEWHERE, True),
        ("mine", HOME, True),
        ("", HOME, True),
        ("", ELSEWHERE, False),
        ("", "192.0.2.200", False),  # a stranger to this address, like the one who guesses
    ],
)
@pytest.mark.django_db
def test_who_gets_in_while_somebody_guesses(device: str, origin: str, gets_in: bool) -> None:
    signed_in_before()
    while attempt():
        pass
    assert attempt(device=device, origin=origin, minutes=1) is gets_in


@pytest.mark.parametrize(("device", "origin", "most"), [("mine", HOME, 10), ("", HOME, 5), ("", ELSEWHERE, 5)])
@pytest.mark.django_db
def test_nobody_guesses_without_end_from_anywhere(device: str, origin: str, most: int) -> None:
    signed_in_before()
    assert [attempt(device=device, origin=origin) for _ in range(most + 2)] == [True] * most + [False] * 2
    assert attempt(device=device, origin=origin, minutes=6)


@pytest.mark.django_db
def test_a_network_is_forgotten_after_a_while() -> None:
    signed_in_before()
    while attempt(minutes=91 * 24 * 60):
        pass
    assert not attempt(origin=HOME, minutes=91 * 24 * 60)


def test_the_holder_signs_in_on_his_own_browser_while_his_address_is_hammered(client: Client, an: Clerk) -> None:
    assert tries(client, PASSWORD, HOME) == 302
    client.post("/sign-out/")
    stranger = Client()
    assert [tries(stranger, "sai", ELSEWHERE) for _ in range(7)] == [422] * 5 + [429] * 2
    assert tries(stranger, PASSWORD, ELSEWHERE) == 429
    assert tries(client, PASSWORD, "192.0.2.44") == 302
    assert tries(Client(), PASSWORD, HOME) == 302


def test_a_cookie_of_somebody_else_or_of_nobody_vouches_for_nothing(
    client: Client, an: Clerk, engage: Callable[..., Clerk]
) -> None:
    engage("Trần Thị Bình", "binh@camau.gov.vn")
    client.post(SIGN_IN, {"email": "binh@camau.gov.vn", "password": PASSWORD}, REMOTE_ADDR=ELSEWHERE)
    client.post("/sign-out/")
    assert [tries(client, "sai", ELSEWHERE) for _ in range(6)] == [422] * 5 + [429]
    forged = Client()
    forged.cookies["device"] = client.cookies["device"].value + "x"
    assert tries(forged, PASSWORD, ELSEWHERE) == 429


def test_the_cookie_is_out_of_scripts_reach_and_says_nothing_of_whom(client: Client, an: Clerk) -> None:
    tries(client, PASSWORD, HOME)
    cookie = client.cookies["device"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert "camau" not in cookie.value
