"""The web server as `camaug up` starts it, over a database to measure on; no worker, so that nothing else runs."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from camaug.runtime.bench import cpu
from camaug.runtime.serving import PREPARED, WEBSITE, web_command

HOST = "127.0.0.1"
_PATIENCE = 60
_LOOKS, _LOOK, _AT_REST = 4, 0.5, 0.02
"""So many looks in a row, so many seconds apart, find no more than so many seconds of CPU used: that is rest."""


@dataclass(frozen=True, slots=True)
class Site:
    """A web server: where it listens, and the process that leads its session."""

    port: int
    process: int


@contextmanager
def serving(address: str, *, application: str = WEBSITE) -> Iterator[int]:
    """The port of a web server over that database."""
    with started(address, application=application) as site:
        yield site.port


@contextmanager
def started(address: str, *, application: str = WEBSITE) -> Iterator[Site]:
    """A web server over that database."""
    port = free_port()
    server = subprocess.Popen(
        web_command(HOST, port, application),
        env={**os.environ, "DATABASE_URL": address, PREPARED: "1"},
        start_new_session=True,
    )
    try:
        _await(port, server)
        _await_rest(server.pid)
        yield Site(port, server.pid)
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _await(port: int, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            with socket.create_connection((HOST, port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The web server did not answer.")


def _await_rest(session: int) -> None:
    """All its processes have loaded what they need: it listens before that, and loading is not answering."""
    deadline, used, still = time.monotonic() + _PATIENCE, 0.0, 0
    while time.monotonic() < deadline and still < _LOOKS:
        now = cpu.of_session(session)
        still, used = (still + 1 if now - used <= _AT_REST else 0), now
        time.sleep(_LOOK)
