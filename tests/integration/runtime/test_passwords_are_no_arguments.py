"""Every account of a machine reads what programs were called with: the database's password is not among it."""

import os
import shlex
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from django.db import connection

from camaug.runtime.bench import floors
from camaug.runtime.keeping import dump
from camaug.runtime.postgres.software import client, reaching
from tests.backups import camaug, one
from tests.database import address_of

pytestmark = pytest.mark.django_db(transaction=True)
SECRET = "mật khẩu &%'"


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> str:
    """That of the run, which has a password."""
    here = address_of(connection.settings_dict["NAME"])
    assert urlsplit(here).password
    monkeypatch.setenv("DATABASE_URL", here)
    return here


@pytest.fixture
def called(tmp_path: Path) -> tuple[Callable[..., Path], Path]:
    """Client programs that write down what they were called with before they do it; and where they do."""
    log = tmp_path / "called"

    def watched(name: str, address: str = "") -> Path:
        script = tmp_path / name
        script.write_text(
            f'#!/bin/sh\ntr "\\0" "\\n" < /proc/$$/cmdline >> {log}\nexec {shlex.quote(str(client(name, address)))} "$@"\n'
        )
        script.chmod(0o755)
        return script

    return watched, log


def test_a_backup_and_its_return_tell_nobody(
    address: str,
    called: tuple[Callable[..., Path], Path],
    elsewhere: tuple[Path, str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    watched, log = called
    monkeypatch.setattr(dump, "client", watched)
    dump.write_dump(tmp_path / "database.dump")
    monkeypatch.setenv("DATABASE_URL", address_of(elsewhere[1]))
    dump.bring_rows(tmp_path / "database.dump")
    assert one(elsewhere[1], "SELECT count(*) FROM pg_tables WHERE tablename = 'cases_case'") == 1
    words = log.read_text()
    assert all(f"{tmp_path}/{name}\n" in words for name in ("pg_dump", "pg_restore", "psql"))
    assert f"dbname={elsewhere[1]}" in words
    assert str(urlsplit(address).password) not in words


def test_a_bench_tells_nobody(
    address: str, called: tuple[Callable[..., Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    watched, log = called
    monkeypatch.setattr(floors, "client", watched)
    assert floors.pgbench(address, "SELECT 1;", clients=1, transactions=1) > 0
    assert "dbname=" in log.read_text()
    assert str(urlsplit(address).password) not in log.read_text()


def test_psql_tells_nobody(address: str) -> None:
    told = camaug("psql", "-c", r"\! cat /proc/$PPID/cmdline", "-c", "SELECT 41 + 1")
    assert "dbname=" in told.stdout, told.stderr
    assert "42" in told.stdout
    assert str(urlsplit(address).password) not in told.stdout


def test_all_else_of_an_address_is_said() -> None:
    said, given = reaching(f"postgresql://camaug:{quote(SECRET)}@db.example:5433/one?sslmode=require")
    assert given == {**os.environ, "PGPASSWORD": SECRET}
    assert set(shlex.split(said)) == {"user=camaug", "host=db.example", "port=5433", "dbname=one", "sslmode=require"}


def test_an_address_without_a_password_brings_none() -> None:
    assert reaching("postgresql:///one") == ("dbname=one", dict(os.environ))
