"""The witness as a small HTTP server: `POST /add-checkpoint`, and `GET /checkpoint/ORIGIN` tells the last head."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote

from camaug.audit.notes import Signer
from camaug.audit.witness.judging import Verdict, judge
from camaug.audit.witness.memory import Memory

_LONGEST = 64 * 1024
_PATIENCE = 10  # seconds for a request to arrive
_SIZE = "text/x.tlog.size"


def server(
    address: tuple[str, int], *, memory: Memory, signer: Signer, clock: Callable[[], datetime]
) -> ThreadingHTTPServer:
    """A server that is bound and not yet serving."""

    class Desk(BaseHTTPRequestHandler):
        timeout = _PATIENCE

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if self.path != "/add-checkpoint":
                self._say(Verdict(HTTPStatus.NOT_FOUND))
            elif not length.isdigit() or int(length) > _LONGEST:
                self._say(Verdict(HTTPStatus.REQUEST_ENTITY_TOO_LARGE))
            else:
                body = self.rfile.read(int(length)).decode(errors="replace")
                self._say(judge(body, memory=memory, signer=signer, at=clock()))

        def do_GET(self) -> None:
            origin = unquote(self.path.removeprefix("/checkpoint/"))
            last = memory.last(origin) if self.path.startswith("/checkpoint/") else None
            self._say(Verdict(HTTPStatus.OK, str(last)) if last else Verdict(HTTPStatus.NOT_FOUND))

        def _say(self, verdict: Verdict) -> None:
            body = verdict.text.encode()
            self.send_response(verdict.status)
            kind = _SIZE if verdict.status == HTTPStatus.CONFLICT else "text/plain; charset=utf-8"
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the name is http.server's)
            """Quiet: what was signed is remembered."""

    return ThreadingHTTPServer(address, Desk)
