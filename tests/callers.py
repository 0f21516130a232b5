"""Programs that call the API for the cast."""

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.http import HttpResponse
from django.test import Client

from camaug.access.actions.issue_token import issue_token
from camaug.kernel.actors import Actor
from camaug.kernel.clock import now
from camaug.kernel.ids import uuid7
from camaug.kernel.rest import Scope

BASE = "/api/v1"


@dataclass(frozen=True)
class Program:
    """One that calls with a token, or without."""

    secret: str = ""
    language: str = "vi"

    def get(self, path: str, **headers: str) -> HttpResponse:
        """Ask."""
        return Client().get(BASE + path, headers=self._headers(headers))

    def send(self, method: str, path: str, body: Any = None, *, key: str = "", **headers: str) -> HttpResponse:
        """Write; under a new key where none is named. Bytes go as a file."""
        octets = body if isinstance(body, bytes) else b"" if body is None else json.dumps(body).encode()
        kind = "application/octet-stream" if isinstance(body, bytes) else "application/json"
        known = self._headers({"Idempotency-Key": key or str(uuid7()), **headers})
        return Client().generic(method, BASE + path, octets, content_type=kind, headers=known)

    def post(self, path: str, body: Any = None, *, key: str = "", **headers: str) -> HttpResponse:
        """Make something, or a move."""
        return self.send("POST", path, body, key=key, **headers)

    def _headers(self, more: dict[str, str]) -> dict[str, str]:
        known = {"Accept-Language": self.language, **{name.replace("_", "-"): value for name, value in more.items()}}
        return {**known, "Authorization": f"Bearer {self.secret}"} if self.secret else known


def program_of(actor: Actor, *scopes: Scope, level: str = "LoA2", ago: timedelta = timedelta()) -> Program:
    """A program by a token that the actor made for it, when his session held that level; `ago`: since when."""
    at, held = now(), scopes or tuple(Scope)
    made = issue_token("Kiểm thử", scopes=held, days=30, level=level, shown_at=at - ago, by=actor, at=at)
    return Program(made.secret)
