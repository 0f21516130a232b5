"""A small SMS gateway on loopback, for tests and trials: it keeps what it is given and fails when told to.

SMS_GATEWAY_URL=http://127.0.0.1:9080/messages, then `python -m camaug.notify.channels.counterpart 9080`.
"""

import json
import sys
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self


@dataclass(slots=True)
class LocalGateway:
    """A context manager that serves `url`. `taken` maps a key to what was sent under it; `answers` counts
    requests.

    `failing`: the status to refuse with (0: takes everything). `mute`: it hangs up without an answer. `secret`: what
    callers must show ("": nothing).
    """

    port: int = 0
    secret: str = ""
    failing: int = 0
    mute: bool = False
    answers: int = 0
    loud: bool = False
    taken: dict[str, dict[str, str]] = field(default_factory=dict)
    _server: ThreadingHTTPServer | None = None

    def __enter__(self) -> Self:
        gateway = self

        class Desk(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers.get("Content-Length", "0"))
                status, answer = gateway.take(self.rfile.read(length), self.headers.get("Authorization", ""))
                if gateway.mute:
                    return
                body = json.dumps(answer).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is http.server's)
                """Quiet: what was sent is in `taken`."""

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Desk)
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()

    @property
    def url(self) -> str:
        """Where to post."""
        port = self._server.server_address[1] if self._server else self.port
        return f"http://127.0.0.1:{port}/messages"

    def take(self, body: bytes, shown: str) -> tuple[int, dict[str, str]]:
        """One request: status and answer."""
        self.answers += 1
        if self.secret and shown != f"Bearer {self.secret}":
            return 401, {"error": "unknown key"}
        if self.failing or self.mute:
            return self.failing, {"error": "told to fail"}
        try:
            order = json.loads(body)
            key, sms = str(order["id"]), {"to": str(order["to"]), "text": str(order["text"])}
        except (ValueError, KeyError, TypeError):
            return 400, {"error": "not understood"}
        if not sms["to"].startswith("+"):
            return 422, {"error": "no telephone number"}
        new = self.taken.setdefault(key, sms) is sms
        if new and self.loud:
            sys.stdout.write(f"{sms['to']}  {sms['text']}\n")
        return 201 if new else 200, {"id": f"local-{list(self.taken).index(key) + 1}"}


if __name__ == "__main__":
    with LocalGateway(port=int(sys.argv[1]), loud=True) as running:
        sys.stdout.write(f"{running.url}\n")
        threading.Event().wait()
