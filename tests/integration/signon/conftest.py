"""A system of the province, one of others, and somebody at a browser who is led to and fro between them and us."""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID

import pytest
from django.conf import settings as site
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from joserfc import jwt
from joserfc.jwk import KeySet
from pytest_django import Settings

from camaug.access.actions.activate_officer import activate_officer
from camaug.access.actions.open_citizen_account import open_citizen_account
from camaug.access.actions.open_officer_accounts import open_officer_accounts
from camaug.access.authentication import Method, note_proof
from camaug.access.contacts import parse_contact
from camaug.access.models import Account, OpenSession
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.people.actions.appoint import appoint
from camaug.people.actions.engage_officer import engage_officer
from camaug.people.actions.found_agency import found_agency
from camaug.people.actions.register_person import register_person
from camaug.people.loading import load_role_book
from camaug.people.models import AgencyKind, AgencyLevel, Role
from camaug.signon import keys
from camaug.signon.actions.register_system import register_system
from camaug.signon.actions.system_facts import SystemFacts
from camaug.signon.models import System

ISSUER = "http://localhost:8000"
PASSWORD = "rung-duoc-nam-can-1"
CLERK_MAIL = "tanan_tranthiminh@camau.gov.vn"
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

    def revoke(self, token: str, **more: str) -> HttpResponse:
        """Have a token open nothing any more."""
        return self.post("revoke", token=token, **more)

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

    def surely(self) -> "Person":
        """The same, having shown a second factor too."""
        request = HttpRequest()
        request.session = self.browser.session  # type: ignore[assignment]  # as the middleware would
        note_proof(request, self.account, Method.TOTP)
        request.session.save()
        return self

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


@pytest.fixture(scope="session")
def keys_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Keys of one's own, which sign from a while ago."""
    folder = tmp_path_factory.mktemp("signon")
    begun = now() - timedelta(days=1)
    with override_settings(SIGNON_KEYS=str(folder)):
        keys.rotate(at=begun, begins_at=begun)
    return folder


@pytest.fixture
def ring(settings: Settings, keys_of_the_run: Path) -> Path:
    """The same, named in the settings."""
    settings.SIGNON_KEYS, settings.PUBLIC_URL = str(keys_of_the_run), ISSUER
    return keys_of_the_run


@pytest.fixture
def office(db: None) -> UUID:
    """UBND xã Tân Ân."""
    AgencyLevel.objects.create(code="COMMUNE", name="Cấp xã", rank=3)
    AgencyKind.objects.create(code="COMMITTEE", name="Ủy ban nhân dân")
    Role.objects.bulk_create([Role(code=code, name=code) for code in ("ONE_STOP_CLERK", "ADMINISTRATOR")])
    load_role_book(site.PROFILE, at=now(), progress=lambda _done, _total: None)
    founded = found_agency(
        "H12.39.32245",
        name="Ủy ban nhân dân xã Tân Ân",
        kind="COMMITTEE",
        level="COMMUNE",
        parent_id=None,
        from_date=date(2020, 1, 1),
        by=SYSTEM,
        at=now(),
    )
    return founded.id


@dataclass(frozen=True)
class Post:
    """An officer's account, and the position that he holds."""

    account_id: UUID
    position_id: UUID


def engage(office: UUID, name: str, mail: str, role: str) -> Post:
    """An officer with a position in that role."""
    at = now()
    officer = engage_officer(name, official_email=mail, by=SYSTEM, at=at)
    held = {"agency_id": office, "title": "Cán bộ Bộ phận Một cửa", "roles": [role], "from_date": date(2021, 1, 1)}
    position = appoint(officer.id, **held, by=SYSTEM, at=at)
    open_officer_accounts(by=SYSTEM, at=at)
    return Post(Account.objects.get(email=mail).id, position.id)


def signed_in(account_id: UUID, *methods: str, ago: float = 60) -> Person:
    """An account at a browser, signed in so many seconds ago and at work there since."""
    account, browser = Account.objects.get(pk=account_id), Client()
    if account.officer_id and not account.has_usable_password():
        activate_officer(account.email or "", password=PASSWORD, by=SYSTEM, at=now() - timedelta(days=1))
        account.refresh_from_db()
    browser.force_login(account)
    request = HttpRequest()
    request.session = browser.session  # type: ignore[assignment]  # as the middleware would
    for method in methods or ("password",):
        note_proof(request, account, Method(method))
    for record in request.session["account_authentication_methods"]:
        record["at"] -= ago
    request.session.save()
    if ago >= 60 * site.IDLE_MINUTES:
        key, opened_at = str(request.session.session_key), now() - timedelta(seconds=ago)
        OpenSession.objects.create(
            account=account, session_key=key, origin="", agent="", opened_at=opened_at, seen_at=now()
        )
    return Person(account, browser)


@pytest.fixture
def post(office: UUID) -> Post:
    """That of clerk Trần Thị Minh."""
    return engage(office, "Trần Thị Minh", CLERK_MAIL, "ONE_STOP_CLERK")


@pytest.fixture
def clerk(post: Post) -> Person:
    """Clerk Trần Thị Minh, signed in by her password."""
    return signed_in(post.account_id)


@pytest.fixture
def administrator(office: UUID) -> Person:
    """Administrator Nguyễn Hữu Phước, signed in."""
    return signed_in(
        engage(office, "Nguyễn Hữu Phước", "phuoc@camau.gov.vn", "ADMINISTRATOR").account_id, "password", "totp"
    )


@pytest.fixture
def lan(db: None) -> Person:
    """Mother Nguyễn Thị Lan, signed in by a code."""
    person = register_person("Nguyễn Thị Lan", phone="0918000001", by=SYSTEM, at=now())
    account = open_citizen_account(person.id, contact=parse_contact("0918000001"), by=SYSTEM, at=now())
    return signed_in(account.id, "code")


type Register = Callable[..., Relying]


@pytest.fixture
def register(office: UUID, ring: Path) -> Register:
    """Registers a system of the province; what is said differs from the usual one."""

    def make(**different: Any) -> Relying:
        made = register_system(replace(_BASE, owner_id=office, **different), by=SYSTEM, at=now())
        return Relying(made.system, made.secret)

    return make


@pytest.fixture
def meetings(register: Register) -> Relying:
    """A system of the province, for officers."""
    return register()


def led(response: HttpResponse) -> str:
    """Where a page leads on after a form."""
    assert response.status_code == 302
    return str(response["Location"]).replace("/sso/onward/", "/sso/authorize", 1)
