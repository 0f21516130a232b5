"""`camaug backup` and `camaug restore` as programs of their own, and what a database holds."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
from django.db import connection
from psycopg import sql

from tests.database import address_of

SECONDS = 120


def camaug(
    *words: str, data: Path | None = None, database: str = "", address: str = "", keys: Path | None = None
) -> subprocess.CompletedProcess[str]:
    """The command, on the installation of the test or another one; `keys` is its file, otherwise that of the run."""
    return subprocess.run(
        command(*words, data=data, database=database, address=address, keys=keys),
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )


def command(*words: str, data: Path | None, database: str, address: str = "", keys: Path | None = None) -> list[str]:
    """What is run for it."""
    given = {
        "DATABASE_URL": address or address_of(database or connection.settings_dict["NAME"]),
        "DATA_KEYS_FILE": str(keys or Path(os.environ["DATA"]) / "data-keys"),
    }
    given |= {"DATA": str(data)} if data else {}
    asked = (f"{name}={value}" for name, value in given.items())
    return ["/usr/bin/env", *asked, sys.executable, "-m", "camaug.runtime", *words]


def back_up(shelf: Path) -> Path:
    """A whole backup of the installation of the test; its folder."""
    answer = camaug("backup", str(shelf))
    assert answer.returncode == 0, answer.stderr
    told = json.loads(answer.stdout)
    assert told["lost"] == []
    return Path(told["backup"])


@contextmanager
def empty_database() -> Iterator[str]:
    """The name of a new database, gone afterwards."""
    name = f"camaug_test_restored_{uuid4().hex[:12]}"
    with psycopg.connect(address_of("postgres"), autocommit=True) as server:
        server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield name
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def rows(database: str) -> dict[str, set[str]]:
    """All of every table but the numbers of transactions, which mean something on their own server only."""
    own = {
        "kernel_eventrecord": "to_jsonb(t) - 'transaction'",
        "kernel_subscription": "to_jsonb(t) - '{transaction,event_id}'::text[]",
    }
    with psycopg.connect(address_of(database)) as server:
        tables = server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        return {
            name: {
                row
                for (row,) in server.execute(
                    sql.SQL("SELECT ({})::text FROM {} t").format(sql.SQL(own.get(name, "t")), sql.Identifier(name))
                )
            }
            for (name,) in tables
        }


def one(database: str, question: str) -> Any:
    """The first value that the database answers."""
    with psycopg.connect(address_of(database)) as server:
        found = server.execute(question.encode()).fetchone()
        return found[0] if found else None
