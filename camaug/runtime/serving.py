"""Web server and worker side by side: one ends, all end; the parent dies, they die."""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import FrameType

PREPARED = "CAMAUG_PREPARED"  # tells children that their parent has migrated and loaded
WEB_PROCESSES, WEB_THREADS = 2, 4
_PATIENCE = 8  # seconds that a child may take to end
_PR_SET_PDEATHSIG = 1


def web_command(host: str, port: int) -> list[str]:
    """The web server: processes times threads, each thread with its own database connection."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(WEB_PROCESSES), "--blocking-threads", str(WEB_THREADS), "--log-level", "warning"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "5", "config.wsgi:application"),
    ]


def worker_command() -> list[str]:
    """The worker: events to their subscribers, and jobs."""
    return [sys.executable, "-m", "camaug.runtime", "worker"]


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there yet."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def serve(host: str, port: int, *, on_ready: Callable[[], None], with_worker: bool = True) -> int:
    """Run the web server, and a worker beside it, until a signal or one of them ends; 0 after a signal, else 1."""
    stop = _Stop()
    _share_figures()
    commands = [web_command(host, port), *([worker_command()] if with_worker else [])]
    children = [_spawn(command) for command in commands]
    try:
        while not stop.asked and not _listens(host, port) and _all_alive(children):
            time.sleep(0.05)
        if not stop.asked and _all_alive(children):
            on_ready()
        while not stop.asked and _all_alive(children):
            time.sleep(0.2)
    finally:
        _end(children)
    return 0 if stop.asked else 1


class _Stop:
    """Ctrl-C or a polite signal, noticed between two looks."""

    def __init__(self) -> None:
        self.asked = False
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, self._ask)

    def _ask(self, _number: int, _frame: FrameType | None) -> None:
        self.asked = True


def _share_figures() -> None:
    """A folder through which the web processes add up their figures, empty at each start."""
    folder = Path(os.environ["DATA"]) / "figures"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(folder)


def _spawn(command: list[str]) -> subprocess.Popen[bytes]:
    parent = os.getpid()
    environment = {**os.environ, PREPARED: "1"}
    return subprocess.Popen(command, env=environment, start_new_session=True, preexec_fn=lambda: _die_with(parent))


def _die_with(parent: int) -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


def _all_alive(children: list[subprocess.Popen[bytes]]) -> bool:
    return all(child.poll() is None for child in children)


def _listens(host: str, port: int) -> bool:
    try:
        with socket.create_connection((host, port), timeout=0.2):
            return True
    except OSError:
        return False


def _end(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        child.terminate()
    deadline = time.monotonic() + _PATIENCE
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
