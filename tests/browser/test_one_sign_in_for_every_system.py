"""Officers enter systems of other makers with one sign-in, and leave them all with one sign-out.

One installation for the module, with Apache, a Node program, an Authlib program and Dovecot around it.
"""

import imaplib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.database import address_of
from tests.other_systems import running
from tests.other_systems.preparing import CLERK, NAME, PASSWORD
from tests.ports import free_port
from tests.waiting import PATIENCE, until


@dataclass(frozen=True)
class Systems:
    """Where they are; `database` is the installation's."""

    issuer: str
    apache: str
    node: str
    authlib: str
    imap: int
    database: str


@pytest.fixture(scope="module")
def systems(worker_id: str) -> Iterator[Systems]:
    """The installation with the systems around it."""
    name = f"camaug_signon_{worker_id}_{os.getpid()}"
    database = address_of(name)
    ports = {one: free_port() for one in ("site", "apache", "node", "authlib", "imap")}
    issuer = f"http://localhost:{ports['site']}"
    with ExitStack() as stack:
        folder = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="camaug-systems-", ignore_cleanup_errors=True))
        )
        folder.chmod(0o755)  # Apache and Dovecot run as users of their own
        around = {
            **os.environ,
            "DATABASE_URL": database,
            "PUBLIC_URL": issuer,
            "HISTORY_FOLDER": str(folder / "history"),
            "SIGNON_KEYS": str(folder / "keys"),
        }
        _sql(f"CREATE DATABASE {name}")
        stack.callback(_sql, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        addresses = {one: f"http://localhost:{ports[one]}" for one in ("apache", "node", "authlib")}
        told = _prepared(addresses, around)
        command = [sys.executable, "-m", "camaug.runtime", "up", "--port", str(ports["site"])]
        stack.enter_context(running.process(command, ports["site"], **around))
        stack.enter_context(running.node(issuer, ports["node"], told["node"]))
        stack.enter_context(running.authlib(issuer, ports["authlib"], told["authlib"]))
        stack.enter_context(running.apache(issuer, ports["apache"], told["apache"], folder / "apache"))
        stack.enter_context(running.dovecot(issuer, ports["imap"], told["mail"], folder / "dovecot"))
        yield Systems(issuer, **addresses, imap=ports["imap"], database=database)


def _sql(statement: str) -> None:
    with psycopg.connect(address_of("postgres"), autocommit=True) as connection:
        connection.execute(statement.encode())


def _prepared(addresses: dict[str, str], around: dict[str, str]) -> dict[str, dict[str, str]]:
    """What each system is told of its registration; the keys of the installation."""
    subprocess.run(
        [sys.executable, "-m", "camaug.runtime", "signin", "rotate-keys", "--hours", "0"], env=around, check=True
    )
    command = [sys.executable, "-m", "tests.other_systems.preparing", json.dumps(addresses)]
    done = subprocess.run(command, env=around, check=True, stdout=subprocess.PIPE)
    told: dict[str, dict[str, str]] = json.loads(done.stdout)
    return told


@pytest.fixture
def page(chromium: Browser, systems: Systems) -> Iterator[Page]:
    """A browser of somebody new."""
    context = chromium.new_context(locale="vi-VN")
    context.set_default_timeout(PATIENCE * 1000)
    yield context.new_page()
    context.close()


def sign_in(page: Page) -> None:
    page.get_by_label("Địa chỉ thư điện tử công vụ").fill(CLERK)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def shows(page: Page, address: str, heading: str) -> None:
    """Until the page has that heading: the worker tells systems of a sign-out."""

    def seen() -> bool | None:
        page.goto(address)
        return True if page.get_by_role("heading", level=1).inner_text() == heading else None

    until(seen, what=f"{heading} at {address}")


def test_one_sign_in_opens_three_systems_and_one_sign_out_closes_them(page: Page, systems: Systems) -> None:
    page.goto(f"{systems.apache}/")
    sign_in(page)
    page.wait_for_url(f"{systems.apache}/")
    expect(page.get_by_role("heading", name="inside")).to_be_visible()

    for address in (systems.node, systems.authlib):
        page.goto(f"{address}/in")  # nothing more is typed
        page.wait_for_url(f"{address}/")
        expect(page.get_by_role("heading", level=1)).to_have_text(NAME)

    page.goto(f"{systems.node}/out")
    page.wait_for_url(f"{systems.node}/left?state=bye")
    shows(page, f"{systems.node}/", "nobody")
    shows(page, f"{systems.authlib}/", "nobody")
    shows(page, f"{systems.apache}/", "Đăng nhập dành cho cán bộ")
    page.wait_for_url(f"{systems.issuer}/desk/sign-in/**")


def test_a_mail_server_takes_a_token_of_ours_and_no_other(page: Page, systems: Systems) -> None:
    page.goto(f"{systems.authlib}/in")
    sign_in(page)
    page.wait_for_url(f"{systems.authlib}/")
    page.goto(f"{systems.authlib}/token")
    token = page.locator("body").inner_text().strip()
    assert opens(systems, token)
    assert opens(systems, token, mechanism="OAUTHBEARER")
    assert not opens(systems, token, user="tanan_leanhtuan@camau.gov.vn")
    assert not opens(systems, "foreign" + token)
    with psycopg.connect(systems.database, autocommit=True) as database:
        change = b"UPDATE signon_token SET %b WHERE kind = 'access_token' AND revoked_at IS NULL"
        database.execute(change.replace(b"%b", b"expires_at = expires_at - interval '1 hour'"))
        assert not opens(systems, token)
        database.execute(change.replace(b"%b", b"expires_at = expires_at + interval '1 hour'"))
        assert opens(systems, token)
        database.execute(change.replace(b"%b", b"scopes = '{openid,profile}'"))
        assert not opens(systems, token)
        database.execute(change.replace(b"%b", b"scopes = '{openid,profile,mail}', revoked_at = now()"))
        assert not opens(systems, token)


def opens(systems: Systems, token: str, *, user: str = CLERK, mechanism: str = "XOAUTH2") -> bool:
    """Whether the mailbox of the user opens with the token."""
    said = {
        "XOAUTH2": f"user={user}\x01auth=Bearer {token}\x01\x01",
        "OAUTHBEARER": f"n,a={user},\x01host=localhost\x01auth=Bearer {token}\x01\x01",
    }
    with imaplib.IMAP4("127.0.0.1", systems.imap, timeout=PATIENCE) as server:
        try:
            server.authenticate(mechanism, lambda _challenge: said[mechanism].encode())
        except imaplib.IMAP4.error:
            return False
        return server.select("INBOX")[0] == "OK"
