"""Officers enter systems of other makers with one sign-in, and leave them all with one sign-out.

One installation for the module, with Apache, a Node program, an Authlib program and Dovecot around it, and a provider
of others beside it.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from urllib.parse import parse_qs, quote, urlsplit

import psycopg
import pytest
from authlib.integrations.requests_client import OAuth2Session
from playwright.sync_api import Browser, Page, expect

from camaug.access.demo import TOTP_SECRET
from camaug.access.totp import code_at, step_of
from camaug.kernel.clock import now
from tests.database import address_of
from tests.other_systems import mailing, running
from tests.other_systems.mailing import FAR, TEXT, Relay, Sent, opens, sends
from tests.other_systems.preparing import BY_APPLICATION, CLERK, PASSWORD
from tests.ports import free_port
from tests.waiting import PATIENCE, until


@dataclass(frozen=True)
class Systems:
    """Where they are, those that let people in by their names; `database` is the installation's.

    `another` is a provider of others, and `anothers_secret` that of the one system which it knows.
    """

    issuer: str
    at: dict[str, str]
    mail: running.MailPorts
    relay: Relay
    database: str
    another: str
    anothers_secret: str = token_urlsafe(32)


@pytest.fixture(scope="module")
def systems(worker_id: str) -> Iterator[Systems]:
    """The installation with the systems around it."""
    name = f"camaug_signon_{worker_id}_{os.getpid()}"
    database = address_of(name)
    ports = {one: free_port() for one in ("site", "apache", "node", "authlib", "another")}
    mail = running.MailPorts(free_port(), free_port(), free_port())
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
            "VNEID_STAND_IN": "off",
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
        relay = stack.enter_context(mailing.relay(mail.relay))
        stack.enter_context(running.dovecot(issuer, mail, told["mail"], folder / "dovecot"))
        known = Systems(issuer, addresses, mail, relay, database, f"http://localhost:{ports['another']}")
        back = f"{addresses['node']}/left"
        stack.enter_context(running.another_provider(ports["another"], back, known.anothers_secret))
        yield known


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


def sign_in(page: Page, mailbox: str = CLERK) -> None:
    page.get_by_label("Địa chỉ thư điện tử công vụ").fill(mailbox)
    page.get_by_label("Mật khẩu").fill(PASSWORD)
    page.get_by_role("button", name="Đăng nhập").click()


def show_second_factor(page: Page) -> None:
    """A telephone's clock may run ahead by half a minute, and that code is taken for the longest."""
    page.get_by_label("Mã", exact=True).fill(code_at(TOTP_SECRET, step_of(now()) + 1))
    page.keyboard.press("Enter")


def sets_up_a_second_factor(page: Page) -> None:
    """As whoever has none is asked to on the way to her mail."""
    expect(page.get_by_role("heading", level=1)).to_have_text("Cần xác thực bước hai")
    page.get_by_role("button", name="Xác thực hoặc cài đặt bước hai").click()
    secret = page.locator("code.token").inner_text().replace(" ", "")
    page.get_by_label("Mã", exact=True).fill(code_at(secret, step_of(now())))
    page.get_by_role("button", name="Hoàn tất").click()
    page.get_by_role("link", name="Tôi đã lưu, tiếp tục").click()


def shows(page: Page, address: str, heading: str) -> None:
    """Until the page has that heading: the worker tells systems of a sign-out."""

    def seen() -> bool | None:
        page.goto(address)
        return True if page.get_by_role("heading", level=1).inner_text() == heading else None

    until(seen, what=f"{heading} at {address}")


@dataclass(frozen=True)
class Doors:
    """The pages by which one enters and leaves a system, and what stands on its first page when nobody is in."""

    enter: str
    leave: str
    outside: str = "nobody"


DOORS = {
    "apache": Doors("/", "/cb?logout={here}%2Fleft", "Đăng nhập dành cho cán bộ"),
    "node": Doors("/in", "/out"),
    "authlib": Doors("/in", "/out"),
}
JOURNEYS = list(zip(DOORS, BY_APPLICATION, strict=True))
"""Where somebody begins, and who it is: each with an application of their own, whose codes serve once."""


@pytest.mark.parametrize(("first", "mailbox"), JOURNEYS, ids=list(DOORS))
def test_one_sign_in_opens_three_systems_and_one_sign_out_closes_them(
    page: Page, systems: Systems, first: str, mailbox: str
) -> None:
    page.goto(systems.at[first] + DOORS[first].enter)
    sign_in(page, mailbox)
    show_second_factor(page)
    for name in sorted(DOORS, key=lambda name: name != first):
        if name != first:
            page.goto(systems.at[name] + DOORS[name].enter)  # nothing more is typed
        page.wait_for_url(f"{systems.at[name]}/")
        expect(page.get_by_role("heading", level=1)).to_have_text(BY_APPLICATION[mailbox])
        expect(page.get_by_role("paragraph")).to_have_text("LoA2 pwd,otp,mfa")  # its acr and amr

    page.goto(systems.at[first] + DOORS[first].leave.format(here=quote(systems.at[first], safe="")))
    page.wait_for_url(re.compile(re.escape(f"{systems.at[first]}/left") + r"\b"))
    for name, doors in DOORS.items():
        shows(page, f"{systems.at[name]}/", doors.outside)


OPEN, SHUT = (True, 250), (False, 535)
ANOTHER = "tanan_leanhtuan@camau.gov.vn"
"""One of the same office."""


def test_a_mail_server_takes_a_token_of_ours_and_no_other(page: Page, systems: Systems) -> None:
    page.goto(f"{systems.at['authlib']}/in")
    sign_in(page)
    sets_up_a_second_factor(page)  # her mail opens at home too
    page.wait_for_url(f"{systems.at['authlib']}/")
    expect(page.get_by_role("paragraph")).to_have_text("LoA2 pwd,otp,mfa")
    token = said(page, f"{systems.at['authlib']}/token")
    assert doors(systems, token) == OPEN
    assert doors(systems, token, mechanism="OAUTHBEARER") == OPEN
    assert doors(systems, token, user=ANOTHER) == SHUT
    assert sends(systems.mail.sending, token, sender=ANOTHER) == 553
    assert sends(systems.mail.sending, "") == 530
    for foreign in anothers_tokens(page, systems):
        assert doors(systems, foreign) == SHUT
    page.goto(f"{systems.at['node']}/in")
    page.wait_for_url(f"{systems.at['node']}/")
    assert doors(systems, said(page, f"{systems.at['node']}/token")) == SHUT  # hers and ours, but not for mail
    with psycopg.connect(systems.database, autocommit=True) as database:
        wait = b"UPDATE signon_token SET expires_at = expires_at %b interval '1 hour' WHERE kind = 'access_token'"
        database.execute(wait % b"-")
        assert doors(systems, token) == SHUT
        database.execute(wait % b"+")
    assert doors(systems, token) == OPEN
    assert said(page, f"{systems.at['authlib']}/revoke") == "200"
    assert doors(systems, token) == doors(systems, token, mechanism="OAUTHBEARER") == SHUT
    assert systems.relay.taken == [Sent(CLERK, CLERK, (FAR,), TEXT)] * 3  # one each time that the doors were open


def doors(systems: Systems, token: str, *, user: str = CLERK, mechanism: str = "XOAUTH2") -> tuple[bool, int]:
    """Whether the mailbox of the user opens with the token, and what is answered to a mail that he sends with it."""
    return (
        opens(systems.mail.imap, token, user=user, mechanism=mechanism),
        sends(systems.mail.sending, token, user=user, mechanism=mechanism),
    )


def said(page: Page, address: str) -> str:
    page.goto(address)
    return page.locator("body").inner_text().strip()


def anothers_tokens(page: Page, systems: Systems) -> tuple[str, str]:
    """What another provider gives for a sign-in there: its access token, and what it has signed by its own key."""
    there = OAuth2Session(
        "camaug",
        systems.anothers_secret,
        scope="openid",
        redirect_uri=f"{systems.at['node']}/left",
        code_challenge_method="S256",
    )
    verifier = "v" * 43
    page.goto(there.create_authorization_url(f"{systems.another}/auth", code_verifier=verifier)[0])
    page.get_by_label("Số định danh cá nhân").fill("096190000123")
    page.get_by_label("Họ và tên").fill("Lê Thị Sen")
    page.get_by_role("button", name="Đăng nhập", exact=True).click()
    page.wait_for_url(f"{systems.at['node']}/left?**")
    code = parse_qs(urlsplit(page.url).query)["code"][0]
    given = there.fetch_token(f"{systems.another}/token", code=code, code_verifier=verifier)
    return given["access_token"], given["id_token"]
