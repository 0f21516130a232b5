"""The deployment guide done on a machine of its own: settings and keys by its commands, the units' processes with what
systemd would give them, nginx in front with the file that is shipped.
"""

import gzip
import json
import os
import re
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.db import connection
from psycopg import sql

from camaug.runtime.postgres.software import client
from tests.database import address_of
from tests.deployment import DEPLOY, ROOT, SITE, Machine, blocks, section
from tests.ports import free_port
from tests.waiting import until

MAIN = """
{user}
daemon off;
pid {folder}/nginx.pid;
events {{}}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {site};
}}
"""
VISITOR, FORGED = "127.0.0.5", "10.9.8.7"
ADMINISTRATOR = "stttt_nguyenhuuphuoc@camau.gov.vn"
PAPER = "giay-chung-sinh"
TOKEN, BOUNDARY = "t" * 32, "a-boundary-of-no-file"


@contextmanager
def database() -> Iterator[str]:
    """An empty one; its address."""
    name = f"camaug_test_guide_{uuid4().hex[:12]}"
    with psycopg.connect(address_of("postgres"), autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield address_of(name)
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@contextmanager
def ended(process: subprocess.Popen[str]) -> Iterator[subprocess.Popen[str]]:
    """A process that is told to stop in the end, as systemd does."""
    with process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)


@pytest.fixture(scope="module")
def machine(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """The guide's first two sections done; its database has all tables."""
    with database() as address:
        copied = subprocess.run(
            [client("pg_dump"), "--no-owner", address_of(str(connection.settings_dict["NAME"]))],
            check=True,
            stdout=subprocess.PIPE,
        )
        filling = [client("psql"), "--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null", address]
        rows_and_tables = copied.stdout.replace(b"\nSET transaction_timeout = 0;", b"")  # new in 17
        subprocess.run(filling, input=rows_and_tables, check=True)
        ports = {name: free_port() for name in ("80", "443", "8000")}
        made = Machine(tmp_path_factory.mktemp("machine"), address, ports)
        made.prepare()
        (commands,) = blocks(section("Settings and secrets"))
        done = made.follow(commands)
        assert done.returncode == 0, done.stderr
        certify(made.folder / "etc/camaug/tls")
        yield made


def certify(folder: Path) -> None:
    """A certificate that vouches for itself."""
    folder.mkdir()
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name.from_rfc4514_string(f"CN={SITE}")
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now, now + timedelta(days=2)).add_extension(
        x509.SubjectAlternativeName([x509.DNSName(SITE)]), critical=False
    )
    pem = serialization.Encoding.PEM
    (folder / "fullchain.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(pem))
    plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(pem, *plain))


@contextmanager
def nginx(machine: Machine, folder: Path) -> Iterator[None]:
    """nginx with the file of `deploy`, once it has found nothing wrong with it."""
    site, main = folder / "site.conf", folder / "nginx.conf"
    site.write_text(machine.here((DEPLOY / "nginx.conf").read_text()).replace("/var/log/nginx", str(folder)))
    user = "user root;" if os.getuid() == 0 else ""
    main.write_text(MAIN.format(folder=folder, site=site, user=user))
    command = ["/usr/sbin/nginx", "-e", "stderr", "-p", str(folder), "-c", str(main)]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    assert "warn" not in tried.stderr
    with ended(subprocess.Popen(command, text=True)):
        until(lambda: listens(machine.ports["443"]), what="nginx")
        yield


def listens(port: int) -> bool | None:
    with socket.socket() as probe:
        return True if probe.connect_ex(("127.0.0.1", port)) == 0 else None


@pytest.fixture(scope="module")
def cast(machine: Machine) -> dict[str, str]:
    """The small province is in the database; the mother's session and her draft."""
    given = {"DATA": str(machine.folder / "var/lib/camaug"), "PYTHONPATH": str(ROOT), "VNEID_STAND_IN": "off"}
    etc = machine.folder / "etc/camaug"
    secrets = {f"{name}_FILE": str(etc / name.lower().replace("_", "-")) for name in ("DATABASE_URL", "SECRET_KEY")}
    secrets |= {"DATA_KEYS_FILE": str(etc / "data-keys")}
    filling = f'set -a; . /etc/camaug/settings; umask 0027; exec "{sys.executable}" -m tests.faults.preparing 1'
    made = machine.follow(filling, **given, **secrets)
    assert made.returncode == 0, made.stderr
    told = json.loads(made.stdout)
    return {"draft": told["drafts"][0], "session": told["sessions"]["mother"]}


@pytest.fixture(scope="module")
def site(machine: Machine, cast: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """Web server, worker and nginx run."""
    with ExitStack() as running:
        web, worker = (DEPLOY / f"camaug-{name}.service" for name in ("web", "worker"))
        process = running.enter_context(ended(machine.start(web)))
        running.enter_context(ended(machine.start(worker)))
        running.enter_context(nginx(machine, tmp_path_factory.mktemp("nginx")))

        def ready() -> bool | None:
            assert process.poll() is None, machine.said_by(web)
            return True if ask(machine, "/readyz").status == 200 else None

        until(ready, what="the site")
        yield machine


def ask(machine: Machine, path: str, *, body: bytes | None = None, **headers: str) -> HTTPResponse:
    """What a visitor gets by TLS, who trusts the certificate; headers by their names with underscores."""
    trust = ssl.create_default_context(cafile=machine.folder / "etc/camaug/tls/fullchain.pem")
    reached = HTTPSConnection(SITE, context=trust, timeout=120)
    plain = socket.create_connection(("127.0.0.1", machine.ports["443"]), 120, (VISITOR, 0))
    reached.sock = trust.wrap_socket(plain, server_hostname=SITE)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    reached.request("POST" if body is not None or "Content_Length" in headers else "GET", path, body, named)
    return reached.getresponse()


def test_the_home_page_comes_by_tls_with_what_guards_it(site: Machine) -> None:
    home = ask(site, "/", Accept_Encoding="gzip")
    assert home.status == 200
    assert home.headers["Strict-Transport-Security"] == "max-age=31536000"
    assert home.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in home.headers["Content-Security-Policy"]
    assert home.headers["Server"] == "nginx"
    assert "Secure" in home.headers["Set-Cookie"]
    page = gzip.decompress(home.read()).decode()
    sheet = ask(site, *re.findall(r'"(/static/[^"]+/portal\.\w+\.css)"', page)[:1], Accept_Encoding="gzip, br")
    assert sheet.headers["Content-Encoding"] == "br"
    assert "immutable" in sheet.headers["Cache-Control"]
    assert "Đăng nhập" in ask(site, "/sign-in/").read().decode()


def test_without_tls_one_is_led_to_it_by_name(site: Machine) -> None:
    reached = HTTPConnection("127.0.0.1", site.ports["80"], timeout=60)
    reached.request("GET", "/search/?q=a", headers={"Host": "another.example"})
    led = reached.getresponse()
    assert (led.status, led.headers["Location"]) == (301, f"https://{SITE}/search/?q=a")


@pytest.mark.parametrize("path", ["/metrics", "//metrics", "/%6detrics"])
def test_figures_are_not_for_visitors(site: Machine, path: str) -> None:
    told = {"Authorization": "Bearer A-LONG-RANDOM-WORD"}
    assert ask(site, path, **told).status == 404
    inside = HTTPConnection("127.0.0.1", site.ports["8000"], timeout=60)
    inside.request("GET", "/metrics", headers=told)
    assert inside.getresponse().status == 200


def pdf(size: int) -> bytes:
    """One empty page, and as much besides."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
        b"<</Length %d>>stream\n%s\nendstream" % (size, b"0" * size),
    ]
    whole, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(b"%010d 00000 n \n" % len(whole))
        whole += b"%d 0 obj" % number + part + b"endobj\n"
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(places)
    return whole + table + b"trailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(whole)


def send(site: Machine, cast: dict[str, str], content: bytes) -> HTTPResponse:
    """A paper by the plain form, from behind an address that somebody else pretends to have."""
    part = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="'
    head = f'{part}upload"\r\n\r\nyes\r\n{part}{PAPER}"; filename="to.pdf"\r\nContent-Type: application/pdf\r\n\r\n'
    return ask(
        site,
        f"/applications/{cast['draft']}/papers/",
        body=head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode(),
        Content_Type=f"multipart/form-data; boundary={BOUNDARY}",
        Cookie=f"sessionid={cast['session']}; csrftoken={TOKEN}",
        X_CSRFToken=TOKEN,
        Origin=f"https://{SITE}",
        X_Forwarded_For=FORGED,
    )


def rows(machine: Machine, question: str) -> list[tuple[object, ...]]:
    with psycopg.connect(machine.database) as asked:
        return asked.execute(question.encode()).fetchall()


def test_a_large_paper_is_taken_from_the_visitors_own_address(site: Machine, cast: dict[str, str]) -> None:
    assert send(site, cast, pdf(18_000_000)).status == 302
    added = "SELECT origin FROM kernel_eventrecord WHERE name = 'cases.PaperAdded' ORDER BY at DESC LIMIT 1"
    assert rows(site, added) == [(VISITOR,)]
    stored = [path for path in (site.folder / "var/lib/camaug/files").rglob("*") if path.is_file()]
    assert max(path.stat().st_size for path in stored) > 18_000_000
    assert not any(path.stat().st_mode & 0o007 for path in stored)


def test_too_large_a_paper_is_refused_in_a_sentence(site: Machine, cast: dict[str, str]) -> None:
    refused = send(site, cast, pdf(25_000_000))
    assert refused.status == 422
    assert "“to.pdf” lớn hơn 20 MB" in refused.read().decode()


def test_so_large_a_request_that_nginx_refuses_it_is_answered_in_vietnamese(site: Machine) -> None:
    refused = ask(site, "/sign-in/", Content_Length=str(111 << 20))
    assert refused.status == 413
    assert "Tệp quá lớn" in refused.read().decode()


def test_while_nobody_serves_visitors_read_that_it_comes_back(machine: Machine, tmp_path: Path) -> None:
    alone = Machine(machine.folder, machine.database, {name: free_port() for name in machine.ports})
    with nginx(alone, tmp_path):
        away = ask(alone, "/")
    assert (away.status, away.headers["Retry-After"]) == (502, "30")
    assert "Dịch vụ tạm ngừng" in away.read().decode()


def test_nginx_writes_down_that_something_was_asked_and_not_what(machine: Machine, tmp_path: Path) -> None:
    alone = Machine(machine.folder, machine.database, {name: free_port() for name in machine.ports})
    log, errors = tmp_path / "camaug.access.log", tmp_path / "camaug.error.log"
    with nginx(alone, tmp_path):
        assert ask(alone, "/search/?q=LANH", Referer=f"https://{SITE}/search/?q=LANH").status == 502
        plain = HTTPConnection("127.0.0.1", alone.ports["80"], timeout=60)
        plain.request("GET", "/cases/LANH/?q=LANH")
        assert plain.getresponse().status == 301
        lines = until(lambda: said if len(said := log.read_text().splitlines()) == 2 else None, what="two lines")
    assert [re.findall(r" GET (\d+) ", line) for line in lines] == [["502"], ["301"]]
    assert VISITOR in lines[0]
    assert "LANH" not in log.read_text() + errors.read_text()


def test_the_worker_seals_with_the_key_that_it_alone_has(site: Machine) -> None:
    until(lambda: rows(site, "SELECT size FROM audit_head LIMIT 1") or None, what="a sealed head")


def test_the_first_administrator_gets_a_link_that_opens(site: Machine) -> None:
    (command,) = blocks(section("The first administrator"))
    told = site.follow(command.replace("nguyenvana@camau.gov.vn", ADMINISTRATOR))
    assert told.returncode == 0, told.stderr
    link = json.loads(told.stdout)["link"]
    assert link.startswith(f"https://{SITE}/invitation/")
    assert ask(site, link.removeprefix(f"https://{SITE}")).status == 200


def test_a_backup_of_its_unit_satisfies_the_doctor_and_is_brought_back(site: Machine) -> None:
    unit = DEPLOY / "camaug-backup.service"
    with site.start(unit) as process:
        said, _nothing = process.communicate()
    assert process.returncode == 0, site.said_by(unit)
    made = Path(json.loads(said)["backup"])
    assert not made.stat().st_mode & 0o007

    (command,) = blocks(section("Is all of it there?"))
    found = json.loads(site.follow(command).stdout)
    assert {"backup", "sealed history", "data keys", "sign-on keys", "private files"} <= set(found["holds"])
    assert {"ready", "production mode", "addresses", "measured"} <= set(found["holds"])

    commands, checking = blocks(section("Backups"))
    for line in checking.replace("camaug-YYYYMMDD-HHMMSS", made.name).splitlines():
        assert site.follow(line).returncode == 0, line
    (restoring,) = (line for line in commands.splitlines() if not line.startswith("systemctl"))
    with database() as empty:
        kept = site.folder / "etc/camaug/database-url"
        before, data = kept.read_text(), site.folder / "var/lib/camaug"
        kept.write_text(empty)
        elsewhere = restoring.replace("camaug restore", "camaug --data $NEW restore")
        done = site.follow(elsewhere.replace("camaug-YYYYMMDD-HHMMSS", made.name), NEW=str(data.with_name("restored")))
        kept.write_text(before)
        assert done.returncode == 0, done.stderr
        again = Machine(site.folder, empty, site.ports)
        assert rows(again, "SELECT count(*) FROM cases_case") == rows(site, "SELECT count(*) FROM cases_case")
