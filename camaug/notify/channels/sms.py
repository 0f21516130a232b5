"""SMS through a gateway that speaks JSON over HTTP.

POST {"id": key, "to": "+84912345678", "text": "..."} with `Authorization: Bearer` and `Idempotency-Key`; the answer is
2xx with {"id": the gateway's own id}. 400 and 422 say that the message will never be taken.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from camaug.kernel.outgoing.asking import Reply, Unreachable, ask
from camaug.notify.channels.contract import Parcel, Undelivered
from camaug.notify.models import Reason

_PATIENCE = 5.0  # seconds for connecting, and for each wait on the answer
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
        headers = {"Idempotency-Key": str(key)}
        if self.secret:
            headers["Authorization"] = f"Bearer {self.secret}"
        try:
            reply = ask("POST", self.url, {"id": str(key), "to": to, "text": text}, headers=headers, patience=_PATIENCE)
        except Unreachable as error:
            raise Undelivered(Reason.UNREACHABLE) from error
        if reply.status in _NEVER:
            raise Undelivered(Reason.REJECTED)
        if not reply.is_good:
            raise Undelivered(Reason.REFUSED_FOR_NOW)
        return _id_in(reply)


@dataclass(frozen=True, slots=True)
class Sms:
    """The channel: the short text goes to the phone, nothing else."""

    gateway: SmsGateway

    def carry(self, parcel: Parcel, *, at: datetime) -> str:  # noqa: ARG002 (Carrier says the shape)
        """Carrier.carry."""
        return self.gateway.send(parcel.to, parcel.text, key=parcel.key)


def _id_in(reply: Reply) -> str:
    """The id in the gateway's answer. It has taken the SMS, so an answer that cannot be read is no failure."""
    return str((reply.content() or {}).get("id", ""))[:120]
