"""A small post on loopback, for tests, trials and the demonstration: it takes orders, and can lose, refuse and bring.

POST_URL=http://127.0.0.1:9070, then `python -m camaug.postal.carriers.counterpart 9070`.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from camaug.kernel import clock
from camaug.kernel.outgoing.counterpart import Call, Counterpart
from camaug.postal.carriers import shape
from camaug.postal.carriers.contract import Told
from camaug.postal.carriers.playing import story
from camaug.postal.lifecycle import ScanStatus

CUSTOMER, SECRET = "H12", "open sesame"
_NEEDED = ("orderNumber", "senderName", "senderAddress", "receiverName", "receiverAddress", "govAgencyCode")
_Answer = tuple[int, object]


@dataclass(slots=True)
class LocalPost(Counterpart):
    """Serves `address`. `orders` are what it was given by our numbers, `scans` what it tells of each.

    `failing`: the status to refuse orders with (0: takes all). `mute`: does what is asked, then hangs up unheard.
    `plays`: its parcels move along by themselves as time goes by; what they are is kept in the file `book`, if any.
    """

    failing: int = 0
    mute: bool = False
    plays: bool = False
    book: Path | None = None
    now: Callable[[], datetime] = clock.now
    calls: list[Call] = field(default_factory=list)
    orders: dict[str, dict[str, Any]] = field(default_factory=dict)
    scans: dict[str, list[Told]] = field(default_factory=dict)
    tokens: set[str] = field(default_factory=set)

    def answer(self, call: Call) -> _Answer | None:
        """One request."""
        if call.content is None:
            return 400, {"message": "not understood"}
        if call.path.endswith(shape.TOKEN_PATH):
            return self._opened(call.content)
        self.calls.append(call)
        if call.headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
            return 401, {"message": "no token"}
        self._read()
        desk = _DESKS.get(call.path)
        said = desk(self, call.content) if desk else (404, {"message": "unknown"})
        return None if self.mute else said

    def forget_tokens(self) -> None:
        """Every token is over."""
        self.tokens.clear()

    def tell(self, number: str, at: datetime, status: ScanStatus, place: str = "", note: str = "") -> None:
        """Something happens to the parcel of that number of ours."""
        self.scans[number].append(Told(at.replace(microsecond=0), status, place, note))

    def _opened(self, content: dict[str, Any]) -> _Answer:
        if (content.get("customerCode"), content.get("secret")) != (CUSTOMER, SECRET):
            return 403, {"message": "unknown customer"}
        token = f"token-{len(self.tokens) + len(self.calls)}"
        self.tokens.add(token)
        return 200, {shape.TOKEN: token}

    def _ordered(self, content: dict[str, Any]) -> _Answer:
        missing = [name for name in _NEEDED if not content.get(name)]
        if self.failing:
            return self.failing, {"message": "told to fail"}
        if missing:
            return 422, {"message": f"missing: {', '.join(missing)}"}
        number = str(content["orderNumber"])
        if number not in self.orders:
            item = f"EM{len(self.orders) + 1:09d}VN"
            self.orders[number] = {**content, shape.CARRIER_NUMBER: item, "taken": self.now().isoformat()}
            self.scans[number] = []
            self._write()
        return 200, {shape.CARRIER_NUMBER: self.orders[number][shape.CARRIER_NUMBER]}

    def _cancelled(self, content: dict[str, Any]) -> _Answer:
        number = str(content.get("orderNumber"))
        if number not in self.orders:
            return 404, {"message": "unknown order"}
        if any(told.status == ScanStatus.COLLECTED for told in self._told(number)):
            return 409, {"message": "under way"}
        self.orders[number].setdefault("cancelled", self.now().isoformat())
        self._write()
        return 200, {}

    def _tracked(self, content: dict[str, Any]) -> _Answer:
        number = str(content.get("orderNumber"))
        if number not in self.orders:
            return 404, {"message": "unknown order"}
        return 200, {shape.SCANS: [shape.scan_data(told) for told in self._told(number)]}

    def _told(self, number: str) -> list[Told]:
        return story(self.orders[number], until=self.now()) if self.plays else self.scans[number]

    def _read(self) -> None:
        if self.book and self.book.is_file():
            self.orders = json.loads(self.book.read_text("utf-8"))
            self.scans = {number: self.scans.get(number, []) for number in self.orders}

    def _write(self) -> None:
        if self.book:
            self.book.parent.mkdir(parents=True, exist_ok=True)
            half = self.book.with_suffix(".new")
            half.write_text(json.dumps(self.orders, ensure_ascii=False), "utf-8")
            half.replace(self.book)


_DESKS: dict[str, Callable[[LocalPost, dict[str, Any]], _Answer]] = {
    shape.ORDER_PATH: LocalPost._ordered,
    shape.CANCEL_PATH: LocalPost._cancelled,
    shape.TRACKING_PATH: LocalPost._tracked,
}


if __name__ == "__main__":
    LocalPost(port=int(sys.argv[1]), plays=True).serve_for_ever()
