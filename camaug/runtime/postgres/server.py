"""Using the embedded server: whoever comes first has it started, the last one to leave waits until it is gone."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg

from camaug.runtime.postgres import locks, software
from camaug.runtime.postgres.home import DATABASE, ROLE, Home
from camaug.runtime.postgres.locks import FileLock

_LEAST, _MOST = 128, 2_048  # MB


def _share() -> str:
    """A sixteenth of the machine's memory: the rest is for web server and worker, and keeps files."""
    whole = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 20
    return f"{min(_MOST, max(_LEAST, whole // 16))}MB"


def _helpers() -> str:
    """How many processes help with an index: whoever makes it works too, and more than there are processors are slower
    than as many.
    """
    return str(min(2, len(os.sched_getaffinity(0)) - 1))


SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": _share(),
    "maintenance_work_mem": _share(),  # taken only while an index is made
    "max_parallel_maintenance_workers": _helpers(),
    "io_method": "sync",  # what is read lies in the system's cache as a rule: others to read it only add work
    "max_connections": "100",
    "jit": "off",  # compiling costs more than it saves on short statements
    "timezone": "Asia/Ho_Chi_Minh",
    "log_error_verbosity": "terse",  # a refused row would stand in the log, names and numbers in it
    "wal_level": "minimal",  # nobody copies this server's log; a table filled as it is made needs none
    "max_wal_senders": "0",
    "random_page_cost": "1.1",  # on disks without arms a page costs the same wherever it lies
}
WITHOUT_DURABILITY = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
_PATIENCE = 60  # seconds for a start, recovery after a crash included


class ServerFailed(Exception):
    """The embedded database did not start; the message names its log."""


@contextmanager
def running(data: Path, *, settings: Mapping[str, str] | None = None) -> Iterator[str]:
    """The address of the server of that DATA, running from here to the end of the block."""
    home = Home.under(data)
    with locks.opened(home.folder / "users.lock") as users:
        with locks.opened(home.folder / "starting.lock") as starting:
            starting.own()
            users.share()
            _ensure(home, {**SETTINGS, **(settings or {})})
        try:
            yield home.address
        finally:
            _leave(home, users)


def _ensure(home: Home, settings: Mapping[str, str]) -> None:
    """Have a keeper, and wait until its server answers."""
    keeper = None
    deadline = time.monotonic() + _PATIENCE
    with locks.opened(home.folder / "kept.lock") as kept:
        while True:
            if keeper is None and kept.own(wait=False):
                keeper = _launch(home, settings, kept)
            if _answers(home):
                return
            if time.monotonic() > deadline or (keeper and keeper.poll() is not None):
                raise ServerFailed(f"The embedded database did not start; see {home.log}.")
            time.sleep(0.05)


def _initialise(home: Home, programs: Path) -> None:
    """Made beside and renamed at the end, so that a killed beginning leaves nothing half done."""
    unfinished, password = home.folder / "cluster.unfinished", home.folder / "password.initdb"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir()
    home.owner.take(unfinished, 0o700)
    password.touch(mode=0o600)
    home.owner.take(password, 0o600)
    password.write_text(home.password)
    made = subprocess.run(
        [
            *(programs / "initdb", "--pgdata", unfinished, "--username", ROLE, "--pwfile", password),
            *("--auth=scram-sha-256", "--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8"),
            *("--no-sync", "--no-instructions"),
        ],
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
        **home.owner.spawning(),
    )
    password.unlink()
    if made.returncode:
        raise ServerFailed(f"The embedded database could not be made: {made.stderr.strip().splitlines()[-1]}")
    unfinished.rename(home.cluster)


def _launch(home: Home, settings: Mapping[str, str], kept: FileLock) -> subprocess.Popen[bytes]:
    """The keeper inherits the lock, and so holds it as long as it lives."""
    programs = software.programs(home)
    if not home.cluster.exists():
        _initialise(home, programs)
    _clear_leftovers(home)
    flags = {**settings, "unix_socket_directories": str(home.sockets)}
    server = [str(programs / "postgres"), "-D", str(home.cluster)]
    server += [word for name, value in flags.items() for word in ("-c", f"{name}={value}")]
    keeper = [sys.executable, "-m", "camaug.runtime.postgres.keeper", "--users", str(home.folder / "users.lock")]
    keeper += [
        "--sockets",
        str(home.sockets),
        "--uid",
        str(home.owner.uid),
        "--gid",
        str(home.owner.gid),
        "--",
        *server,
    ]
    with home.log.open("wb") as log:
        return subprocess.Popen(
            keeper,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=[kept.descriptor],
        )


def _leave(home: Home, users: FileLock) -> None:
    """Let go; the last one waits until the keeper has stopped the server."""
    users.release()
    with locks.opened(home.folder / "kept.lock") as kept:
        while not kept.share(wait=False):
            if users.own(wait=False):
                users.release()  # nobody else is here: the keeper is about to notice
            elif users.share(wait=False):
                return  # somebody else still uses the server
            time.sleep(0.05)


def _answers(home: Home) -> bool:
    if not home.cluster.exists() or not (home.sockets / ".s.PGSQL.5432").exists():
        return False
    try:
        with psycopg.connect(home.address.replace(f"/{DATABASE}?", "/postgres?"), autocommit=True) as connection:
            found = connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
            if found is None:
                connection.execute(f"CREATE DATABASE {DATABASE}")
    except psycopg.OperationalError:
        return False
    return True


def _clear_leftovers(home: Home) -> None:
    """End a server that lost its keeper, and drop a `postmaster.pid` whose number now belongs to somebody else."""
    note = home.cluster / "postmaster.pid"
    first = int(note.read_text().split("\n")[0]) if note.is_file() else 0
    begun = time.monotonic()
    if first in _processes_in(home.cluster):
        os.kill(first, signal.SIGINT)
    while processes := _processes_in(home.cluster):
        if time.monotonic() > begun + _PATIENCE / 2:
            for process in processes:
                os.kill(process, signal.SIGKILL)
        time.sleep(0.1)
    note.unlink(missing_ok=True)


def _processes_in(folder: Path) -> set[int]:
    """PostgreSQL's processes work in the server's folder."""
    found = set()
    for process in Path("/proc").iterdir():
        if process.name.isdigit():
            try:
                if (process / "cwd").readlink() == folder:
                    found.add(int(process.name))
            except OSError:
                continue
    return found
