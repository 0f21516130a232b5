"""Databases to measure on, one a size: made once, kept as long as loader, profile and schema are the same."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from camaug.runtime.console import step

ROOT = Path(__file__).resolve().parents[3]
SEEDS = ("camaug/cases/volume", "camaug/cases/demo", "camaug/runtime/bench/build.py", "profiles")
A_CASE = 16_000  # bytes on disk, indexes and the log of writing included
GIGABYTE = 1_000_000_000


class NoRoom(Exception):
    """The disk cannot hold what is asked for."""


@contextmanager
def dataset(size: int, *, copy: bool) -> Iterator[str]:
    """The address of a database of so many cases; `copy`: one to write in, dropped at the end. NoRoom."""
    kept = f"bench_{size}_{fingerprint()}"
    _make(kept, size)
    if not copy:
        yield address(kept)
        return
    own = f"{kept}_{os.getpid()}"
    _room(size)
    with step(f"Copying the database of {size:,} cases"):
        _admin(sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY"), own, kept)
    try:
        yield address(own)
    finally:
        _admin(sql.SQL("DROP DATABASE {} WITH (FORCE)"), own)


def fingerprint() -> str:
    """What the rows depend on: the loader, the profile and every migration."""
    digest = hashlib.sha256()
    files = [path for name in SEEDS for path in sorted(_files(ROOT / name))]
    for path in (*files, *sorted(ROOT.glob("camaug/*/migrations/*.py"))):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:10]


def address(database: str) -> str:
    """The address of another database on the same server."""
    return urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{database}"))


def _files(path: Path) -> list[Path]:
    return [one for one in path.rglob("*") if one.suffix in (".py", ".yaml")] if path.is_dir() else [path]


def _make(name: str, size: int) -> None:
    """Made beside and renamed at the end: one that was killed is made again."""
    there = _names()
    for old in there:
        if old.startswith(f"bench_{size}_") and old != name and not _is_in_use(old):
            _admin(sql.SQL("DROP DATABASE {} WITH (FORCE)"), old)
    if name in there:
        return
    _room(size)
    unfinished = f"{name}_unfinished"
    _admin(sql.SQL("CREATE DATABASE {}"), unfinished)
    with step(f"Making a database of {size:,} cases"):
        subprocess.run(
            [sys.executable, "-m", "camaug.runtime.bench.build", str(size)],
            env={**os.environ, "DATABASE_URL": address(unfinished)},
            check=True,
        )
    with psycopg.connect(address("postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(name))
        )


def _room(size: int) -> None:
    wanted = size * A_CASE + GIGABYTE
    free = shutil.disk_usage(os.environ["DATA"]).free
    if free < wanted:
        raise NoRoom(
            f"A database of {size:,} cases needs {wanted / GIGABYTE:.0f} GB of disk under {os.environ['DATA']}, "
            f"and {free / GIGABYTE:.0f} GB are free. Choose a smaller --size, or another DATA."
        )


def _is_in_use(name: str) -> bool:
    """Whether it is the copy of a bench that still runs."""
    owner = name.rpartition("_")[2]
    return owner.isdecimal() and name.count("_") == 3 and Path("/proc", owner).exists()


def _names() -> list[str]:
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        return [str(name) for (name,) in connection.execute("SELECT datname FROM pg_database").fetchall()]


def _admin(statement: sql.SQL, *names: str) -> None:
    """On a server that has been given, its own first database serves; nobody may be in the one that is copied."""
    with psycopg.connect(address("postgres"), autocommit=True) as connection:
        connection.execute(statement.format(*(sql.Identifier(name) for name in names)))
