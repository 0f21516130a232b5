"""The embedded server's life: shared, and gone with the last of those who use it, however they end."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from camaug.runtime.postgres import server
from camaug.runtime.postgres.home import Home
from camaug.runtime.postgres.server import WITHOUT_DURABILITY, running

USES = """
import sys
from pathlib import Path
from camaug.runtime.postgres.server import WITHOUT_DURABILITY, running
with running(Path(sys.argv[1]), settings=WITHOUT_DURABILITY) as address:
    print(address, flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def data() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="camaug-data-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@contextmanager
def a_command_that_uses(data: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with subprocess.Popen(
        [sys.executable, "-c", USES, data], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        try:
            yield process, process.stdout.readline().strip()
        finally:
            process.kill()


def version(address: str) -> int:
    with psycopg.connect(address) as connection:
        return connection.info.server_version


def processes(data: Path) -> set[int]:
    return server._processes_in(Home.under(data).cluster)


def gone(data: Path) -> bool:
    return not processes(data)


def soon(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + 60
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def test_it_is_there_within_the_block_and_gone_after_it(data: Path) -> None:
    with running(data, settings=WITHOUT_DURABILITY) as address:
        assert version(address) >= 150000
    assert gone(data)


def test_its_rows_are_kept(data: Path) -> None:
    with running(data, settings=WITHOUT_DURABILITY) as address, psycopg.connect(address) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'Đất Mũi' AS name")
    with running(data, settings=WITHOUT_DURABILITY) as address, psycopg.connect(address) as connection:
        assert connection.execute("SELECT lower(name) FROM kept").fetchone() == ("đất mũi",)


def test_nobody_enters_without_the_password(data: Path) -> None:
    with running(data, settings=WITHOUT_DURABILITY) as address:
        password = Home.under(data).password
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(address.replace(password, "guessed"))
    assert (data / "postgres" / "password").stat().st_mode & 0o077 == 0


def test_a_second_command_uses_the_running_server_and_the_last_one_ends_it(data: Path) -> None:
    with a_command_that_uses(data) as (first, address):
        before = processes(data)
        with running(data) as same:
            assert same == address
            first.communicate("\n")
            assert version(same) >= 150000
            assert before & processes(data), "the server that the first command started goes on"
    assert soon(lambda: gone(data))


def test_two_installations_run_side_by_side(data: Path) -> None:
    with (
        running(data / "one", settings=WITHOUT_DURABILITY) as one,
        running(data / "two", settings=WITHOUT_DURABILITY) as two,
    ):
        assert one != two
        assert version(one) == version(two)


def test_a_killed_command_leaves_no_server_behind(data: Path) -> None:
    with a_command_that_uses(data) as (command, address):
        assert version(address) >= 150000
        command.kill()
        command.wait()
        assert soon(lambda: gone(data))


def test_a_killed_keeper_takes_its_server_along_and_the_next_command_starts_another(data: Path) -> None:
    with a_command_that_uses(data) as (_, address):
        os.kill(keeper(data), signal.SIGKILL)
        assert soon(lambda: gone(data))
        with running(data, settings=WITHOUT_DURABILITY) as again:
            assert version(again) >= 150000
            assert again == address


def test_a_killed_server_is_started_again(data: Path) -> None:
    with a_command_that_uses(data) as (_, address):
        os.kill(first_process(data), signal.SIGKILL)
        assert soon(lambda: answers(address))


def test_a_note_of_a_dead_server_does_not_hinder(data: Path) -> None:
    with running(data, settings=WITHOUT_DURABILITY):
        note = Home.under(data).cluster / "postmaster.pid"
        old = note.read_text()
    note.write_text(old)
    with running(data, settings=WITHOUT_DURABILITY) as address:
        assert version(address) >= 150000


def test_a_note_whose_number_belongs_to_another_process_does_not_hinder(data: Path) -> None:
    with running(data, settings=WITHOUT_DURABILITY):
        note = Home.under(data).cluster / "postmaster.pid"
        lines = note.read_text().split("\n")
    note.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    with running(data, settings=WITHOUT_DURABILITY) as address:
        assert version(address) >= 150000


def test_a_first_start_that_was_killed_is_done_again(data: Path) -> None:
    unfinished = data / "postgres" / "cluster.unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18")
    with running(data, settings=WITHOUT_DURABILITY) as address:
        assert version(address) >= 150000


def test_a_long_path_is_no_hindrance(data: Path) -> None:
    with running(data / ("x" * 120), settings=WITHOUT_DURABILITY) as address:
        assert version(address) >= 150000


def test_a_folder_that_the_servers_account_cannot_reach_is_no_hindrance(data: Path) -> None:
    closed = data / "closed"
    closed.mkdir(mode=0o700)
    with running(closed / "data", settings=WITHOUT_DURABILITY) as address:
        assert version(address) >= 150000
    home = Home.under(closed / "data").folder
    if not home.is_relative_to(data):
        subprocess.run(["rm", "-rf", home], check=True)


def keeper(data: Path) -> int:
    status = Path(f"/proc/{first_process(data)}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("PPid:")).split()[1])


def first_process(data: Path) -> int:
    return int((Home.under(data).cluster / "postmaster.pid").read_text().split("\n")[0])


def answers(address: str) -> bool:
    try:
        return version(address) > 0
    except psycopg.OperationalError:
        return False
