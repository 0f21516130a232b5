"""The provider from outside says that a session over there has ended (OpenID Connect Back-Channel Logout 1.0, 2.6)."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from joserfc import jwt
from joserfc.jwk import RSAKey
from pytest_django import Settings

from camaug.access.actions.end_expired import end_expired
from camaug.access.identities import OutsideEnding, OutsideSession
from camaug.access.models import OpenSession
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.kernel.models import EventRecord
from tests.identity_provider import (
    CARRIED,
    CLIENT,
    SEN,
    IdentityProvider,
    bringing_its_key,
    come_back,
    signed_by_nobody,
    signed_by_secret,
    standing,
)

pytestmark = pytest.mark.django_db

ADDRESS = "/sign-out/outside/told/"
EVENT = "http://schemas.openid.net/event/backchannel-logout"


@pytest.fixture
def vneid(settings: Settings) -> Iterator[IdentityProvider]:
    """The provider, which names its sessions."""
    with standing(settings, token={"sid": "there-1"}) as it:
        yield it


def signed_in(there: IdentityProvider) -> Client:
    browser = Client()
    come_back(browser, there, "/sign-in/outside/?next=/apply/", at=now())
    assert is_in(browser)
    return browser


def is_in(browser: Client) -> bool:
    return browser.get("/account/security/").status_code == 200


def claims_of(there: IdentityProvider, **changed: Any) -> dict[str, Any]:
    at = int(now().timestamp())
    said = {
        "iss": there.address,
        "aud": CLIENT,
        "iat": at,
        "exp": at + 120,
        "jti": "m-1",
        "sub": "sen",
        "sid": "there-1",
        "events": {EVENT: {}},
    }
    return {name: value for name, value in (said | changed).items() if value is not None}


def signed(there: IdentityProvider, claims: dict[str, Any], *, kind: str | None = "logout+jwt", key: Any = None) -> str:
    by = key or there.key
    header = {"alg": "RS256", "kid": there.key.kid} | ({"typ": kind} if kind else {})
    return jwt.encode(header, claims, by, algorithms=["RS256"])


def told(token: str) -> HttpResponse:
    return Client(enforce_csrf_checks=True).post(ADDRESS, {"logout_token": token})


def test_a_session_that_came_from_there_ends_with_the_one_there(vneid: IdentityProvider) -> None:
    browser = signed_in(vneid)
    response = told(signed(vneid, claims_of(vneid)))
    assert (response.status_code, response["Cache-Control"]) == (200, "no-store")
    assert not is_in(browser)
    noted = EventRecord.objects.get(name="access.EndedOutside")
    assert noted.facts == {"issuer": vneid.address, "count": 1}
    assert not OpenSession.objects.exists()


def test_one_session_is_meant_or_all_of_the_person(vneid: IdentityProvider) -> None:
    first = signed_in(vneid)
    vneid.token["sid"] = "there-2"
    second, third = signed_in(vneid), signed_in(vneid)
    told(signed(vneid, claims_of(vneid, sub=None)))
    assert [is_in(one) for one in (first, second, third)] == [False, True, True]
    told(signed(vneid, claims_of(vneid, jti="m-2", sid=None)))
    assert [is_in(one) for one in (first, second, third)] == [False, False, False]


def test_sessions_of_others_and_those_that_came_otherwise_stay(vneid: IdentityProvider) -> None:
    browser = signed_in(vneid)
    vneid.subject, vneid.known = "other", {**SEN, "SoDinhDanh": "096190000456", "HoVaTen": "Trần Văn Đức"}
    other = signed_in(vneid)
    told(signed(vneid, claims_of(vneid, sid=None)))
    assert [is_in(one) for one in (browser, other)] == [False, True]
    OutsideSession.objects.all().delete()
    told(signed(vneid, claims_of(vneid, jti="m-2", sub="other", sid=None)))
    assert is_in(other)


def test_what_nobody_is_signed_in_by_ends_nothing_and_is_no_fault(vneid: IdentityProvider) -> None:
    assert told(signed(vneid, claims_of(vneid, sub="nobody", sid=None))).status_code == 200


def test_it_is_taken_once(vneid: IdentityProvider) -> None:
    token = signed(vneid, claims_of(vneid))
    assert told(token).status_code == 200
    browser = signed_in(vneid)
    assert told(token).status_code == 400
    assert is_in(browser)
    end_expired(by=SYSTEM, at=now() + timedelta(hours=1))
    assert not OutsideEnding.objects.exists()


HOUR = 3600
WRONG: list[tuple[str, dict[str, Any]]] = [
    ("another provider's", {"iss": "https://elsewhere.example"}),
    ("for another system", {"aud": "another"}),
    ("for others", {"aud": ["another", "and-another"]}),
    ("for nobody", {"aud": None}),
    ("an ID token's nonce", {"nonce": "n-1"}),
    ("an empty nonce", {"nonce": ""}),
    ("no events", {"events": None}),
    ("events that are a list", {"events": [EVENT]}),
    ("another event", {"events": {"http://schemas.openid.net/event/other": {}}}),
    ("an event without its object", {"events": {EVENT: True}}),
    ("nobody named", {"sub": None, "sid": None}),
    ("odd names", {"sub": {"a": 1}}),
    ("too long a name", {"sid": "x" * 256}),
    ("no number", {"jti": None}),
    ("an empty number", {"jti": ""}),
    ("no end", {"exp": None}),
    ("an odd end", {"exp": "tomorrow"}),
    ("no beginning", {"iat": None}),
    ("not yet", {"nbf": 4_000_000_000}),
    ("an odd beginning", {"nbf": "tomorrow"}),
]


@pytest.mark.parametrize("changed", [changed for _name, changed in WRONG], ids=[name for name, _changed in WRONG])
def test_whatever_is_wrong_ends_nothing(vneid: IdentityProvider, changed: dict[str, Any]) -> None:
    browser = signed_in(vneid)
    assert told(signed(vneid, claims_of(vneid, **changed))).status_code == 400
    assert is_in(browser)


def test_what_is_of_another_time_ends_nothing(vneid: IdentityProvider) -> None:
    browser, at = signed_in(vneid), int(now().timestamp())
    for made, ends in ((at - HOUR, at - 120), (at - HOUR, at + HOUR), (at + HOUR, at + 2 * HOUR)):
        assert told(signed(vneid, claims_of(vneid, iat=made, exp=ends))).status_code == 400, (made, ends)
    assert is_in(browser)


def test_what_the_provider_did_not_sign_as_such_ends_nothing(vneid: IdentityProvider) -> None:
    browser, claims = signed_in(vneid), claims_of(vneid)
    forged = [
        signed(vneid, claims, key=RSAKey.generate_key(2048)),
        signed_by_secret(claims),
        signed_by_nobody(claims),
        *(bringing_its_key(claims, one, kid=vneid.key.kid, at=f"{vneid.address}/elsewhere") for one in CARRIED),
        signed(vneid, claims, kind="at+jwt"),
        signed(vneid, claims)[:-4] + "AAAA",
        vneid.id_token(),
        "x",
        "x" * 9000,
        "",
    ]
    assert [told(token).status_code for token in forged] == [400] * len(forged)
    assert Client().post(ADDRESS, {}).status_code == 400
    assert Client().get(ADDRESS).status_code == 405
    assert is_in(browser)
    assert vneid.unknown == []
    assert told(signed(vneid, claims, kind=None)).status_code == 200


def test_without_a_provider_nobody_tells_anything(settings: Settings, vneid: IdentityProvider) -> None:
    browser, token = signed_in(vneid), signed(vneid, claims_of(vneid))
    settings.OUTSIDE_ISSUER = ""
    assert told(token).status_code == 400
    assert is_in(browser)


def test_a_provider_that_cannot_be_asked_for_its_keys_ends_nothing(vneid: IdentityProvider) -> None:
    from camaug.access.outside import provider

    browser, token = signed_in(vneid), signed(vneid, claims_of(vneid))
    vneid.published = "no keys"
    provider._HELD.clear()
    vneid.metadata["jwks_uri"] = f"{vneid.address}/nowhere"
    assert told(token).status_code == 400
    assert is_in(browser)
