"""A provider of identities on loopback that says whatever a test has it say: true answers and forged ones."""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.test import Client
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey
from pytest_django import Settings

from camaug.access.outside import provider
from camaug.kernel.outgoing.counterpart import Call, Counterpart

CLIENT, SECRET = "camaug", "mật khẩu của hệ thống".encode().hex()
SEN = {
    "SoDinhDanh": "096190000123",
    "HoVaTen": "Lê Thị Sen",
    "NgayThangNamSinh": "19900512",
    "LoaiTaiKhoan": "1",
    "TechID": "t-sen",
    "loginIdp": "BCA",
}
"""Somebody, in the claim names of the national portal."""


@dataclass(slots=True)
class IdentityProvider(Counterpart):
    """`token` and `known`: what is laid into ID token and userinfo over what is true; `metadata`, `granted` the same."""

    token: dict[str, Any] = field(default_factory=dict)
    known: dict[str, Any] = field(default_factory=lambda: dict(SEN))
    metadata: dict[str, Any] = field(default_factory=dict)
    granted: dict[str, Any] = field(default_factory=dict)
    subject: str = "sen"
    algorithm: str = "RS256"
    key: Any = field(default_factory=lambda: RSAKey.generate_key(2048, auto_kid=True))
    published: Any = None
    sign: Callable[[dict[str, Any]], str] | None = None
    asked: dict[str, str] = field(default_factory=dict)
    fetched: int = 0
    tokens_asked: int = 0
    unknown: list[str] = field(default_factory=list)
    """Addresses that were asked for and are not there."""

    def answer(self, call: Call) -> tuple[int, object] | None:
        """Discovery, keys, token, userinfo."""
        here = self.address
        match urlsplit(call.path).path:
            case "/.well-known/openid-configuration":
                places = {
                    f"{name}_endpoint": f"{here}/{name}"
                    for name in ("authorization", "token", "userinfo", "end_session")
                }
                said = {"issuer": here, "jwks_uri": f"{here}/keys", **places}
                return 200, said | self.metadata
            case "/keys":
                self.fetched += 1
                key = self.published or self.key
                return 200, {"keys": [{**key.as_dict(private=False), "use": "sig"}]}
            case "/token":
                self.tokens_asked += 1
                basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
                if call.headers.get("Authorization") != f"Basic {basic}":
                    return 401, {"error": "invalid_client"}
                return 200, {"access_token": "a", "token_type": "Bearer", "id_token": self.id_token()} | self.granted
            case "/userinfo":
                return 200, {"sub": self.subject, **self.known}
        self.unknown.append(call.path)
        return 404, {}

    def id_token(self) -> str:
        """As it would be signed now."""
        at = datetime.fromisoformat(self.asked["at"])
        claims = {
            "iss": self.address,
            "sub": self.subject,
            "aud": CLIENT,
            "iat": int(at.timestamp()),
            "exp": int((at + timedelta(minutes=5)).timestamp()),
            "auth_time": int(at.timestamp()),
            "nonce": self.asked.get("nonce", ""),
        }
        said = {name: value for name, value in (claims | self.token).items() if value is not None}
        if self.sign:
            return self.sign(said)
        return jwt.encode({"alg": self.algorithm, "kid": self.key.kid}, said, self.key, algorithms=[self.algorithm])

    def take(self, address: str, *, at: datetime) -> dict[str, str]:
        """A browser comes with that address: what it asks, and what it will be answered with."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.asked["at"] = at.isoformat()
        return {"code": "c", "state": self.asked["state"]}


@contextmanager
def standing(settings: Settings, **more: Any) -> Iterator[IdentityProvider]:
    """One that is set as this installation's."""
    provider._HELD.clear()
    with IdentityProvider(**more) as it:
        settings.OUTSIDE_ISSUER, settings.OUTSIDE_CLIENT_ID, settings.OUTSIDE_CLIENT_SECRET = it.address, CLIENT, SECRET
        settings.OUTSIDE_LEVELS = ["LoA2"]
        yield it


def come_back(client: Client, there: IdentityProvider, start: str, *, at: datetime, **changed: str | None) -> Any:
    """Follow a start page there, and come back with its answer, `changed` on the way."""
    sent = client.get(start)
    assert sent.status_code == 302, sent.content.decode()
    given = there.take(sent.headers["Location"], at=at) | changed
    return client.get("/sign-in/outside/back/", {name: value for name, value in given.items() if value is not None})


def signed_by_secret(claims: dict[str, Any]) -> str:
    """A token signed by the secret that both sides know."""
    return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))


CARRIED = ("jwk", "jku", "x5u")
"""Headers by which a token brings its key with it, or says where it lies."""


def bringing_its_key(claims: dict[str, Any], carried: str, *, kid: str, at: str) -> str:
    """A token signed by a stranger's key, which it names as that `kid`; `at`: where the key would be fetched."""
    key = RSAKey.generate_key(2048)
    brought: dict[str, Any] = {"jwk": key.as_dict(private=False), "jku": at, "x5u": at}
    header = {"alg": "RS256", "typ": "JWT", "kid": kid, carried: brought[carried]}
    return jwt.encode(header, claims, key, algorithms=["RS256"])


def signed_by_nobody(claims: dict[str, Any]) -> str:
    """A token with "alg": "none"."""
    parts = (json.dumps(one).encode() for one in ({"alg": "none"}, claims))
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts) + "."
