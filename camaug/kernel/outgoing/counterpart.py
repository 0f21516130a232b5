"""The frame of our counterparts: small JSON servers on loopback that play another system in tests and trials."""

import json
import sys
import threading
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Call:
    """One request: `content` is its JSON object, {} for none, None where it is not understood."""

    method: str
    path: str
    headers: Mapping[str, str]
    content: dict[str, Any] | None


@dataclass(slots=True)
class Counterpart(ABC):
    """A context manager that serves `address`; what it plays is told by `answer`."""

    port: int = 0
    _server: ThreadingHTTPServer | None = field(default=None, init=False, repr=False)

    @abstractmethod
    def answer(self, call: Call) -> tuple[int, object] | None:
        """Status and content; None hangs up without a word."""

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_address[1] if self._server else self.port}"

    def __enter__(self) -> Self:
        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), _desk_of(self))
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._server:
            self._server.shutdown()
            self._server.server_close()

    def serve_for_ever(self) -> None:
        """For the command line: say where, and stay."""
        with self:
            sys.stdout.write(f"{self.address}\n")
            threading.Event().wait()


def _desk_of(counterpart: Counterpart) -> type[BaseHTTPRequestHandler]:
    class Desk(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            said = counterpart.answer(Call(self.command, self.path, dict(self.headers), _content(body)))
            if said is None:
                return
            answer = json.dumps(said[1], ensure_ascii=False).encode()
            self.send_response(said[0])
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def do_GET(self) -> None:
            self.do_POST()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is http.server's)
            """Quiet: a counterpart keeps what it was told."""

    return Desk


def _content(body: bytes) -> dict[str, Any] | None:
    if not body:
        return {}
    try:
        found = json.loads(body)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
