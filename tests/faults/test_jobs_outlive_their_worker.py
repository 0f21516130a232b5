"""A worker killed inside a job: the job is done again, and what waited behind its lock goes on."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import connection

from camaug.cases.actions.start_batch import Order, start_batch
from camaug.cases.models import Batch, Case
from camaug.kernel.files.store import keep
from camaug.kernel.ids import uuid7
from camaug.kernel.models import Blob, EventRecord, Scan
from camaug.runtime.serving import PREPARED
from tests.applications import send_birth
from tests.database import address_of
from tests.world import AT, World, build

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 180  # seconds
FINDS_NOTHING = """sed 's/$/: OK/' "${3#--file-list=}\""""  # as clamscan says it


@pytest.fixture
def committed() -> World:
    return build()


@contextmanager
def a_worker(**settings: str):  # type: ignore[no-untyped-def]
    environment = {
        **os.environ,
        "DATABASE_URL": address_of(connection.settings_dict["NAME"]),
        PREPARED: "1",
        **settings,
    }
    with subprocess.Popen([sys.executable, "-m", "camaug.runtime", "worker"], env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


def soon(condition: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.2)
    return True


def doing(task: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing' AND task_name = %s", [task])
        return bool(cursor.fetchone()[0])


def scanner(folder: Path, name: str, script: str) -> str:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def test_files_are_scanned_though_a_worker_died_while_scanning(
    committed: World, tmp_path: Path, settings: pytest.FixtureRequest
) -> None:
    slow, quick = scanner(tmp_path, "slow", "sleep 60"), scanner(tmp_path, "quick", FINDS_NOTHING)
    settings.VIRUS_SCAN = slow  # type: ignore[attr-defined]
    blob = keep(b"%PDF-1.4 a paper", media_type="application/pdf", foreign=True)
    with a_worker(VIRUS_SCAN=slow):
        assert soon(lambda: doing("cases.scan_files"))
    assert Blob.objects.get(pk=blob.pk).scan == Scan.PENDING
    with a_worker(VIRUS_SCAN=quick):
        assert soon(lambda: Blob.objects.get(pk=blob.pk).scan == Scan.CLEAN)


def test_a_batch_is_worked_off_once_though_its_worker_dies_again_and_again(committed: World) -> None:
    cases = [send_birth(committed) for _ in range(40)]
    order = Order(request_key=uuid7(), move="receive", cases=tuple((case.id, case.revision) for case in cases))
    batch = start_batch(order, by=committed.officer("clerk"), at=AT)
    deaths = 0
    while deaths < 4 and not finished(batch):
        with a_worker():
            tried = done(batch)
            soon(lambda tried=tried: done(batch) > tried or finished(batch))  # type: ignore[misc]
        deaths += 1
    with a_worker():
        assert soon(lambda: finished(batch))
    assert done(batch) == len(cases)
    received = EventRecord.objects.filter(name="cases.CaseReceived").values_list("subject_id", flat=True)
    assert sorted(received) == sorted(case.id for case in cases)
    assert set(Case.objects.values_list("step", flat=True)) == {"tham-dinh"}


def finished(batch: Batch) -> bool:
    return Batch.objects.get(pk=batch.pk).finished_at is not None


def done(batch: Batch) -> int:
    return batch.items.filter(state="DONE").count()
