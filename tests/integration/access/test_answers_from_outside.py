"""What comes back from the provider is taken only if it fits, is signed by its keys, and is meant for us."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from joserfc.jwk import RSAKey
from pytest_django import Settings

from camaug.access.models import Account
from camaug.kernel.clock import now
from tests.identity_provider import (
    CARRIED,
    IdentityProvider,
    bringing_its_key,
    come_back,
    signed_by_nobody,
    signed_by_secret,
    standing,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def vneid(settings: Settings) -> Iterator[IdentityProvider]:
    """The provider, which vouches for Sen."""
    with standing(settings) as it:
        yield it


def sign_in(client: Client, there: IdentityProvider, **changed: str | None) -> Any:
    return come_back(client, there, "/sign-in/outside/?next=/apply/", at=now(), **changed)


def whose(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize(
    ("what", "changed"),
    [
        ("another state", {"state": "x"}),
        ("no state", {"state": None}),
        ("another sender", {"iss": "https://evil.example"}),
        ("no code", {"code": None}),
        ("a refusal", {"error": "access_denied"}),
    ],
)
def test_an_answer_that_does_not_fit_opens_nothing(
    client: Client, vneid: IdentityProvider, what: str, changed: dict[str, str | None]
) -> None:
    assert sign_in(client, vneid, **changed).status_code == 422, what
    assert whose(client) is None
    assert vneid.tokens_asked == 0


def test_an_answer_serves_once(client: Client, vneid: IdentityProvider) -> None:
    sign_in(client, vneid)
    client.post("/sign-out/")
    again = client.get("/sign-in/outside/back/", {"code": "c", "state": vneid.asked["state"]})
    assert again.status_code == 422
    assert whose(client) is None


def test_a_provider_that_names_itself_in_answers_must_do_so(client: Client, vneid: IdentityProvider) -> None:
    vneid.metadata["authorization_response_iss_parameter_supported"] = True
    assert sign_in(client, vneid).status_code == 422
    assert sign_in(client, vneid, iss=vneid.address).status_code == 302


def test_a_provider_that_says_to_be_another_is_not_asked(client: Client, vneid: IdentityProvider) -> None:
    vneid.metadata["issuer"] = "https://evil.example"
    assert client.get("/sign-in/outside/").status_code == 422
    assert vneid.tokens_asked == 0


FORGED: dict[str, dict[str, Any]] = {
    "another nonce": {"nonce": "x"},
    "no nonce": {"nonce": None},
    "another issuer": {"iss": "https://evil.example"},
    "for another client": {"aud": "other"},
    "for several, not given to us": {"aud": ["camaug", "other"], "azp": "other"},
    "expired": {"exp": 1},
    "no end": {"exp": None},
    "not yet": {"nbf": 4_000_000_000},
    "from the future": {"iat": 4_000_000_000},
    "another access token's": {"at_hash": "x" * 22},
    "about somebody else than userinfo": {"sub": "other"},
}


@pytest.mark.parametrize("what", sorted(FORGED))
def test_a_token_that_does_not_hold_opens_nothing(client: Client, vneid: IdentityProvider, what: str) -> None:
    vneid.token = FORGED[what]
    assert sign_in(client, vneid).status_code == 422
    assert whose(client) is None
    assert not Account.objects.exists()


ODD: dict[str, dict[str, Any]] = {
    "a list of levels": {"token": {"acr": ["LoA2"]}},
    "signed in there in another age": {"token": {"auth_time": 10**20}},
    "no time at all": {"token": {"auth_time": float("nan")}},
    "a list of subjects": {"token": {"sub": ["sen"]}, "known": {"sub": ["sen"]}},
    "no access token": {"granted": {"access_token": None}},
    "a list of access tokens": {"granted": {"access_token": ["a"]}},
    "lasting a list": {"granted": {"expires_in": [1]}},
}


@pytest.mark.parametrize("what", sorted(ODD))
def test_an_odd_answer_is_refused(client: Client, vneid: IdentityProvider, what: str) -> None:
    for part, said in ODD[what].items():
        getattr(vneid, part).update(said)
    assert sign_in(client, vneid).status_code == 422
    assert whose(client) is None


@pytest.mark.parametrize("sign", [signed_by_nobody, signed_by_secret])
def test_a_token_that_the_provider_s_key_did_not_sign_opens_nothing(
    client: Client, vneid: IdentityProvider, sign: Callable[[dict[str, Any]], str]
) -> None:
    vneid.sign = sign
    assert sign_in(client, vneid).status_code == 422
    assert whose(client) is None


@pytest.mark.parametrize("named", ["its own", "the provider's"])
@pytest.mark.parametrize("carried", CARRIED)
def test_a_key_that_a_token_brings_with_it_is_neither_believed_nor_fetched(
    client: Client, vneid: IdentityProvider, carried: str, named: str
) -> None:
    kid, elsewhere = vneid.key.kid if named == "the provider's" else "mine", f"{vneid.address}/elsewhere"
    vneid.sign = lambda claims: bringing_its_key(claims, carried, kid=kid, at=elsewhere)
    assert sign_in(client, vneid).status_code == 422
    assert (whose(client), vneid.unknown) == (None, [])


def test_a_provider_changes_its_keys(client: Client, vneid: IdentityProvider, settings: Settings) -> None:
    sign_in(client, vneid)
    client.post("/sign-out/")
    vneid.key = RSAKey.generate_key(2048, auto_kid=True)
    fetched = vneid.fetched
    forget_for_half_a_minute()
    assert sign_in(client, vneid).status_code == 302
    assert vneid.fetched == fetched + 1


def forget_for_half_a_minute() -> None:
    from camaug.access.outside.provider import _HELD

    for address, (at, said) in list(_HELD.items()):
        _HELD[address] = at - timedelta(seconds=31), said


def test_rubbish_does_not_have_us_fetch_keys_again_and_again(client: Client, vneid: IdentityProvider) -> None:
    vneid.published = vneid.key
    vneid.key = RSAKey.generate_key(2048, auto_kid=True)
    for _ in range(3):
        assert sign_in(client, vneid).status_code == 422
    assert vneid.fetched == 1
