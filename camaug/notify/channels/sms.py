"""SMS through a gateway that speaks JSON over HTTP.

POST {"id": key, "to": "+84912345678", "text": "..."} with `Authorization: Bearer` and `Idempotency-Key`; the answer is
2xx with {"id": the gateway's own id}. 400 and 422 say that the message will never be taken.
"""

import http.client
import json
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from urllib.parse import SplitResult, urlsplit
from uuid import UUID

from camaug.notify.channels.contract import Parcel, Undelivered
from camaug.notify.models import Reason

_PATIENCE = 5.0  # seconds for connecting, and for each wait on the answer
_LONGEST_ANSWER = 64 * 1024
_NEVER = {400, 422}


class SmsGateway(Protocol):
    """Takes one SMS; the same `key` again gives the same id and sends nothing."""

    def send(self, to: str, text: str, *, key: UUID) -> str:
        """Returns the gateway's id of the SMS; raises Undelivered."""
        ...


@dataclass(frozen=True, slots=True)
class HttpSmsGateway:
    """The gateway at `url` (http or https), opened with `secret`."""

    url: str
    secret: str = ""

    def send(self, to: str, text: str, *, key: UUID) -> str:
        """SmsGateway.send."""
        order = json.dumps({"id": str(key), "to": to, "text": text}).encode()
        headers = {"Content-Type": "application/json", "Idempotency-Key": str(key)}
        if self.secret:
            headers["Authorization"] = f"Bearer {self.secret}"
        try:
            status, answer = _post(urlsplit(self.url), order, headers)
        except (OSError, http.client.HTTPException) as error:
            raise Undelivered(Reason.UNREACHABLE) from error
        if status in _NEVER:
            raise Undelivered(Reason.REJECTED)
        if not 200 <= status < 300:
            raise Undelivered(Reason.REFUSED_FOR_NOW)
        return _id_in(answer)


@dataclass(frozen=True, slots=True)
class Sms:
    """The channel: the short text goes to the phone, nothing else."""

    gateway: SmsGateway

    def carry(self, parcel: Parcel, *, at: datetime) -> str:  # noqa: ARG002 (Carrier says the shape)
        """Carrier.carry."""
        return self.gateway.send(parcel.to, parcel.text, key=parcel.key)


def _post(url: SplitResult, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    kind = http.client.HTTPSConnection if url.scheme == "https" else http.client.HTTPConnection
    connection = kind(url.hostname or "", url.port, timeout=_PATIENCE)
    try:
        path = f"{url.path or '/'}?{url.query}" if url.query else url.path or "/"
        connection.request("POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read(_LONGEST_ANSWER)
    finally:
        connection.close()


def _id_in(answer: bytes) -> str:
    """The id in the gateway's answer. It has taken the SMS, so an answer that cannot be read is no failure."""
    try:
        found = json.loads(answer)
    except ValueError:
        return ""
    return str(found.get("id", ""))[:120] if isinstance(found, dict) else ""
