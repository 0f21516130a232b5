"""`camaug backup` of an installation at work, and `camaug restore` of it into an empty one."""

import json
import os
import random
import subprocess
import threading
import time
from hashlib import sha256
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import connection, connections

from camaug.cases.models import Case
from camaug.kernel.dispatch import drain
from camaug.kernel.files.storage import SealedFolder
from camaug.kernel.files.store import keep, name_of
from camaug.kernel.ids import uuid7
from camaug.kernel.models import Blob, EventRecord, Subscription
from camaug.runtime.postgres.server import WITHOUT_DURABILITY, running
from tests.applications import carry, send_birth
from tests.backups import back_up, camaug, command, one, rows
from tests.database import address_of
from tests.world import World

pytestmark = pytest.mark.django_db(transaction=True)


def test_what_comes_back_is_what_there_was(committed: World, elsewhere: tuple[Path, str], tmp_path: Path) -> None:
    carry(committed, send_birth(committed), to="RETURN")
    backup = back_up(tmp_path / "shelf")
    data, database = elsewhere
    answer = camaug("restore", str(backup), data=data, database=database)
    assert answer.returncode == 0, answer.stderr
    assert rows(database) == rows(connection.settings_dict["NAME"])
    kept = set(Blob.objects.values_list("sha256", flat=True))
    assert kept
    there = SealedFolder(location=data / "files")
    assert {sha256(there.open(name_of(one)).read()).hexdigest() for one in kept} == kept


def test_what_nobody_has_read_is_read_on_another_server(
    committed: World, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """A new server counts its transactions from the beginning: neither old nor new events may be passed by."""
    carry(committed, send_birth(committed), to="APPROVE")
    drain()
    Subscription.objects.filter(name__gt="f").update(transaction="0", event_id=UUID(int=0))
    unread = {str(send_birth(committed).pk) for _ in range(3)}
    backup = back_up(tmp_path / "shelf")
    data = tmp_path_factory.mktemp("elsewhere")
    data.chmod(0o755)
    every = set(map(str, EventRecord.objects.values_list("id", flat=True)))
    with running(data, settings=WITHOUT_DURABILITY) as address, psycopg.connect(address, autocommit=True) as server:
        restored = camaug("restore", str(backup), data=data, address=address)
        assert restored.returncode == 0, restored.stderr
        new = server.execute(
            "INSERT INTO kernel_eventrecord (id, name, subject_id, actor_kind, actor_name, origin, at, facts)"
            " VALUES (%s, 'kernel.New', %s, 'SYSTEM', '', '', now(), '{}') RETURNING id::text",
            [uuid7(), uuid7()],
        ).fetchone()
        assert new
        for name, left in server.execute(
            "SELECT s.name, array_agg(e.id::text || ' ' || e.subject_id) FROM kernel_subscription s JOIN kernel_eventrecord"
            " e ON (e.transaction, e.id) > (s.transaction, s.event_id)"
            " AND e.transaction < pg_snapshot_xmin(pg_current_snapshot()) GROUP BY s.name"
        ):
            assert new[0] in {one.split()[0] for one in left}
            subjects = {one.split()[1] for one in left}
            assert unread < subjects
            if name > "f":
                assert every < {one.split()[0] for one in left}
            else:
                assert len(left) < len(every)


class Applicants:
    """Mothers who send applications until told to stop, each with a paper of its own."""

    def __init__(self, world: World) -> None:
        self.world, self.stopping, self.sent = world, threading.Event(), 0
        self.thread = threading.Thread(target=self._send)

    def _send(self) -> None:
        while not self.stopping.is_set():
            carry(self.world, send_birth(self.world), to=random.choice(["EXAMINE", "APPROVE", "PUBLISH", "RETURN"]))
            self.sent += 1
        connections.close_all()

    def __enter__(self) -> "Applicants":
        self.thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stopping.set()
        self.thread.join()


def test_a_backup_of_an_installation_at_work_is_of_one_instant(
    committed: World, elsewhere: tuple[Path, str], tmp_path: Path
) -> None:
    with Applicants(committed) as applicants:
        backup = back_up(tmp_path / "shelf")
        sent_meanwhile = applicants.sent
    assert sent_meanwhile > 0
    data, database = elsewhere
    assert camaug("restore", str(backup), data=data, database=database).returncode == 0
    names = one(database, "SELECT count(*) FROM cases_case WHERE code IS NOT NULL")
    assert 0 < names <= Case.objects.count()
    half = (
        "SELECT count(*) FROM cases_case c WHERE code IS NOT NULL"
        " AND NOT EXISTS (SELECT FROM kernel_eventrecord e WHERE e.subject_id = c.id)"
    )
    assert one(database, half) == 0, "a sent case without its event"
    with psycopg.connect(address_of(database)) as server:
        named = {sha256 for (sha256,) in server.execute("SELECT sha256 FROM kernel_blob")}
    assert named
    assert all((data / "files" / name_of(sha256)).is_file() for sha256 in named)


def test_a_second_backup_links_the_files_of_the_first(committed: World, tmp_path: Path) -> None:
    send_birth(committed)
    first = back_up(tmp_path)
    time.sleep(1)
    second = back_up(tmp_path)
    inode = {path.name: path.stat().st_ino for path in (first / "files").rglob("*") if path.is_file()}
    assert inode
    assert {path.name: path.stat().st_ino for path in (second / "files").rglob("*") if path.is_file()} == inode


def killed_after(seconds: float, *words: str, data: Path | None = None, database: str = "") -> None:
    with subprocess.Popen(command(*words, data=data, database=database), stderr=subprocess.DEVNULL) as process:
        time.sleep(seconds)
        process.kill()


@pytest.mark.parametrize("seconds", [1.0, 1.8])
def test_a_killed_backup_is_none(committed: World, tmp_path: Path, seconds: float) -> None:
    send_birth(committed)
    killed_after(seconds, "backup", str(tmp_path))
    for folder in tmp_path.glob("camaug-*"):
        assert folder.name.endswith(".unfinished") or (folder / "manifest.json").is_file()
    time.sleep(1)
    back_up(tmp_path)
    assert not list(tmp_path.glob("*.unfinished"))


@pytest.mark.parametrize("seconds", [1.0, 1.8])
def test_a_killed_restore_is_run_again(
    committed: World, elsewhere: tuple[Path, str], tmp_path: Path, seconds: float
) -> None:
    send_birth(committed)
    backup = back_up(tmp_path)
    data, database = elsewhere
    killed_after(seconds, "restore", str(backup), data=data, database=database)
    time.sleep(0.5)
    if one(database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0:
        assert camaug("restore", str(backup), data=data, database=database).returncode == 0
    assert rows(database) == rows(connection.settings_dict["NAME"])


def test_a_used_database_is_not_written_over(committed: World, tmp_path: Path) -> None:
    send_birth(committed)
    backup = back_up(tmp_path)
    before = rows(connection.settings_dict["NAME"])
    answer = camaug("restore", str(backup))
    assert (answer.returncode, answer.stdout) == (2, "")
    assert "restore into an empty one" in " ".join(answer.stderr.split())
    assert rows(connection.settings_dict["NAME"]) == before


@pytest.mark.parametrize("damaged", ["database.dump", "SHA256SUMS", "manifest.json"])
def test_a_damaged_backup_is_refused_and_nothing_restored(
    committed: World, elsewhere: tuple[Path, str], tmp_path: Path, damaged: str
) -> None:
    send_birth(committed)
    backup = back_up(tmp_path)
    target = backup / damaged
    content = bytearray(target.read_bytes())
    content[len(content) // 2] ^= 0x20 if damaged == "manifest.json" else 0xFF
    if damaged == "manifest.json":
        content = content[: len(content) // 2]
    target.write_bytes(content)
    data, database = elsewhere
    answer = camaug("restore", str(backup), data=data, database=database)
    assert answer.returncode == 2
    assert "backup" in answer.stderr
    assert one(database, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") == 0


def test_a_file_that_the_store_has_lost_is_named(committed: World, tmp_path: Path) -> None:
    send_birth(committed)
    sha256 = keep(uuid4().bytes, media_type="application/octet-stream").sha256  # nobody else's: the store is shared
    path = Path(os.environ["DATA"]) / "files" / name_of(sha256)
    whole = path.read_bytes()
    path.write_bytes(whole[:-1])
    try:
        answer = camaug("backup", str(tmp_path))
    finally:
        path.write_bytes(whole)
    assert answer.returncode == 1
    assert json.loads(answer.stdout)["lost"] == [sha256]
