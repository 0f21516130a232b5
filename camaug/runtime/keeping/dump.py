"""The database's dump: taken from `pg_dump` and given to `pg_restore` through pipes, never open on any disk."""

import os
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from django.db import connection

from camaug.kernel.dispatch import AMONG_OTHER_TRANSACTIONS
from camaug.kernel.encryption import NotDecrypted
from camaug.kernel.files.sealed import CHUNK, opened, sealing
from camaug.runtime.postgres.software import client, reaching

_ABOUT = "backup:database"
_HEAD = 1 << 14
_OWNED_BY_NOBODY = ("--no-owner", "--no-privileges")
_QUIETLY = ("--quiet", "--set=ON_ERROR_STOP=1", "--output=/dev/null")
_NEWER_THAN_17 = b"\nSET transaction_timeout = 0;"  # a server of 15 or 16 does not know the word


class NotMade(Exception):
    """The backup could not be made; the message says why."""


class NotRestored(Exception):
    """Nothing was brought back; the message says why."""


def write_dump(target: Path) -> str:
    """Write the whole database of one instant, encrypted; the server's version."""
    address, given = reaching(os.environ["DATABASE_URL"])
    command: list[str | Path] = [client("pg_dump", address), "--format=custom", *_OWNED_BY_NOBODY, address]
    with (
        tempfile.TemporaryFile() as said,
        target.open("wb") as out,
        subprocess.Popen(command, env=given, stdout=subprocess.PIPE, stderr=said) as made,
    ):
        rows = _pipe(made.stdout)
        for octets in sealing(iter(lambda: rows.read(CHUNK), b""), about=_ABOUT):
            out.write(octets)
        if made.wait():
            said.seek(0)
            raise NotMade(f"The database could not be dumped: {said.read().decode().strip().splitlines()[-1]}")
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version")
        return str(cursor.fetchone()[0])


@contextmanager
def opened_dump(dump: Path) -> Iterator[IO[bytes]]:
    """What `pg_dump` gave, also of a dump from before that lies open; NotDecrypted."""
    with dump.open("rb") as raw, opened(raw, about=_ABOUT) as content:
        yield content


def is_readable(dump: Path) -> bool:
    """Whether `pg_restore` reads all of it."""
    with _statements(dump, subprocess.DEVNULL) as reading:
        return reading.wait() == 0


def bring_rows(dump: Path) -> None:
    """Fill the empty database. The commit is sent only when all has been read: who dies on the way leaves nothing."""
    address, given = reaching(os.environ["DATABASE_URL"])
    write: list[str | Path] = [client("psql", address), *_QUIETLY, address]
    with (
        _statements(dump, subprocess.PIPE) as statements,
        subprocess.Popen(write, env=given, stdin=subprocess.PIPE, stderr=subprocess.PIPE) as server,
    ):
        whole = _feed(statements, server)
        said = server.stderr.read().decode().strip() if server.stderr else ""
    if server.returncode or not whole:
        raise NotRestored(f"The database refused the backup: {said.splitlines()[-1] if said else 'it was cut off.'}")


@contextmanager
def _statements(dump: Path, out: int) -> Iterator[subprocess.Popen[bytes]]:
    """`pg_restore` at work, writing the dump as statements; it fails where the dump cannot be opened to its end."""
    read: list[str | Path] = [client("pg_restore"), *_OWNED_BY_NOBODY, "--file=-"]
    with (
        opened_dump(dump) as content,
        subprocess.Popen(read, stdin=subprocess.PIPE, stdout=out) as statements,
    ):
        feeding = threading.Thread(target=_pour, args=(content, statements))
        feeding.start()
        try:
            yield statements
        finally:
            if statements.poll() is None:
                statements.kill()
            feeding.join()


def _pour(content: IO[bytes], statements: subprocess.Popen[bytes]) -> None:
    """Give the program all that is read; it is ended where that cannot be read to its end."""
    into = _pipe(statements.stdin)
    try:
        shutil.copyfileobj(content, into, CHUNK)
    except BrokenPipeError:
        pass  # it has ended by itself, and its status says how
    except (NotDecrypted, OSError):
        statements.kill()
    with suppress(BrokenPipeError):
        into.close()


def _feed(statements: subprocess.Popen[bytes], server: subprocess.Popen[bytes]) -> bool:
    given, taken = _pipe(statements.stdout), _pipe(server.stdin)
    try:
        taken.write(b"BEGIN;\n")
        taken.write(given.read(_HEAD).replace(_NEWER_THAN_17, b""))
        shutil.copyfileobj(given, taken, 1 << 20)
        whole = statements.wait() == 0
        taken.write(f"{AMONG_OTHER_TRANSACTIONS}\nCOMMIT;\n".encode() if whole else b"\nROLLBACK;\n")
        taken.close()
    except BrokenPipeError:
        statements.kill()
        with suppress(BrokenPipeError):
            taken.close()
        return False
    return whole


def _pipe(end: IO[bytes] | None) -> IO[bytes]:
    if end is None:
        raise ValueError("the program was started without this pipe")
    return end
