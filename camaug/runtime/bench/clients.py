"""Requests over sockets that stay open, from many clients at once. Lean, since it runs on the machine it measures."""

import socket
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from threading import Thread
from urllib.parse import urlencode

from camaug.runtime.bench.site import HOST

_CHUNK = 65_536


@dataclass(frozen=True, slots=True)
class Request:
    """One request: `body` None is a GET; `cookies` as they stand in the header."""

    path: str
    cookies: str = ""
    body: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()

    def octets(self) -> bytes:
        """As it goes over the wire."""
        head = [
            f"{'GET' if self.body is None else 'POST'} {self.path} HTTP/1.1",
            f"Host: {HOST}",
            "Accept-Language: vi",
            *(f"{name}: {value}" for name, value in self.headers),
        ]
        if self.cookies:
            head.append(f"Cookie: {self.cookies}")
        if self.body is not None:
            head.append(f"Content-Length: {len(self.body)}")
        return "\r\n".join([*head, "", ""]).encode() + (self.body or b"")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and the seconds it took."""

    status: int
    size: int
    seconds: float
    body: bytes = field(repr=False)


def form(values: dict[str, str], token: str) -> tuple[bytes, tuple[tuple[str, str], ...]]:
    """A form's body and headers; `token` guards against forged ones, and stands in the cookies too."""
    body = urlencode({**values, "csrfmiddlewaretoken": token}).encode()
    return body, (("Content-Type", "application/x-www-form-urlencoded"),)


class Client:
    """One open socket."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._socket: socket.socket | None = None

    def ask(self, request: bytes) -> Answer:
        """Send it and read the whole answer."""
        begun = time.perf_counter()
        if self._socket is None:
            self._socket = socket.create_connection((HOST, self._port), timeout=60)
            self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(request)
        head, rest = self._head()
        status, length, closing = _read(head)
        while len(rest) < length:
            more = self._socket.recv(_CHUNK)
            if not more:
                raise ConnectionError("cut off")
            rest += more
        if closing:
            self.close()
        return Answer(status, len(head) + length, time.perf_counter() - begun, bytes(rest))

    def close(self) -> None:
        """Hang up."""
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def _head(self) -> tuple[bytes, bytearray]:
        got = bytearray()
        while (end := got.find(b"\r\n\r\n")) < 0:
            more = self._socket.recv(_CHUNK) if self._socket else b""
            if not more:
                raise ConnectionError("no answer")
            got += more
        return bytes(got[:end]).lower(), got[end + 4 :]


def _read(head: bytes) -> tuple[int, int, bool]:
    status = int(head[9:12])
    at = head.find(b"content-length:")
    length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
    return status, length, b"connection: close" in head


@dataclass(frozen=True, slots=True)
class Run:
    """All answers of a run and how long it took."""

    answers: tuple[Answer, ...]
    seconds: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.answers) / self.seconds

    @property
    def times(self) -> list[float]:
        """The seconds of each answer."""
        return [one.seconds for one in self.answers]

    def wrong(self, right: Iterable[int]) -> int:
        """How many were answered otherwise."""
        allowed = frozenset(right)
        return sum(one.status not in allowed for one in self.answers)


def run(port: int, requests: Sequence[Request], *, clients: int) -> Run:
    """Let so many clients ask everything, each the next one as soon as it has its answer."""
    waiting: SimpleQueue[bytes] = SimpleQueue()
    for request in requests:
        waiting.put(request.octets())
    answers: list[Answer] = []
    work: Callable[[], None] = lambda: _work(port, waiting, answers)  # noqa: E731 (the shape of a thread's target)
    threads = [Thread(target=work, daemon=True) for _ in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Run(tuple(answers), time.perf_counter() - begun)


def _work(port: int, waiting: "SimpleQueue[bytes]", answers: list[Answer]) -> None:
    client = Client(port)
    while True:
        try:
            request = waiting.get_nowait()
        except Empty:
            client.close()
            return
        try:
            answers.append(client.ask(request))
        except OSError:
            client.close()
            answers.append(Answer(0, 0, 0.0, b""))
