"""A system of the province, one of others, and somebody at a browser who is led to and fro between them and us."""

import base64
import hashlib
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from joserfc import jwt
from joserfc.jwk import KeySet
from pytest_django import Settings

from camaug.access.authentication import Method, note_proof
from camaug.access.models import Account
from camaug.kernel.clock import now
from camaug.signon import keys
from camaug.signon.actions.register_system import register_system
from camaug.signon.actions.system_facts import SystemFacts
from camaug.signon.models import System
from tests.world import PROVINCE, World

ISSUER = "http://localhost:8000"
VERIFIER = "v" * 43
CHALLENGE = base64.urlsafe_b64encode(hashlib.sha256(VERIFIER.encode()).digest()).rstrip(b"=").decode()
_BASE = SystemFacts(
    name="Họp không giấy",
    words="Họp của các cơ quan",
    owner_id=None,
    contact="hop@camau.gov.vn",
    audience="STAFF",
    authentication="client_secret_basic",
    scopes=("openid", "profile", "email", "phone", "post", "mail", "offline_access"),
    redirect_uris=("https://hop.example/cb",),
    post_logout_uris=("https://hop.example/left",),
    home_uri="https://hop.example/",
)


@dataclass
class Relying:
    """A system with its secret, and what it does by itself."""

    system: System
    secret: str
    at: Client = field(default_factory=Client)

    def request(self, **more: str | None) -> str:
        """The address to which it sends people; None leaves a parameter out."""
        asked: dict[str, str | None] = {
            "client_id": self.system.client_id,
            "response_type": "code",
            "redirect_uri": self.system.redirect_uris[0],
            "scope": "openid",
            "state": "s-1",
            "nonce": "n-1",
            "code_challenge": CHALLENGE,
            "code_challenge_method": "S256",
            **more,
        }
        return "/sso/authorize?" + urlencode({name: value for name, value in asked.items() if value is not None})

    def post(self, page: str, *, secret: str | None = None, **fields: str) -> HttpResponse:
        """A form of its own, with its secret."""
        body, headers = dict(fields), {}
        shown = self.secret if secret is None else secret
        if self.system.authentication == "client_secret_basic":
            plain = f"{self.system.client_id}:{shown}".encode()
            headers["Authorization"] = "Basic " + base64.b64encode(plain).decode()
        else:
            body["client_id"] = self.system.client_id
            if self.system.authentication == "client_secret_post":
                body["client_secret"] = shown
        kind = "application/x-www-form-urlencoded"
        return self.at.post(f"/sso/{page}", urlencode(body), content_type=kind, headers=headers)

    def redeem(self, code: str, **more: str) -> HttpResponse:
        """Make tokens of a code."""
        asked = {"redirect_uri": self.system.redirect_uris[0], "code_verifier": VERIFIER, **more}
        return self.post("token", grant_type="authorization_code", code=code, **asked)

    def refresh(self, refresh_token: str, **more: str) -> HttpResponse:
        """Make new tokens of a refresh token."""
        return self.post("token", grant_type="refresh_token", refresh_token=refresh_token, **more)

    def introspect(self, token: str) -> dict[str, Any]:
        """What it is told of a token."""
        told: dict[str, Any] = json.loads(self.post("introspect", token=token).content)
        return told

    def userinfo(self, token: str) -> HttpResponse:
        """What it is told of the token's owner."""
        return self.at.get("/sso/userinfo", headers={"Authorization": f"Bearer {token}"})


@dataclass
class Person:
    """Somebody at a browser."""

    account: Account
    browser: Client

    def goes(self, address: str) -> str:
        """The address to which he is led in the end: as far as our own pages lead on by themselves."""
        for _step in range(10):
            response = self.browser.get(address)
            if response.status_code != 302:
                return address
            address = response["Location"]
            if not address.startswith("/"):
                return address
            if address.startswith("/sso/onward/"):
                address = address.replace("/sso/onward/", "/sso/authorize", 1)
        raise AssertionError("led round in circles")

    def enters(self, relying: Relying, **more: str | None) -> str:
        """Enter the system; the code that it gets."""
        return answer(self.goes(relying.request(**more)))["code"]

    def tokens(self, relying: Relying, **more: str | None) -> dict[str, Any]:
        """Enter the system; the tokens that it gets."""
        response = relying.redeem(self.enters(relying, **more))
        assert response.status_code == 200, response.content
        found: dict[str, Any] = json.loads(response.content)
        return found


def answer(address: str) -> dict[str, str]:
    """The parameters with which somebody is led back."""
    return {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}


def claims(token: str) -> dict[str, Any]:
    """Of a signed token, checked with the published keys."""
    published = json.loads(Client().get("/sso/keys").content)
    read = jwt.decode(token, KeySet.import_key_set(published), algorithms=["RS256", "ES256"])
    return dict(read.claims)


def error(response: HttpResponse) -> str:
    """The error's name in a JSON answer."""
    assert response.status_code in (400, 401), response.status_code
    return str(json.loads(response.content)["error"])


@pytest.fixture
def ring(settings: Settings, tmp_path: Path) -> Iterator[Path]:
    """Keys of one's own, which sign from a while ago."""
    settings.SIGNON_KEYS, settings.PUBLIC_URL = str(tmp_path / "keys"), ISSUER
    begun = now() - timedelta(days=1)
    keys.rotate(at=begun, begins_at=begun)
    return tmp_path / "keys"


type Register = Callable[..., Relying]


@pytest.fixture
def register(world: World, ring: Path) -> Register:
    """Registers a system of the province; what is said differs from the usual one."""

    def make(**different: Any) -> Relying:
        facts = replace(_BASE, owner_id=world.agencies[PROVINCE], **different)
        made = register_system(facts, by=world.officer("administrator"), at=now())
        return Relying(made.system, made.secret)

    return make


@pytest.fixture
def meetings(register: Register) -> Relying:
    """A system of the province, for officers."""
    return register()


def signed_in(account_id: UUID, *methods: str, ago: float = 60) -> Person:
    """An account at a browser, signed in so many seconds ago."""
    account, browser = Account.objects.get(pk=account_id), Client()
    browser.force_login(account)
    request = HttpRequest()
    request.session = browser.session  # type: ignore[assignment]  # as the middleware would
    for method in methods or ("password",):
        note_proof(request, account, Method(method))
    for record in request.session["account_authentication_methods"]:
        record["at"] -= ago
    request.session.save()
    return Person(account, browser)


@pytest.fixture
def clerk(world: World) -> Person:
    """Clerk Trần Thị Minh."""
    return signed_in(world.officers["clerk"])


@pytest.fixture
def lan(world: World) -> Person:
    """Mother Nguyễn Thị Lan."""
    return signed_in(world.citizens["mother"], "code")


def csrf(page: HttpResponse) -> str:
    """The token of a form."""
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page.content.decode())
    assert found
    return found[1]
