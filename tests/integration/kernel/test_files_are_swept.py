"""Files that nobody names any more are taken out of the store, and no other, whoever is just keeping the same bytes."""

import os
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import override_settings

from camaug.kernel.actors import SYSTEM
from camaug.kernel.clock import now
from camaug.kernel.files.storage import SealedFolder
from camaug.kernel.files.store import keep, name_of, open_blob
from camaug.kernel.files.sweeping import GRACE, erase_file, leftovers, mark_unused, ripe
from camaug.kernel.jobs import sweep_files
from camaug.kernel.models import Blob, EventRecord
from camaug.people.models import Import
from tests.world import AT

PDF = "application/pdf"
LATER = AT + GRACE + timedelta(hours=1)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    own = {"BACKEND": "camaug.kernel.files.storage.SealedFolder", "OPTIONS": {"location": tmp_path}}
    with override_settings(STORAGES={**settings.STORAGES, "default": own}):
        yield tmp_path


def named(blob: Blob) -> Import:
    """A row that names the file."""
    return Import.objects.create(kind="OFFICERS", file_name="a.csv", blob=blob, language="vi", sent_at=AT)


def until_somebody_waits() -> None:
    """Until another connection waits for a lock of this one."""
    for _time in range(2400):
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = 'advisory'")
            if cursor.fetchone()[0]:
                return
        time.sleep(0.05)
    raise TimeoutError


def lies(folder: Path, blob: Blob) -> bool:
    return (folder / name_of(blob.sha256)).exists()


@pytest.mark.django_db
def test_what_no_row_names_goes_after_its_grace_with_an_event(folder: Path) -> None:
    kept, thrown = keep(b"kept", media_type=PDF), keep(b"thrown away", media_type=PDF)
    named(kept)
    assert mark_unused(at=AT).unused == 1
    assert ripe(at=AT + GRACE - timedelta(seconds=1)) == []
    assert erase_file(thrown.sha256, by=SYSTEM, at=AT + timedelta(days=1)) is None
    assert ripe(at=LATER) == [thrown.sha256]
    assert erase_file(thrown.sha256, by=SYSTEM, at=LATER) == len(b"thrown away")
    assert (lies(folder, kept), lies(folder, thrown)) == (True, False)
    assert list(Blob.objects.all()) == [kept]
    told = EventRecord.objects.get(name="kernel.StoredFileErased")
    assert (told.facts["sha256"], told.facts["size"], told.facts["known"]) == (thrown.sha256, 11, True)
    assert erase_file(thrown.sha256, by=SYSTEM, at=LATER) is None


@pytest.mark.django_db
def test_what_is_named_or_given_again_stays(folder: Path) -> None:
    first, second = keep(b"named again", media_type=PDF), keep(b"given again", media_type=PDF)
    mark_unused(at=AT)
    named(first)
    keep(b"given again", media_type=PDF)
    assert erase_file(first.sha256, by=SYSTEM, at=LATER) is None
    assert erase_file(second.sha256, by=SYSTEM, at=LATER) is None
    assert mark_unused(at=LATER).used == 1
    assert ripe(at=LATER + GRACE) == [second.sha256]


@pytest.mark.django_db
def test_a_sweep_that_is_killed_half_way_leaves_nothing_that_is_not_mended(folder: Path) -> None:
    blob = keep(b"x", media_type=PDF)
    mark_unused(at=AT)
    with transaction.atomic():
        erase_file(blob.sha256, by=SYSTEM, at=LATER)
        transaction.set_rollback(True)
    assert (Blob.objects.count(), lies(folder, blob)) == (1, False)
    with open_blob(keep(b"x", media_type=PDF)) as content:
        assert content.read() == b"x"
    mark_unused(at=LATER)
    (folder / name_of(blob.sha256)).unlink()
    assert erase_file(blob.sha256, by=SYSTEM, at=LATER + GRACE) == 1
    assert not Blob.objects.exists()


@pytest.mark.django_db
def test_what_an_undone_upload_left_behind_goes_too(folder: Path) -> None:
    with transaction.atomic():
        blob = keep(b"undone", media_type=PDF)
        transaction.set_rollback(True)
    fresh, path = SealedFolder(location=folder), folder / name_of(blob.sha256)
    assert leftovers(at=now()) == []
    old = (now() - GRACE - timedelta(hours=1)).timestamp()
    os.utime(path, (old, old))
    assert leftovers(at=now()) == [blob.sha256]
    sweep_files(0)
    assert list(fresh.names()) == []
    assert EventRecord.objects.get(name="kernel.StoredFileErased").facts["known"] is False


@pytest.mark.django_db(transaction=True)
def test_an_upload_of_the_same_bytes_and_the_sweep_wait_for_each_other(folder: Path) -> None:
    blob = keep(b"same", media_type=PDF)
    mark_unused(at=AT)
    kept: list[Blob] = []

    def upload() -> None:
        with transaction.atomic():
            kept.append(keep(b"same", media_type=PDF))
            named(kept[0])
        connection.close()

    with transaction.atomic():  # the sweep is first: the upload waits, then stores the bytes anew
        assert erase_file(blob.sha256, by=SYSTEM, at=LATER) == 4
        other = threading.Thread(target=upload)
        other.start()
        until_somebody_waits()
    other.join(120)
    with open_blob(kept[0]) as content:
        assert content.read() == b"same"
    assert Blob.objects.count() == 1

    Import.objects.all().delete()
    mark_unused(at=AT)
    outcome: list[int | None] = []

    def sweep() -> None:
        outcome.append(erase_file(blob.sha256, by=SYSTEM, at=LATER))
        connection.close()

    with transaction.atomic():  # the upload is first and not yet committed: the sweep leaves the file alone
        named(keep(b"same", media_type=PDF))
        other = threading.Thread(target=sweep)
        other.start()
        other.join(120)
        assert outcome == [None]
    assert erase_file(blob.sha256, by=SYSTEM, at=LATER) is None
    assert lies(folder, blob)
