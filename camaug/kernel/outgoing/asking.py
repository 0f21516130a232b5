"""A small HTTP client for other people's servers: patience and length have limits."""

import http.client
import json
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

_PATIENCE = 10.0  # seconds for connecting, and for each wait on the answer
_LONGEST_ANSWER = 64 * 1024
_LATER = {HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT}


class Unreachable(Exception):
    """Nobody answered; the text names the kind of failure and quotes nothing."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered."""

    status: int
    body: bytes

    @property
    def is_good(self) -> bool:
        """2xx."""
        return 200 <= self.status < 300

    @property
    def is_final(self) -> bool:
        """Whether the same request will be refused again: 4xx, but for those that ask for patience."""
        return 400 <= self.status < 500 and self.status not in _LATER

    def content(self) -> dict[str, Any] | None:
        """The object that was answered as JSON; None where it is none."""
        try:
            found = json.loads(self.body)
        except ValueError:
            return None
        return found if isinstance(found, dict) else None


def ask(
    method: str,
    url: str,
    content: Mapping[str, Any] | bytes | None = None,
    *,
    headers: Mapping[str, str] | None = None,
    patience: float = _PATIENCE,
    longest: int = _LONGEST_ANSWER,
) -> Reply:
    """One request with a JSON body, or bytes as text; `patience` in seconds, `longest` answer in bytes. Unreachable."""
    address = urlsplit(url)
    kind = http.client.HTTPSConnection if address.scheme == "https" else http.client.HTTPConnection
    connection = kind(address.hostname or "", address.port, timeout=patience)
    path = f"{address.path or '/'}?{address.query}" if address.query else address.path or "/"
    body, kind_of_body = _packed(content)
    said = {"Content-Type": kind_of_body, **(headers or {})} if body else dict(headers or {})
    try:
        connection.request(method, path, body, said)
        answer = connection.getresponse()
        return Reply(answer.status, answer.read(longest))
    except (OSError, http.client.HTTPException) as lost:
        raise Unreachable(type(lost).__name__) from lost
    finally:
        connection.close()


def _packed(content: Mapping[str, Any] | bytes | None) -> tuple[bytes | None, str]:
    if content is None or isinstance(content, bytes):
        return content, "text/plain; charset=utf-8"
    return json.dumps(content, ensure_ascii=False).encode(), "application/json"
