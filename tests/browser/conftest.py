"""The real thing: web server and worker over a database with the whole demo province, and a browser in front of it.

Each of pytest-xdist's workers serves its own copy of the run's installation.
"""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import urlopen

import psycopg
import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, ViewportSize, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from camaug.kernel.dispatch import AMONG_OTHER_TRANSACTIONS
from camaug.people.profile.cast import read_cast
from camaug.runtime.postgres.software import client
from tests.browser.beside import Beside
from tests.browser.watching import Watch
from tests.database import address_of
from tests.installation import BROUGHT, Installation
from tests.ports import free_port

CHROMIUM = "/usr/bin/chromium-headless-shell"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE = ViewportSize(width=360, height=740)
DESKTOP = ViewportSize(width=1440, height=900)
PATIENCE = 20_000  # milliseconds: a busy machine is slow, and only what never comes is wrong


def live_address(whose: str) -> str:
    """The address of the running site's database, for what officers do meanwhile."""
    return address_of(_own(f"live_{whose}"))


def beside_the_site(whose: str) -> dict[str, str]:
    """The environment of the running site, and of what is run beside it: of nothing else, which has its own history."""
    history = Path(os.environ["DATA"]) / f"history-{whose}"
    own = {"DATABASE_URL": live_address(whose), "HISTORY_FOLDER": str(history), "POST_BOOK": str(_book(whose))}
    return {**os.environ, **own}


def _book(whose: str) -> Path:
    return Path(os.environ["DATA"]) / f"demo-post-{whose}.json"


def _own(name: str) -> str:
    """A database's name that runs beside each other on one server do not share."""
    return f"camaug_test_{name}_{urlsplit(os.environ['DATABASE_URL']).path.strip('/')}"


def _run_sql(statement: str, address: str | None = None) -> None:
    with psycopg.connect(address or address_of("postgres"), autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture(scope="session")
def live(installation: Installation, worker_id: str) -> Iterator[str]:
    """The address of the running site, over a copy of the province."""
    with serving(installation, worker_id) as address:
        yield address


@contextmanager
def serving(installation: Installation, whose: str) -> Iterator[str]:
    """The address of a site of somebody's own; whoever changes cases at will takes one, since others count on theirs."""
    name = urlsplit(live_address(whose)).path.strip("/")
    _run_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    _run_sql(f"CREATE DATABASE {name}")
    _run([client("pg_restore"), "--no-owner", "--dbname", live_address(whose), installation.dump])
    _run_sql(AMONG_OTHER_TRANSACTIONS, live_address(whose))  # the dump is of another server, as what is restored may be
    port = free_port()
    shutil.copy(Path(os.environ["DATA"]) / BROUGHT, _book(whose))
    up = [sys.executable, "-m", "camaug.runtime", "up", "--port", str(port)]
    said = Path(os.environ["DATA"]) / f"said-{whose}"
    with said.open("w") as log, subprocess.Popen(up, env=beside_the_site(whose), stderr=log) as site:
        try:
            _wait_for(f"http://localhost:{port}/", site)
            yield f"http://localhost:{port}"
        finally:
            site.terminate()
            site.wait(90)
            sys.stderr.write(said.read_text())
    _run_sql(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    assert [line for line in said.read_text().splitlines() if any(word in line for word in _of_the_cast())] == []


def _of_the_cast() -> set[str]:
    """What no log may tell, whatever the journeys did: names, mailboxes, telephones and numbers of the cast."""
    cast = read_cast(settings.PROFILE)
    officers = {word for one in cast.officers.values() for word in (one.name, one.email)}
    return officers | {word for one in cast.citizens.values() for word in (one.name, one.email, one.phone, one.number)}


type Site = Callable[..., str]


@pytest.fixture(scope="session")
def beside(worker_id: str, live: str) -> Iterator[Beside]:
    """What stands beside the running site and does what it is told."""
    process = Beside(beside_the_site(worker_id))
    yield process
    process.end()


@pytest.fixture
def site(request: pytest.FixtureRequest, beside: Beside) -> Site:
    """`site("sent")`: what happened before, or happens meanwhile, by `do` of the module SITE; what it printed."""
    return partial(beside.do, request.module.SITE)


def _run(command: list[str | Path], **more: str) -> None:
    subprocess.run(command, env={**os.environ, **more}, check=True, stdout=subprocess.PIPE)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser a session; each test opens its own contexts."""
    with ExitStack() as stack:
        playwright: Playwright = stack.enter_context(sync_playwright())
        expect.set_options(timeout=PATIENCE)
        os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright's loop runs in this thread
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def watch(request: pytest.FixtureRequest) -> Iterator[Watch]:
    """What went wrong in any page of the test: script errors, refused content, failed requests."""
    watching = Watch()
    yield watching
    watching.check()


@pytest.fixture
def phone(chromium: Browser, live: str, watch: Watch) -> Iterator[Page]:
    """A page 360 pixels wide, of somebody new."""
    with ExitStack() as stack:
        yield watch.page(_context(stack, chromium, live, PHONE, has_touch=True))


@pytest.fixture
def desktop(chromium: Browser, live: str, watch: Watch) -> Iterator[Page]:
    """A page 1440 pixels wide, of somebody new."""
    with ExitStack() as stack:
        yield watch.page(_context(stack, chromium, live, DESKTOP))


@pytest.fixture
def browser_of(chromium: Browser, live_server: LiveServer, screen: ViewportSize) -> Iterator[Callable[[str], Page]]:
    """A page `screen` wide, over the test's own database, of whoever has that session."""
    with ExitStack() as stack:

        def opened(session: str) -> Page:
            context = chromium.new_context(viewport=screen, locale="vi-VN", base_url=live_server.url)
            stack.callback(context.close)  # the server keeps a database connection for whom it may hear again
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
            return context.new_page()

        yield opened


def _context(
    stack: ExitStack, browser: Browser, live: str, size: ViewportSize, *, has_touch: bool = False
) -> BrowserContext:
    context = browser.new_context(base_url=live, viewport=size, locale="vi-VN", has_touch=has_touch)
    stack.callback(context.close)
    return context


def _wait_for(url: str, site: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 600
    while time.monotonic() < deadline:
        assert site.poll() is None, "the site ended before it was up"
        try:
            with urlopen(url, timeout=30):
                return
        except OSError as answer:
            if hasattr(answer, "code"):
                return
            time.sleep(0.1)
    raise TimeoutError(url)
