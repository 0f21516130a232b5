"""Web server and worker side by side: whichever is killed is started again; the parent dies, they die."""

import contextlib
import ctypes
import gc
import logging
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType

log = logging.getLogger(__name__)
PREPARED = "CAMAUG_PREPARED"  # tells children that their parent has migrated and loaded
WEB_PROCESSES, WEB_THREADS = 2, 4
WEBSITE = "config.wsgi:application"
_QUICKLY, _QUICK_ENDS, _PAUSE = 5.0, 5, 0.5  # seconds, times, seconds more at each time
_PATIENCE = 8  # seconds that a child may take to end
_PR_SET_PDEATHSIG = 1
_MADE_BEFORE_COLLECTING = 20_000  # objects; a page makes some thousands


def web_command(host: str, port: int, application: str = WEBSITE) -> list[str]:
    """The web server: processes times threads, as many connections to the database as threads at work."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", str(WEB_PROCESSES), "--blocking-threads", str(WEB_THREADS), "--log-level", "warning"),
        *("--respawn-failed-workers", "--workers-kill-timeout", "5", application),
    ]


def keep_what_is_loaded() -> None:
    """What is loaded stays: the collector need not walk through it again, nor come as often for what a page leaves."""
    gc.freeze()
    gc.set_threshold(_MADE_BEFORE_COLLECTING)


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


def serve(
    host: str,
    port: int,
    *,
    on_ready: Callable[[], None],
    with_worker: bool = True,
    beside: Sequence[list[str]] = (),
) -> int:
    """Run the web server, and a worker beside it, until a signal; 0 then, 1 where one of them does not stay up.

    `beside`: what begins once the site answers, and ends with it; the site does without.
    """
    stop = _Stop()
    _share_figures()
    commands = [web_command(host, port), *([worker_command()] if with_worker else [])]
    children = [_Child(command) for command in commands]
    others: list[subprocess.Popen[bytes]] = []
    try:
        while not stop.asked and not _listens(host, port) and _kept_up(children):
            time.sleep(0.05)
        if not stop.asked and _kept_up(children):
            others = [_spawn(command, quiet=True) for command in beside]
            on_ready()
        while not stop.asked and _kept_up(children):
            time.sleep(0.2)
    finally:
        _end([*others, *(child.process for child in children)])
    return 0 if stop.asked else 1


class _Child:
    """A process that is started again when it ends, unless it ends again and again at its beginning."""

    def __init__(self, command: list[str]) -> None:
        self.command, self.quick_ends = command, 0
        self._start()

    def _start(self) -> None:
        self.process, self.begun = _spawn(self.command), time.monotonic()

    def stays_up(self) -> bool:
        if self.process.poll() is None:
            return True
        self.quick_ends = self.quick_ends + 1 if time.monotonic() - self.begun < _QUICKLY else 0
        if self.quick_ends >= _QUICK_ENDS:
            return False
        _sweep(self.process.pid)
        log.warning("%s ended with status %s and is started again", self.command[2], self.process.returncode)
        time.sleep(self.quick_ends * _PAUSE)
        self._start()
        return True


def _kept_up(children: list[_Child]) -> bool:
    return all(child.stays_up() for child in children)


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


def _spawn(command: list[str], *, quiet: bool = False) -> subprocess.Popen[bytes]:
    parent, said = os.getpid(), subprocess.DEVNULL if quiet else None
    environment = {**os.environ, PREPARED: "1"}
    return subprocess.Popen(
        command,
        env=environment,
        stdout=said,
        stderr=said,
        start_new_session=True,
        preexec_fn=lambda: die_with(parent),
    )


def die_with(parent: int, *, by: signal.Signals = signal.SIGTERM) -> None:
    """Have the kernel end this process when that parent is gone, however it ends."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, by)
    if os.getppid() != parent:
        os._exit(1)


def _sweep(group: int) -> None:
    """What a killed web server leaves behind would hold its port."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


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
