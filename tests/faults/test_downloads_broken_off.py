"""A download that breaks off since the web server or the database is killed does not look whole; asked again, it is.

The rows are held back by a lock on their table, so that each download stands in its middle when the kill comes.
"""

import http.client
import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import psycopg
import pytest
from django.db import connection

from camaug.runtime.serving import web_command
from tests.cases_at_random import lives
from tests.database import address_of
from tests.desks import desk_of
from tests.ports import free_port
from tests.world import World, build

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE, ROWS = 120, 60
REPORT = "/desk/reports/files/cases.{}?period=2026&column=received"
REGISTER = "/desk/register/{}/?from=01/01/2026&to=31/12/2026"
DOWNLOADS = [
    (REPORT.format("csv"), "csv"),
    (REPORT.format("xlsx"), "xlsx"),
    (REGISTER.format("plain"), "csv"),
    (REGISTER.format("workbook"), "xlsx"),
]


@pytest.fixture
def committed(transactional_db: None) -> World:
    """The small province, with some cases, as other processes see it."""
    world = build()
    lives(world, ROWS)
    return world


class Website:
    """The pages alone, over the database of this test."""

    def __init__(self) -> None:
        self.port = free_port()
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        address = address_of(str(connection.settings_dict["NAME"]))
        environment = {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "config.settings"}
        self.process = subprocess.Popen(web_command("127.0.0.1", self.port), env=environment, start_new_session=True)
        wait_for(self.port)

    def kill(self) -> None:
        """SIGKILL to all its processes."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def site(committed: World) -> Iterator[Website]:
    """A running one."""
    website = Website()
    yield website
    website.kill()


def wait_for(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            if asked(port, "/readyz", "").status == 200:
                return
        except (OSError, http.client.HTTPException):
            time.sleep(0.2)
    raise TimeoutError("the site did not answer")


def asked(port: int, path: str, session: str) -> http.client.HTTPResponse:
    line = http.client.HTTPConnection("localhost", port, timeout=PATIENCE)
    line.request("GET", path, headers={"Cookie": f"sessionid={session}"})
    return line.getresponse()


def kill_web(site: Website) -> None:
    """The whole web server dies, and is started again."""
    site.kill()


def kill_database(_site: Website) -> None:
    """The connection that waits for rows dies, as it does when the database is killed."""
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'",
            [connection.settings_dict["NAME"]],
        )


@pytest.mark.parametrize("kill", [kill_web, kill_database])
@pytest.mark.parametrize(("path", "ending"), DOWNLOADS)
def test_what_broke_off_does_not_look_whole_and_asked_again_it_is(
    committed: World, site: Website, path: str, ending: str, kill: Callable[[Website], None]
) -> None:
    session = desk_of(committed, "district_chairman").cookies["sessionid"].value
    with rows_held_back():
        answer = asked(site.port, path, session)
        assert answer.status == 200
        begun = answer.read1(1)
        waits_for_rows()
        kill(site)
        broken = begun + rest_of(answer)
    assert not is_whole(broken, ending)
    if site.process.poll() is not None:
        site.start()
    assert is_whole(asked(site.port, path, session).read(), ending)


@contextmanager
def rows_held_back() -> Iterator[None]:
    with psycopg.connect(address_of(str(connection.settings_dict["NAME"]))) as other:
        other.execute("LOCK TABLE cases_case IN ACCESS EXCLUSIVE MODE")
        yield
        other.rollback()


def waits_for_rows() -> None:
    deadline = time.monotonic() + PATIENCE
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as other:
        while not other.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = %s AND wait_event_type = 'Lock'",
            [connection.settings_dict["NAME"]],
        ).fetchone():
            assert time.monotonic() < deadline
            time.sleep(0.05)


def rest_of(answer: http.client.HTTPResponse) -> bytes:
    """What still comes; a browser says that the download failed where the connection broke."""
    try:
        return answer.read()
    except http.client.IncompleteRead as broken:
        return broken.partial
    except OSError:
        return b""


def is_whole(file: bytes, ending: str) -> bool:
    if ending == "xlsx":
        try:
            return ZipFile(BytesIO(file)).testzip() is None
        except BadZipFile:
            return False
    lines = file.decode("utf-8-sig").splitlines()
    return lines[-1] == f"Hết tệp: {len(lines) - 2} dòng."
