"""A line between browser and site that is cut again and again, or dead for a while: a TCP proxy."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

_CHUNK = 16384
_RESET = struct.pack("ii", 1, 0)


class BadLine:
    """Every connection is cut after `limit` bytes sent up while `cutting`; `cuts` counts them. `dead`: none is let in."""

    def __init__(self, site: str, limit: int) -> None:
        self._site = ("127.0.0.1", urlsplit(site).port or 80)
        self._limit = limit
        self._server = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self.cutting = True
        self.dead = False
        self.cuts = 0
        threading.Thread(target=self._listen, daemon=True).start()

    @property
    def address(self) -> str:
        """Where the browser finds the site at the other end."""
        return f"http://localhost:{self._server.getsockname()[1]}"

    def die(self) -> None:
        """Cut everything and let nobody in."""
        self.dead = True
        for end in list(self._open):
            self._cut(end)

    def close(self) -> None:
        """The end of the line."""
        self.die()
        self._server.close()

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                browser, _address = self._server.accept()
                if self.dead:
                    self._cut(browser)
                    continue
                site = socket.create_connection(self._site)
                self._open |= {browser, site}
                threading.Thread(target=self._carry, args=(browser, site, True), daemon=True).start()
                threading.Thread(target=self._carry, args=(site, browser, False), daemon=True).start()

    def _carry(self, source: socket.socket, target: socket.socket, up: bool) -> None:
        carried = 0
        with suppress(OSError):
            while octets := source.recv(_CHUNK):
                carried += len(octets)
                if up and self.cutting and carried > self._limit:
                    self.cuts += 1
                    break
                target.sendall(octets)
        self._cut(source)
        self._cut(target)

    def _cut(self, end: socket.socket) -> None:
        with suppress(OSError):
            end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
            end.shutdown(socket.SHUT_RDWR)
        end.close()
        self._open.discard(end)


@contextmanager
def bad_line(site: str, *, limit: int) -> Iterator[BadLine]:
    """A bad line to the site, for as long as the block runs."""
    line = BadLine(site, limit)
    try:
        yield line
    finally:
        line.close()
