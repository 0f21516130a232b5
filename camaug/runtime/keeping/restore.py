"""A backup brought back into an empty installation: first the files, then the whole database in one transaction."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection

from camaug.kernel.dispatch import AMONG_OTHER_TRANSACTIONS
from camaug.kernel.files.store import name_of
from camaug.kernel.ownership import belong, make_folder
from camaug.runtime.keeping.manifest import DUMP, FILES, HISTORY, Manifest, NoBackup, digest_of
from camaug.runtime.postgres.software import client

_HEAD = 1 << 14
_NEWER_THAN_17 = b"\nSET transaction_timeout = 0;"  # a server of 15 or 16 does not know the word


class NotRestored(Exception):
    """Nothing was brought back; the message says why."""


def restore(backup: Path, *, progress: Callable[[int, int], None]) -> Manifest:
    """Fill this installation, whose database must be empty. Killed half-way, it leaves no table; run again, it goes on.

    NoBackup where the folder is no whole backup, NotRestored where the database is not empty or refuses.
    """
    told = Manifest.read(backup)
    _refuse_if_used()
    _bring_files(backup / FILES, told, progress)
    if (backup / HISTORY).is_dir():
        _bring_history(backup / HISTORY, Path(settings.HISTORY_ROOT))
    _bring_rows(backup / DUMP)
    return told


def _refuse_if_used() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        tables = cursor.fetchone()[0]
    if tables:
        raise NotRestored(
            f"The database holds {tables} tables: restore into an empty one (another DATA, or a new database)."
        )


def _bring_history(source: Path, target: Path) -> None:
    make_folder(target)
    shutil.copytree(source, target, dirs_exist_ok=True)
    for path in target.rglob("*"):
        belong(path, target)


def _bring_files(source: Path, told: Manifest, progress: Callable[[int, int], None]) -> None:
    for done, path in enumerate(sorted(path for path in source.rglob("*") if path.is_file()), start=1):
        if digest_of(path) != path.name:
            raise NoBackup(f"{path} is not what was written: the backup is damaged.")
        if not default_storage.exists(name_of(path.name)):
            with path.open("rb") as content:
                default_storage.save(name_of(path.name), File(content, name=path.name))
        progress(done, told.files)


def _bring_rows(dump: Path) -> None:
    """The commit is sent only when all has been read: a program that dies on the way leaves nothing."""
    read: list[str | Path] = [client("pg_restore"), "--no-owner", "--no-privileges", "--file=-", dump]
    write: list[str | Path] = [
        client("psql"),
        "--quiet",
        "--set=ON_ERROR_STOP=1",
        "--output=/dev/null",
        os.environ["DATABASE_URL"],
    ]
    with (
        subprocess.Popen(read, stdout=subprocess.PIPE) as statements,
        subprocess.Popen(write, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as server,
    ):
        whole = _feed(statements, server)
        said = server.stderr.read().decode().strip() if server.stderr else ""
    if server.returncode or not whole:
        raise NotRestored(f"The database refused the backup: {said.splitlines()[-1] if said else 'it was cut off.'}")


def _feed(statements: subprocess.Popen[bytes], server: subprocess.Popen[bytes]) -> bool:
    if statements.stdout is None or server.stdin is None:
        return False
    try:
        server.stdin.write(b"BEGIN;\n")
        server.stdin.write(statements.stdout.read(_HEAD).replace(_NEWER_THAN_17, b""))
        shutil.copyfileobj(statements.stdout, server.stdin, 1 << 20)
        whole = statements.wait() == 0
        server.stdin.write(f"{AMONG_OTHER_TRANSACTIONS}\nCOMMIT;\n".encode() if whole else b"\nROLLBACK;\n")
        server.stdin.close()
    except BrokenPipeError:
        statements.kill()
        return False
    return whole
