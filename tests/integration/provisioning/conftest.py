"""A system that reads accounts and agencies with a client that is not ours."""

import base64
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django import Settings

from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.provisioning.queries import View
from camaug.signon.actions.register_system import register_system
from camaug.signon.actions.system_facts import SystemFacts
from camaug.signon.models import System
from camaug.signon.queries import own_opened_by
from tests.world import World

BASE = "/scim/v2"
ROOT = f"http://localhost:8000{BASE}"


@dataclass
class Reader:
    """A system with its secret."""

    system: System
    secret: str
    token: str = ""

    def authorization(self) -> str:
        """What it shows to be itself."""
        return "Basic " + base64.b64encode(f"{self.system.client_id}:{self.secret}".encode()).decode()

    def asks_for_itself(self, **more: str) -> HttpResponse:
        """The client credentials grant."""
        asked = {"grant_type": "client_credentials", **more}
        return Client().post("/sso/token", asked_as_form(asked), FORM, headers={"Authorization": self.authorization()})

    def signs_in(self, **more: str) -> "Reader":
        """With a token from now on."""
        self.token = json.loads(self.asks_for_itself(**more).content)["access_token"]
        return self

    def get(self, path: str, headers: dict[str, str] | None = None, **query: str) -> HttpResponse:
        """Read."""
        shown = {"Authorization": f"Bearer {self.token}", **(headers or {})}
        return Client().get(BASE + path, query, headers=shown)

    def told(self, path: str, **query: str) -> Any:
        """What is answered, where it is."""
        response = self.get(path, **query)
        assert response.status_code == 200, response.content
        assert response["Content-Type"] == "application/scim+json"
        return json.loads(response.content)

    def names(self, wanted: str, path: str = "/Users") -> set[str]:
        """Who is found by a filter, page by page."""
        found: set[str] = set()
        more: dict[str, str] = {"cursor": ""}
        while more["cursor"] is not None:
            page = self.told(path, filter=wanted, **more)
            found |= {one["userName" if path == "/Users" else "displayName"] for one in page.get("Resources", [])}
            more = {"cursor": page.get("nextCursor")}
        return found


FORM = "application/x-www-form-urlencoded"


def asked_as_form(asked: dict[str, str]) -> str:
    """As a system sends it."""
    return "&".join(f"{name}={value}" for name, value in asked.items())


def view_of(reader: Reader) -> View:
    """What the system sees now."""
    seen = own_opened_by(reader.token, at=now())
    assert seen
    return View(now(), seen.audience, seen.roles, None, seen.changed_at)


type Registers = Callable[..., Reader]


@pytest.fixture
def registers(world: World, settings: Settings) -> Registers:
    """Registers a system of the province that asks for itself."""
    settings.PUBLIC_URL = "http://localhost:8000"

    def make(**different: Any) -> Reader:
        usual: dict[str, Any] = {
            "name": "Thư điện tử công vụ",
            "owner_id": world.agencies["H12.03"],
            "contact": "thu@camau.gov.vn",
            "audience": "STAFF",
            "authentication": "client_secret_basic",
            "scopes": ("scim.read",),
            "redirect_uris": (),
        }
        made = register_system(SystemFacts(**(usual | different)), by=SYSTEM, at=now())
        return Reader(made.system, made.secret)

    return make


@pytest.fixture
def mail(registers: Registers) -> Reader:
    """The mail system, with a token."""
    return registers().signs_in()
