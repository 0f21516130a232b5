"""A small SMS gateway on loopback, for tests and trials: it keeps what it is given and fails when told to.

SMS_GATEWAY_URL=http://127.0.0.1:9080/messages, then `python -m camaug.notify.channels.counterpart 9080`.
"""

import sys
from dataclasses import dataclass, field
from typing import Any

from camaug.kernel.outgoing.counterpart import Call, Counterpart


@dataclass(slots=True)
class LocalGateway(Counterpart):
    """Serves `url`. `taken` maps a key to what was sent under it; `answers` counts requests.

    `failing`: the status to refuse with (0: takes everything). `mute`: it hangs up without an answer. `secret`: what
    callers must show ("": nothing).
    """

    secret: str = ""
    failing: int = 0
    mute: bool = False
    answers: int = 0
    loud: bool = False
    taken: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where to post."""
        return f"{self.address}/messages"

    def answer(self, call: Call) -> tuple[int, object] | None:
        """One request: status and answer."""
        self.answers += 1
        if self.mute:
            return None
        if self.secret and call.headers.get("Authorization", "") != f"Bearer {self.secret}":
            return 401, {"error": "unknown key"}
        if self.failing:
            return self.failing, {"error": "told to fail"}
        return self._take(call.content)

    def _take(self, order: dict[str, Any] | None) -> tuple[int, object]:
        if order is None or not {"id", "to", "text"} <= order.keys():
            return 400, {"error": "not understood"}
        key, sms = str(order["id"]), {"to": str(order["to"]), "text": str(order["text"])}
        if not sms["to"].startswith("+"):
            return 422, {"error": "no telephone number"}
        new = self.taken.setdefault(key, sms) is sms
        if new and self.loud:
            sys.stdout.write(f"{sms['to']}  {sms['text']}\n")
        return 201 if new else 200, {"id": f"local-{list(self.taken).index(key) + 1}"}


if __name__ == "__main__":
    LocalGateway(port=int(sys.argv[1]), loud=True).serve_for_ever()
