"""A running installation whose processes can be killed: durable database, web server, worker, all by `camaug up`."""

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psycopg

from camaug.runtime.postgres.home import Home
from tests.ports import free_port

PATIENCE = 120  # seconds until something comes back
_TOKEN = "t" * 32


class NoAnswer(Exception):
    """The request may have been done, or not."""


@dataclass
class Site:
    """`people`: cookies by the cast's keys."""

    data: Path
    port: int
    drafts: list[str]
    people: dict[str, str]
    process: subprocess.Popen[bytes] = field(init=False)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [sys.executable, "-m", "camaug.runtime", "up", "--port", str(self.port)]
        with (self.data / "site.log").open("ab") as log:
            self.process = subprocess.Popen(command, env=environment(self.data), stdout=log, stderr=log)
        self.wait_until_ready()

    def stop(self) -> None:
        """Stop it politely."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(PATIENCE)

    def wait_until_ready(self) -> None:
        """Until /readyz says so; a site that ended altogether is started again."""
        deadline = time.monotonic() + PATIENCE
        while not self._is_ready():
            if time.monotonic() > deadline:
                raise TimeoutError("the site did not come back")
            if self.process.poll() is not None:
                self.start()
            time.sleep(0.1)

    def _is_ready(self) -> bool:
        try:
            return self.send("GET", "/readyz").status == 200
        except NoAnswer:
            return False

    def send(self, method: str, path: str, *, who: str = "", **fields: str) -> "Answer":
        """One request; NoAnswer where the connection broke before the whole answer was there."""
        connection = http.client.HTTPConnection("localhost", self.port, timeout=20)
        cookies = f"csrftoken={_TOKEN}" + (f"; sessionid={self.people[who]}" if who else "")
        headers = {"Cookie": cookies, "X-CSRFToken": _TOKEN, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            connection.request(method, path, urlencode(fields) if fields else None, headers)
            answer = connection.getresponse()
            return Answer(answer.status, answer.getheader("Location") or "", answer.read().decode())
        except (OSError, http.client.HTTPException) as lost:
            raise NoAnswer from lost
        finally:
            connection.close()

    def ask(self, question: str, *values: Any) -> list[tuple[Any, ...]]:
        """Rows from the database, whenever it answers."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with psycopg.connect(Home.under(self.data).address) as connection:
                    return connection.execute(question.encode(), values).fetchall()
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def kill(self, what: str) -> bool:
        """SIGKILL to a process of that kind; whether there was one."""
        victims = _KINDS[what](self)
        try:
            if victims:
                os.kill(random.choice(victims), signal.SIGKILL)
        except ProcessLookupError:
            return False
        return bool(victims)


@dataclass(frozen=True)
class Answer:
    """`place`: where a redirect leads."""

    status: int
    place: str
    content: str

    @property
    def done(self) -> bool:
        """Whether the site said that it was done: a form that was accepted leads on."""
        return self.status == 302


@contextmanager
def running(data: Path, *, drafts: int) -> Iterator[Site]:
    """A site with that many applications waiting to be sent."""
    command = [sys.executable, "-m", "tests.faults.preparing", str(drafts)]
    made = subprocess.run(command, env=environment(data), check=True, stdout=subprocess.PIPE)
    told = json.loads(made.stdout)
    site = Site(data=data, port=free_port(), drafts=told["drafts"], people=told["sessions"])
    site.start()
    try:
        yield site
    finally:
        site.process.kill()


def environment(data: Path) -> dict[str, str]:
    """A DATA of its own, and the embedded server with all its durability."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DATA")}
    return {**kept, "DATA": str(data)}


def _processes(condition: Callable[[list[str], Path], bool]) -> list[int]:
    found = []
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                words = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
                if condition(words, process):
                    found.append(int(process.name))
            except OSError:
                continue
    return found


def _web(site: Site) -> list[int]:
    """The web server and its processes: those that serve our port, and their children."""
    masters = _processes(lambda words, _process: "granian" in words and str(site.port) in words)
    children = [child for master in masters for child in _children(master)]
    return masters + children


def _worker(site: Site) -> list[int]:
    return [child for child in _children(site.process.pid) if _is_worker(child)]


def _is_worker(process: int) -> bool:
    try:
        return b"\0worker\0" in Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return False


def _database(site: Site) -> list[int]:
    cluster = Home.under(site.data).cluster
    return _processes(lambda _words, process: (process / "cwd").readlink() == cluster)


def _all(site: Site) -> list[int]:
    return [site.process.pid]


def _children(process: int) -> list[int]:
    found: list[int] = []
    for task in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            found += [int(child) for child in task.read_text().split()]
        except OSError:
            continue
    return found


_KINDS: dict[str, Callable[[Site], list[int]]] = {"web": _web, "worker": _worker, "database": _database, "all": _all}
