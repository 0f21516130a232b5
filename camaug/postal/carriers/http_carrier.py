"""The post over HTTP: JSON by POST, with a token that a customer's code and secret open."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from camaug.kernel.outgoing.asking import Reply, Unreachable, ask
from camaug.kernel.outgoing.sending import NotTaken
from camaug.postal.carriers import shape
from camaug.postal.carriers.contract import Consignment, Told

_MOST_SCANS = 200
_LONGEST_ANSWER = 256 * 1024


@dataclass(slots=True)
class HttpCarrier:
    """The carrier at `url`; `customer` is our code there, opened with `secret`."""

    url: str
    customer: str
    secret: str = field(repr=False)
    _token: str = field(default="", repr=False)

    def place(self, parcel: Consignment) -> str:
        """Carrier.place."""
        answer = _content(self._call(shape.ORDER_PATH, shape.order_data(parcel, self.customer)))
        number = str(answer.get(shape.CARRIER_NUMBER) or "")[:60]
        if not number:
            raise NotTaken("the answer names no parcel", final=False)
        return number

    def cancel(self, number: str) -> None:
        """Carrier.cancel."""
        try:
            self._call(shape.CANCEL_PATH, {"customerCode": self.customer, "orderNumber": number})
        except _Unknown:
            return

    def track(self, number: str) -> tuple[Told, ...]:
        """Carrier.track."""
        answer = _content(self._call(shape.TRACKING_PATH, {"customerCode": self.customer, "orderNumber": number}))
        rows = answer.get(shape.SCANS)
        if not isinstance(rows, list):
            raise NotTaken("the answer has no trackings", final=False)
        read = (shape.told_of(row) for row in rows[:_MOST_SCANS])
        return tuple(sorted((told for told in read if told), key=lambda told: told.at))

    def _call(self, path: str, content: Mapping[str, Any]) -> Reply:
        """One call; a token that is over is followed by one new token."""
        for last in (False, True):
            reply = self._ask(path, content, {"Authorization": f"Bearer {self._opened()}"})
            if reply.status != HTTPStatus.UNAUTHORIZED or last:
                return _good(reply)
            self._token = ""
        raise AssertionError("a call ends by an answer or by NotTaken")

    def _opened(self) -> str:
        if not self._token:
            reply = self._ask(shape.TOKEN_PATH, {"customerCode": self.customer, "secret": self.secret}, {})
            self._token = str((reply.content() or {}).get(shape.TOKEN) or "") if reply.is_good else ""
            if not self._token:
                raise NotTaken(f"no token: HTTP {reply.status}", final=False)
        return self._token

    def _ask(self, path: str, content: Mapping[str, Any], headers: Mapping[str, str]) -> Reply:
        try:
            return ask("POST", f"{self.url}{path}", content, headers=headers, longest=_LONGEST_ANSWER)
        except Unreachable as lost:
            raise NotTaken(f"unreachable: {lost}", final=False) from lost


class _Unknown(NotTaken):
    """The carrier knows no such order."""


def _good(reply: Reply) -> Reply:
    if reply.status == HTTPStatus.NOT_FOUND:
        raise _Unknown("the carrier does not know the order", final=True)
    if not reply.is_good:
        unauthorised = reply.status == HTTPStatus.UNAUTHORIZED
        raise NotTaken(f"HTTP {reply.status}", final=reply.is_final and not unauthorised)
    return reply


def _content(reply: Reply) -> dict[str, Any]:
    content = reply.content()
    if content is None:
        raise NotTaken("the answer is no JSON object", final=False)
    return content
