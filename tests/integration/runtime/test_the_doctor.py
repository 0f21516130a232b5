"""`camaug doctor`: what is missing is said, with what to do; nothing missing is said plainly too."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Sink
from django.db import connection
from django.test import override_settings
from psycopg import sql
from pytest_django import Settings

from camaug.access.actions.activate_officer import activate_officer
from camaug.access.actions.open_officer_accounts import open_officer_accounts
from camaug.access.models import Account
from camaug.access.outside import provider
from camaug.audit import keys
from camaug.kernel import encryption
from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.people.actions.appoint import appoint
from camaug.people.actions.engage_officer import engage_officer
from camaug.people.actions.found_agency import found_agency
from camaug.people.models import Agency, AgencyKind, AgencyLevel, Role
from camaug.runtime.keeping.doctor import IN_ORDER, findings
from camaug.runtime.keeping.manifest import DUMP, LIST, Manifest, digest_of
from camaug.runtime.models import LoadedStep
from camaug.signon import keys as signon_keys
from tests.database import address_of
from tests.ports import free_port
from tests.world import World

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail_server() -> Iterator[int]:
    server = Controller(Sink(), hostname="127.0.0.1", port=free_port())
    server.start()
    yield server.port
    server.stop()


@pytest.fixture
def agency(db: None) -> Agency:
    AgencyLevel.objects.create(code="TRIAL", name="Cấp thử", rank=9)
    AgencyKind.objects.create(code="TRIAL", name="Cơ quan thử")
    at = now()
    return found_agency(
        "Z9", name="Cơ quan thử", kind="TRIAL", level="TRIAL", parent_id=None, from_date=at.date(), by=SYSTEM, at=at
    )


def let_in(mail: str, role: str, agency: Agency) -> Account:
    """An officer with that role, who can sign in."""
    Role.objects.get_or_create(code=role, defaults={"name": role})
    at = now()
    held = {"agency_id": agency.id, "title": "Cán bộ", "roles": [role], "from_date": at.date()}
    appoint(engage_officer("Một Người", official_email=mail, by=SYSTEM, at=at).id, **held, by=SYSTEM, at=at)
    open_officer_accounts(by=SYSTEM, at=at)
    return activate_officer(mail, password="rừng đước Năm Căn 1", by=SYSTEM, at=at)


@pytest.fixture
def administrator(agency: Agency) -> Account:
    """Somebody who can invite all others."""
    return let_in("mot@camau.gov.vn", "ADMINISTRATOR", agency)


@pytest.fixture
def operator(agency: Agency) -> Account:
    """Somebody who has failing work tried again."""
    return let_in("hai@camau.gov.vn", "OPERATOR", agency)


@pytest.fixture
def outside() -> Iterator[str]:
    """A provider that has just described itself, and is remembered."""
    issuer = "https://danh-tinh.example"
    address = f"{issuer}/.well-known/openid-configuration"
    provider._HELD[address] = now(), {"issuer": issuer, "token_endpoint": f"{issuer}/token"}
    yield issuer
    provider._HELD.pop(address)


@pytest.fixture
def sound(
    mail_server: int,
    administrator: Account,
    operator: Account,
    outside: str,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    """An installation in which nothing is missing; the folder of its backups."""
    scanner = tmp_path / "clamscan"
    scanner.write_text("#!/bin/sh\n")
    scanner.chmod(0o755)
    files, shelf = tmp_path / "files", tmp_path / "shelf"
    files.mkdir(mode=0o750)
    made(shelf, hours_ago=1)
    seal_key = tmp_path_factory.mktemp("keys") / "seal-key"
    keys.make_key(seal_key)
    encryption.make_keys(seal_key.with_name("data-keys"))
    with override_settings(SIGNON_KEYS=str(seal_key.parent / "signon")):
        signon_keys.make_first(at=now())
    given = {
        "SEAL_KEY_FILE": str(seal_key),
        "DATA_KEYS_FILE": str(seal_key.with_name("data-keys")),
        "SIGNON_KEYS": str(seal_key.parent / "signon"),
        "WITNESSES": ["https://nhan-chung.example key"],
        "DEMO": False,
        "DATA": tmp_path,
        "FILES_ROOT": files,
        "PUBLIC_URL": "https://dichvucong.example",
        "SITE_URL": "https://dichvucong.example",
        "VIRUS_SCAN": str(scanner),
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": mail_server,
        "SMS_GATEWAY_URL": "https://sms.example",
        "SMS_GATEWAY_KEY": "key",
        "POST_URL": "https://buu-dien.example",
        "POST_CUSTOMER": "H12",
        "POST_SECRET": "secret",
        "NATIONAL_PORTAL_URL": "https://quoc-gia.example",
        "NATIONAL_PORTAL_USER": "camaug",
        "NATIONAL_PORTAL_PASSWORD": "secret",
        "NATIONAL_PORTAL_UNIT": "H12",
        "METRICS_TOKEN": "token",
        "OUTSIDE_ISSUER": outside,
        "OUTSIDE_CLIENT_ID": "camaug",
        "OUTSIDE_CLIENT_SECRET": "secret",
    }
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = on")
        cursor.execute("SET LOCAL log_error_verbosity = terse")
    with override_settings(**given):
        yield shelf


def made(shelf: Path, *, hours_ago: int) -> None:
    folder = shelf / "camaug-20261125-010203"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / DUMP).write_bytes(b"rows")
    at = now() - timedelta(hours=hours_ago)
    dump = digest_of(folder / DUMP)
    (folder / LIST).write_text(f"{dump}  {DUMP}\n")
    told = Manifest(at, server="18.6", dump_sha256=dump, files=0, bytes=0, list_sha256=digest_of(folder / LIST))
    told.write(folder)


def missing(shelf: Path | None) -> set[str]:
    return {found.name for found in findings(production=True, shelf=shelf) if not found.holds}


OF_THE_TEST_SERVER = {"durable writes"}  # tests run on a server that does not wait for its disk


def test_a_sound_installation_lacks_nothing_but_what_the_test_server_leaves_out(sound: Path) -> None:
    assert missing(sound) <= OF_THE_TEST_SERVER
    assert ("durable writes" in missing(sound)) == (setting("fsync") == "off")


def setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SHOW {name}")
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"DEMO": True}, "production mode"),
        ({"PUBLIC_URL": "http://dichvucong.example"}, "addresses"),
        ({"SITE_URL": ""}, "addresses"),
        ({"VIRUS_SCAN": ""}, "virus scanner"),
        ({"VIRUS_SCAN": "no-such-scanner --fdpass"}, "virus scanner"),
        ({"SMTP_HOST": ""}, "mail"),
        ({"SMTP_PORT": 1}, "mail"),
        ({"SMS_GATEWAY_KEY": ""}, "SMS"),
        ({"POST_URL": ""}, "post"),
        ({"POST_CUSTOMER": ""}, "post"),
        ({"POST_SECRET": ""}, "post"),
        ({"NATIONAL_PORTAL_URL": ""}, "national portal"),
        ({"NATIONAL_PORTAL_USER": ""}, "national portal"),
        ({"NATIONAL_PORTAL_PASSWORD": ""}, "national portal"),
        ({"NATIONAL_PORTAL_UNIT": ""}, "national portal"),
        ({"METRICS_TOKEN": ""}, "measured"),
        ({"SEAL_KEY_FILE": "/nowhere/seal-key"}, "sealed history"),
        ({"DATA_KEYS_FILE": "/nowhere/data-keys"}, "data keys"),
        ({"SIGNON_KEYS": "/nowhere/signon-keys"}, "sign-on keys"),
        ({"WITNESSES": []}, "witness"),
    ],
)
def test_each_missing_setting_is_named(sound: Path, change: dict[str, object], name: str) -> None:
    with override_settings(**change):
        assert missing(sound) - OF_THE_TEST_SERVER == {name}


def test_keys_that_lie_badly_are_named(sound: Path, tmp_path: Path, settings: Settings) -> None:
    inside = tmp_path / "data-keys"
    encryption.make_keys(inside)
    with override_settings(DATA_KEYS_FILE=str(inside)):
        assert missing(sound) - OF_THE_TEST_SERVER == {"data keys"}
    key = next(Path(settings.SIGNON_KEYS).iterdir())
    key.chmod(0o644)
    assert missing(sound) - OF_THE_TEST_SERVER == {"sign-on keys"}
    key.unlink()
    assert missing(sound) - OF_THE_TEST_SERVER == {"sign-on keys"}


def test_data_of_a_demonstration_is_named(sound: Path) -> None:
    LoadedStep.objects.create(name="a month of cases", loaded_at=now())
    assert missing(sound) - OF_THE_TEST_SERVER == {"no demonstration data"}


def test_an_embedded_server_is_named(sound: Path, tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    assert missing(sound) - OF_THE_TEST_SERVER == {"database server of its own"}


@pytest.mark.parametrize(("locale", "holds"), [("C.UTF-8", True), ("C", False)])
def test_a_database_that_orders_or_folds_otherwise_is_known(locale: str, holds: bool) -> None:
    name = f"ordered_{uuid4().hex}"
    with psycopg.connect(address_of("postgres"), autocommit=True) as server:
        server.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE template0 LOCALE_PROVIDER libc LOCALE {}").format(
                sql.Identifier(name), sql.Literal(locale)
            )
        )
        try:
            with psycopg.connect(address_of(name)) as database:
                assert database.execute(IN_ORDER).fetchone() == (holds,)
        finally:
            server.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(name)))


def test_a_log_in_which_refused_rows_stand_is_named(sound: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL log_error_verbosity = verbose")
    assert missing(sound) - OF_THE_TEST_SERVER == {"a log without rows"}


def test_files_that_others_may_read_are_named(sound: Path, tmp_path: Path) -> None:
    (tmp_path / "files").chmod(0o755)
    assert missing(sound) - OF_THE_TEST_SERVER == {"private files"}


def test_that_nobody_can_invite_others_is_named_with_the_command(sound: Path, administrator: Account) -> None:
    Account.objects.filter(pk=administrator.pk).update(is_active=False)
    found = {one.name: one.advice for one in findings(production=True, shelf=sound) if not one.holds}
    assert found.keys() - OF_THE_TEST_SERVER == {"administrator"}
    assert "camaug access first-administrator" in found["administrator"]


def test_that_nobody_has_failing_work_tried_again_is_named_once_there_is_an_administrator(
    sound: Path, administrator: Account, operator: Account
) -> None:
    Account.objects.filter(pk=operator.pk).update(is_active=False)
    found = {one.name: one.advice for one in findings(production=True, shelf=sound) if not one.holds}
    assert found.keys() - OF_THE_TEST_SERVER == {"operator"}
    assert "OPERATOR" in found["operator"]
    Account.objects.filter(pk=administrator.pk).update(is_active=False)
    assert missing(sound) - OF_THE_TEST_SERVER == {"administrator"}


def test_no_backup_an_old_one_and_a_damaged_one_are_named(sound: Path) -> None:
    assert "backup" in missing(None)
    (sound / "camaug-20261125-010203" / DUMP).write_bytes(b"others")
    assert "backup" in missing(sound)
    made(sound, hours_ago=30)
    assert "backup" in missing(sound)
    made(sound, hours_ago=2)
    assert "backup" not in missing(sound)


def test_backups_that_lie_open_are_named(sound: Path) -> None:
    older = sound / "camaug-20251125-010203"
    older.mkdir()
    Manifest(now() - timedelta(days=365), server="18.0", dump_sha256="", files=0, bytes=0).write(older)
    assert missing(sound) - OF_THE_TEST_SERVER == {"encrypted backups"}
    assert "encrypted backups" not in missing(None)


def test_every_advice_says_what_to_do(sound: Path) -> None:
    assert all(found.advice.endswith((".", ":")) for found in findings(production=True, shelf=sound))


def test_a_demo_is_asked_for_less() -> None:
    names = {found.name for found in findings(production=False, shelf=None)}
    assert "ready" in names
    assert "mail" not in names


def test_placeholder_codes_are_named(sound: Path, world: World) -> None:
    assert Agency.objects.filter(code_is_placeholder=True).exists()
    assert missing(sound) - OF_THE_TEST_SERVER == {"codes of agencies"}
